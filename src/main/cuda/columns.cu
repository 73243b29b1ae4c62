// What is known of the M columns of a network's layer: small matrices in float64, and sums over rows. All T threads of a
// block take part in every function; the matrices stand in shared memory, row by row.
#ifndef PHASEMAP_COLUMNS
#define PHASEMAP_COLUMNS
#include "device.h"

// A barrier of T threads. WeightFreeBarriersTest leaves each out and asks for other results, but for those that say that
// it is not seen, and why.
#define SYNC()           \
  do {                   \
    if (T == 32)         \
      warp_barrier();    \
    else                 \
      barrier();         \
  } while (0)

DEVICE double min_of(double a, double b) { return a < b ? a : b; }

// The sum over the warp, the same bits in every lane.
DEVICE double warp_sum(double x) {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) x += shuffle_xor(x, mask);
  return x;
}

// Sums over the block of K numbers of each thread. Has a barrier.
template <int T, int K>
DEVICE void block_sums(double (&x)[K], double* partial) {
#pragma unroll
  for (int k = 0; k < K; k++) x[k] = warp_sum(x[k]);
  if (T == 32) {
    SYNC();  // Not seen: the emulator's lanes meet at shuffles, which order no memory on a GPU.
    return;
  }
  int warp = thread_index() / 32;
  SYNC();
  if (thread_index() % 32 == 0)
#pragma unroll
    for (int k = 0; k < K; k++) partial[k * (T / 32) + warp] = x[k];
  SYNC();
#pragma unroll
  for (int k = 0; k < K; k++) {
    x[k] = 0;
    for (int w = 0; w < T / 32; w++) x[k] += partial[k * (T / 32) + w];
  }
}

// Product of numbers as mantissa and exponent: the mean of their logarithms needs one logarithm. Zeros, infinities and NaN
// come through: the product is then theirs.
struct Logarithms {
  double mantissa, exponent;
};

DEVICE Logarithms logarithms(const double* x, int step, int count) {
  Logarithms sum{1, 0};
  for (int i = 0; i < count; i++) {
    double value = x[i * step];
    u64 bits = double_bits(value);
    int exponent = (int)(bits >> 52 & 0x7ff);
    bool ordinary = exponent > 0 && exponent < 0x7ff;
    sum.mantissa *= ordinary ? bits_double((bits & 0x800fffffffffffffull) | 0x3ff0000000000000ull) : value * 0x1p600;
    sum.exponent += ordinary ? exponent - 1023 : -600;
  }
  return sum;
}

// Where a thread's entries of an M × M matrix stand: row i, columns j to j + E − 1.
template <int M, int T>
struct Entries {
  static constexpr int E = M * M / T;
  static_assert(E >= 1 && M % E == 0, "whole entries for each thread");
  int i, j;
  METHOD explicit Entries(int thread) : i(thread / (M / E)), j(thread % (M / E) * E) {}
  METHOD int at() const { return i * M + j; }
};

// E numbers that stand side by side.
template <int E>
DEVICE void load(const double* from, double (&to)[E]) {
  if constexpr (E == 1) {
    to[0] = from[0];
  } else {
#pragma unroll
    for (int e = 0; e < E; e += 2) {
      Two two = *(const Two*)(from + e);
      to[e] = two.v[0];
      to[e + 1] = two.v[1];
    }
  }
}

template <int E>
DEVICE void store(double* to, const double (&from)[E]) {
  if constexpr (E == 1) {
    to[0] = from[0];
  } else {
#pragma unroll
    for (int e = 0; e < E; e += 2) *(Two*)(to + e) = Two{{from[e], from[e + 1]}};
  }
}

// out = op(a) b; entry (i, k) of op(a) stands at i * down + k * right. Ends with a barrier.
template <int M, int T>
FUNCTION void product(const double* a, int down, int right, const double* b, double* out) {
  const Entries<M, T> own(thread_index());
  constexpr int E = Entries<M, T>::E;
  [[maybe_unused]] constexpr int UNROLL = E == 1 ? 8 : 2;
  double sum[E];
#pragma unroll
  for (int e = 0; e < E; e++) sum[e] = 0;
  const double* left = a + own.i * down;
#pragma unroll UNROLL
  for (int k = 0; k < M; k++) {
    double x = left[k * right], y[E];
    load<E>(b + k * M + own.j, y);
#pragma unroll
    for (int e = 0; e < E; e++) sum[e] = fma(x, y[e], sum[e]);
  }
  store<E>(out + own.at(), sum);
  SYNC();
}

// A bit for each of M columns.
template <bool WIDE>
struct MaskOf {
  using Type = u32;
};
template <>
struct MaskOf<true> {
  using Type = u64;
};
template <int M>
using Mask = typename MaskOf<(M > 32)>::Type;

// A warp's lane has column `lane` and, where there are more than 32, column 32 + lane.
template <int M>
constexpr int COLUMNS_OF_LANE = M > 32 ? 2 : 1;

// Columns for which a lane says so: is(0) of its first one, is(1) of its second.
template <int M, typename Is>
DEVICE Mask<M> columns_where(Is is) {
  static_assert(M <= 64, "two columns for each lane");
  if constexpr (M > 32) {
    const u64 low = ballot(is(0)), high = ballot(is(1));
    return high << 32 | low;
  } else {
    return ballot((int)(thread_index() % 32) < M && is(0));
  }
}

DEVICE int first_of(u32 mask) { return __builtin_ctz(mask); }
DEVICE int first_of(u64 mask) { return __builtin_ctzll(mask); }

// K = RᵀR, and X with R X the identity on the independent columns and 0 elsewhere, as org.phasemap.measure.linear.GramFactor.
// Four matrices side by side; the first two are room to work in.
template <int M>
struct Triangles {
  double s[M * M], t[M * M], r[M * M], x[M * M];
};

template <int M>
struct Factor {
  double own[M];
  Mask<M> earlier[M];  // pivots before
  int order[M];
  int rank;
  Mask<M> independent;
  int allows_float32, well_conditioned;
};

// The next pivot: the first open column, unless another has twenty times as much left. −1 if none is open.
template <int M>
DEVICE int next_pivot(Mask<M> open, const double (&left)[COLUMNS_OF_LANE<M>], double first_left) {
  if (!open) return -1;
  const int column = thread_index() % (M < 32 ? M : 32);
  const auto is_open = [&](int p) { return (bool)(open >> (column + 32 * p) & 1); };
  const auto rounded = [&](int p) { return bits_double(double_bits(left[p]) >> 32 << 32); };
  if (!columns_where<M>([&](int p) { return is_open(p) && !(first_left >= 0.05 * rounded(p)); })) return first_of(open);
  int high = 0;
#pragma unroll
  for (int p = 0; p < COLUMNS_OF_LANE<M>; p++) {
    const int own = is_open(p) ? (int)(double_bits(left[p]) >> 32) : 0;
    high = own > high ? own : high;
  }
#pragma unroll
  for (int mask = (M < 32 ? M : 32) / 2; mask > 0; mask /= 2) {
    int other = shuffle_xor(high, mask);
    high = other > high ? other : high;
  }
  const double most = bits_double((u64)(u32)high << 32);
  return first_of(columns_where<M>([&](int p) { return is_open(p) && left[p] >= 0.05 * most; }));
}

// Rows that a block makes at once. They stand in shared memory, three parts of M numbers each, side by side. A warp makes its
// own: a lane four columns of ROWS rows. Neighbouring lanes differ in the fourth row, then in columns: so a warp's sixteen bytes
// a lane meet no bank twice, and every two lanes read the same.
template <int M, int T>
struct Chunk {
  static constexpr int ROWS = M == 8 ? 2 : 4;
  static constexpr int QUADS = M / 4;
  static constexpr int OF_WARP = 32 / QUADS * ROWS;
  static constexpr int HEIGHT = T / 32 * OF_WARP;
  static constexpr int X = 0, Y = M, Z = 2 * M, STRIDE = 3 * M + 4;

  METHOD static int column(int thread) { return thread / 2 % QUADS * 4; }
  METHOD static int row(int thread) {
    int place = thread % 32 / (2 * QUADS);
    return thread / 32 * OF_WARP + place / 4 * 8 + thread % 2 * 4 + place % 4;
  }
  // From a lane's first row to its r-th.
  METHOD static constexpr int step(int r) {
    int place = 16 / QUADS * r;
    return place / 4 * 8 + place % 4;
  }
};

// xᵀx and xᵀy in float32, x and y parts of a chunk: tiles of 8 × 4, each by GROUPS lanes that share the rows. The lanes between
// them have the same tile of the other product.
template <int M, int T>
struct Products {
  static constexpr int TILES = M / 8 * (M / 4);
  static constexpr int GROUPS = T / 2 / TILES;
  static_assert(GROUPS >= 1 && GROUPS <= 16, "lanes of one warp");
  float sum[32];

  METHOD Products() {
#pragma unroll
    for (int i = 0; i < 32; i++) sum[i] = 0;
  }

  METHOD static int tile(int thread) { return thread / (2 * GROUPS); }
  METHOD static int left(int thread) { return tile(thread) / (M / 4) * 8; }
  METHOD static int right(int thread) { return tile(thread) % (M / 4) * 4; }

  METHOD void add(int thread, const float* rows, int count) {
    constexpr int STRIDE = Chunk<M, T>::STRIDE;
    const float* p = rows + left(thread);
    const float* q = rows + right(thread) + thread % 2 * Chunk<M, T>::Y;
#pragma unroll 2
    for (int row = thread / 2 % GROUPS; row < count; row += GROUPS) {
      Four a[2] = {*(const Four*)(p + row * STRIDE), *(const Four*)(p + row * STRIDE + 4)};
      Four b = *(const Four*)(q + row * STRIDE);
#pragma unroll
      for (int i = 0; i < 8; i++)
#pragma unroll
        for (int j = 0; j < 4; j++) sum[4 * i + j] = fmaf(a[i / 4].v[i % 4], b.v[j], sum[4 * i + j]);
    }
  }

  // Half of what is left of the sums goes to the lane `MASK` away; lanes end with 32 / GROUPS sums each.
  template <int MASK, int COUNT>
  METHOD void exchange(int thread, int& first) {
    if constexpr (MASK > 1) {
      bool upper = thread & MASK;
#pragma unroll
      for (int k = 0; k < COUNT / 2; k++) {
        // Numbers are chosen, not their places: sums whose address is taken would leave the registers.
        const float one = sum[k], other = sum[k + COUNT / 2];
        const float kept = upper ? other : one, sent = upper ? one : other;
        sum[k] = kept + shuffle_xor(sent, MASK);
      }
      first += upper ? COUNT / 2 : 0;
      exchange<MASK / 2, COUNT / 2>(thread, first);
    }
  }

  // Writes xᵀx and xᵀy; the latter's entry (i, j) to i * down + j * right. A barrier must follow.
  METHOD void write(int thread, double* square, double* mixed, int down, int across) {
    int first = 0;
    exchange<GROUPS, 32>(thread, first);
    bool is_mixed = thread % 2;
    double* to = is_mixed ? mixed : square;
    int by_row = is_mixed ? down : M, by_column = is_mixed ? across : 1;
#pragma unroll
    for (int k = 0; k < 32 / GROUPS; k++) to[(left(thread) + (first + k) / 4) * by_row + (right(thread) + (first + k) % 4) * by_column] = sum[k];
  }
};

DEVICE void load_four(const float* from, double (&to)[4]) {
  Four four = *(const Four*)from;
#pragma unroll
  for (int i = 0; i < 4; i++) to[i] = four.v[i];
}
DEVICE void load_four(const double* from, double (&to)[4]) { load<4>(from, to); }

// xᵀx in float64: tiles of 4 × 4 on and above the diagonal.
template <int M, int T>
struct ExactGram {
  static constexpr int SIDE = M / 4, UPPER = SIDE * (SIDE + 1) / 2;
  static constexpr int GROUPS = T / (SIDE * SIDE);
  static_assert(GROUPS >= 1 && GROUPS <= 32, "lanes of one warp");
  double sum[16];

  METHOD ExactGram() {
#pragma unroll
    for (int i = 0; i < 16; i++) sum[i] = 0;
  }

  METHOD static void tile(int thread, int& left, int& right) {
    left = 0;
    right = thread / GROUPS;
    while (left < SIDE && right >= SIDE) right -= SIDE - ++left;
  }

  // Rows stand `stride` numbers apart.
  template <typename Element>
  METHOD void add(int thread, const Element* x, int stride, int count) {
    int left, right;
    tile(thread, left, right);
    if (left >= SIDE) return;
#pragma unroll 2
    for (int row = thread % GROUPS; row < count; row += GROUPS) {
      double a[4], b[4];
      load_four(x + row * stride + 4 * left, a);
      load_four(x + row * stride + 4 * right, b);
#pragma unroll
      for (int i = 0; i < 4; i++)
#pragma unroll
        for (int j = 0; j < 4; j++) sum[4 * i + j] = fma(a[i], b[j], sum[4 * i + j]);
    }
  }

  // After a barrier behind all other use of `gram`; ends with one.
  METHOD void write(int thread, double* gram) {
    int left, right;
    tile(thread, left, right);
#pragma unroll
    for (int mask = GROUPS / 2; mask > 0; mask /= 2)
#pragma unroll
      for (int i = 0; i < 16; i++) sum[i] += shuffle_xor(sum[i], mask);
    if (thread % GROUPS == 0 && left < SIDE)
#pragma unroll
      for (int i = 0; i < 16; i++) {
        int row = 4 * left + i / 4, column = 4 * right + i % 4;
        gram[row * M + column] = sum[i];
        gram[column * M + row] = sum[i];
      }
    SYNC();
  }
};
#endif
