// What is known of the M columns of a network's layer: small matrices in float64, and sums over rows. All T threads of a
// block take part in every function; the matrices stand in shared memory, row by row.
#ifndef PHASEMAP_COLUMNS
#define PHASEMAP_COLUMNS
#include "device.h"

// A barrier of T threads.
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

// Sums over the block of K numbers of each thread. Begins with a barrier.
template <int T, int K>
DEVICE void block_sums(double (&x)[K], double* partial) {
#pragma unroll
  for (int k = 0; k < K; k++) x[k] = warp_sum(x[k]);
  if (T == 32) return;
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
  METHOD Entries() : i(thread_index() / (M / E)), j(thread_index() % (M / E) * E) {}
  METHOD int at() const { return i * M + j; }
};

// out = op(a) b; entry (i, k) of op(a) stands at i * down + k * right. Ends with a barrier.
template <int M, int T>
FUNCTION void product(const double* a, int down, int right, const double* b, double* out) {
  Entries<M, T> own;
  constexpr int E = Entries<M, T>::E;
  double sum[E];
#pragma unroll
  for (int e = 0; e < E; e++) sum[e] = 0;
  const double* left = a + own.i * down;
#pragma unroll 4
  for (int k = 0; k < M; k++) {
    double x = left[k * right];
#pragma unroll
    for (int e = 0; e < E; e++) sum[e] = fma(x, b[k * M + own.j + e], sum[e]);
  }
#pragma unroll
  for (int e = 0; e < E; e++) out[own.at() + e] = sum[e];
  SYNC();
}

// K = RᵀR, and X with R X the identity on the independent columns and 0 elsewhere, as org.phasemap.measure.linear.GramFactor.
template <int M>
struct Factor {
  double r[M * M], x[M * M];
  double row[M], mirror[M], remainder[M], own[M];
  int order[M];
  int rank;
  u32 independent;
  int allows_float32, well_conditioned;
};

// Factors a matrix by elimination, one pivot after another: first in the order of columns, unless another has twenty times as
// much left; a column with less than a share `cut` of its square left depends on those before it. Where `again`, in the order
// that the factor had before. NaN and infinities give NaN. Begins and ends with a barrier.
template <int M, int T>
FUNCTION void factorise(const double* k, double cut, int most, u32 allowed, bool again, Factor<M>* f) {
  static_assert(M <= 32, "a lane for each column");
  constexpr int E = Entries<M, T>::E;
  const Entries<M, T> at;
  const int lane = thread_index() % 32;
  const bool has_column = lane < M;
  const int column = lane % M;
  double s[E], w[E];
  SYNC();
#pragma unroll
  for (int e = 0; e < E; e++) {
    s[e] = k[at.at() + e];
    w[e] = at.i == at.j + e ? 1 : 0;
    if (at.i == at.j + e) f->remainder[at.i] = s[e];
  }
  const double diagonal = k[column * M + column];
  const bool finite = !ballot(has_column && !(diagonal < __builtin_inf()));
  const int before = f->rank;
  u32 open = allowed, independent = 0, earlier = 0;
  int rank = 0;
  double mine = 0;  // pivot of this thread's row
  for (int step = 0; finite && step < (again ? before : M) && rank < most; step++) {
    SYNC();
    double left = f->remainder[column];
    open &= ballot(has_column && left > cut * diagonal);
    int pivot;
    if (again) {
      pivot = f->order[step];
      if (!(open >> pivot & 1)) continue;
    } else {
      bool is_open = has_column && (open >> column & 1);
      int high = is_open ? (int)(double_bits(left) >> 32) : 0;
#pragma unroll
      for (int mask = M / 2; mask > 0; mask /= 2) {
        int other = shuffle_xor(high, mask);
        high = other > high ? other : high;
      }
      double largest = bits_double((u64)(u32)high << 32);
      u32 able = ballot(is_open && left >= 0.05 * largest);
      if (!able) break;
      pivot = __builtin_ctz(able);
    }
    if (at.i == pivot) {
      earlier = independent;
#pragma unroll
      for (int e = 0; e < E; e++) {
        f->row[at.j + e] = s[e];
        f->mirror[at.j + e] = w[e];
      }
    }
    SYNC();
    double own = f->row[pivot], inverse = 1 / own;
    if (at.i == pivot) mine = own;
    if (column == pivot && thread_index() < M) {
      f->own[pivot] = own;
      f->order[rank] = pivot;
    }
    independent |= 1u << pivot;
    open &= ~(1u << pivot);
    rank++;
    if (!(independent >> at.i & 1)) {
      double factor = f->row[at.i] * inverse;
#pragma unroll
      for (int e = 0; e < E; e++) {
        s[e] = fma(-factor, f->row[at.j + e], s[e]);
        w[e] = fma(-factor, f->mirror[at.j + e], w[e]);
        if (at.i == at.j + e) f->remainder[at.i] = s[e];
      }
    }
  }
  const bool own_row = independent >> at.i & 1;
  const double root = sqrt(mine), inverse = own_row ? 1 / root : 0;
  const double nan = __builtin_nan("");
#pragma unroll
  for (int e = 0; e < E; e++) {
    int j = at.j + e;
    double r = !own_row || (earlier >> j & 1) ? 0 : j == at.i ? root : s[e] * inverse;
    f->r[at.at() + e] = finite ? r : nan;
    f->x[j * M + at.i] = finite ? (own_row ? w[e] * inverse : 0) : nan;
  }
  SYNC();
  // Shares of columns' squares that those before them left over, and their range.
  const bool taken = has_column && (independent >> column & 1);
  const double own = taken ? f->own[column] : 1;
  const bool in_range = own > 1e-30 && own < 1e30;
  const u32 poor = ballot(taken && !(own > 1e-2 * diagonal && in_range)), ill = ballot(taken && !(own > 1e-6 * diagonal && in_range));
  if (thread_index() == 0) {
    f->rank = rank;
    f->independent = independent;
    f->allows_float32 = !poor;
    f->well_conditioned = !ill;
  }
  SYNC();
}

// Sums over the rows of a chunk, which stand in shared memory STRIDE numbers apart.
template <int M, int T>
struct Chunk {
  static constexpr int ROWS = 2;  // of a thread, each with four columns
  static constexpr int QUADS = M / 4;
  static constexpr int HEIGHT = T / QUADS * ROWS;
  static constexpr int STRIDE = M + 4;
};

// xᵀy in float32 by one half of the block, and another such product by the other half: tiles of 8 × 8, each by GROUPS lanes
// that share the rows.
template <int M, int T>
struct Products {
  static constexpr int TILES = M / 8 * (M / 8);
  static constexpr int GROUPS = T / 2 / TILES;
  static_assert(GROUPS >= 1 && GROUPS <= 32, "lanes of one warp");
  float sum[64];

  METHOD Products() {
#pragma unroll
    for (int i = 0; i < 64; i++) sum[i] = 0;
  }

  METHOD void add(const float* x, const float* y) {
    constexpr int STRIDE = Chunk<M, T>::STRIDE;
    int place = thread_index() % (T / 2), tile = place / GROUPS;
    const float* p = x + tile / (M / 8) * 8;
    const float* q = y + tile % (M / 8) * 8;
#pragma unroll 1
    for (int row = place % GROUPS; row < Chunk<M, T>::HEIGHT; row += GROUPS) {
      Four a[2] = {*(const Four*)(p + row * STRIDE), *(const Four*)(p + row * STRIDE + 4)};
      Four b[2] = {*(const Four*)(q + row * STRIDE), *(const Four*)(q + row * STRIDE + 4)};
#pragma unroll
      for (int i = 0; i < 8; i++)
#pragma unroll
        for (int j = 0; j < 8; j++) sum[8 * i + j] = fmaf(a[i / 4].v[i % 4], b[j / 4].v[j % 4], sum[8 * i + j]);
    }
  }

  // Half of what is left of the sums goes to the lane `MASK` away; lanes end with 64 / GROUPS sums each.
  template <int MASK, int COUNT>
  METHOD void exchange(int& first) {
    if constexpr (MASK > 0) {
      bool upper = thread_index() & MASK;
#pragma unroll
      for (int k = 0; k < COUNT / 2; k++) {
        float kept = upper ? sum[k + COUNT / 2] : sum[k], sent = upper ? sum[k] : sum[k + COUNT / 2];
        sum[k] = kept + shuffle_xor(sent, MASK);
      }
      first += upper ? COUNT / 2 : 0;
      exchange<MASK / 2, COUNT / 2>(first);
    }
  }

  // Writes both products. Ends with a barrier.
  METHOD void write(double* left, double* right) {
    int first = 0, tile = thread_index() % (T / 2) / GROUPS;
    exchange<GROUPS / 2, 64>(first);
    double* to = (thread_index() < T / 2 ? left : right) + tile / (M / 8) * 8 * M + tile % (M / 8) * 8;
#pragma unroll
    for (int k = 0; k < 64 / GROUPS; k++) to[(first + k) / 8 * M + (first + k) % 8] = sum[k];
    SYNC();
  }
};

// xᵀx in float64: tiles of 4 × 4.
template <int M, int T>
struct ExactGram {
  static constexpr int TILES = M / 4 * (M / 4);
  static constexpr int GROUPS = T / TILES;
  static_assert(GROUPS >= 1 && GROUPS <= 32, "lanes of one warp");
  double sum[16];

  METHOD ExactGram() {
#pragma unroll
    for (int i = 0; i < 16; i++) sum[i] = 0;
  }

  METHOD void add(const float* x) {
    constexpr int STRIDE = Chunk<M, T>::STRIDE;
    int tile = thread_index() / GROUPS;
    const float* p = x + tile / (M / 4) * 4;
    const float* q = x + tile % (M / 4) * 4;
#pragma unroll 1
    for (int row = thread_index() % GROUPS; row < Chunk<M, T>::HEIGHT; row += GROUPS) {
      Four a = *(const Four*)(p + row * STRIDE), b = *(const Four*)(q + row * STRIDE);
      double y[4] = {b.v[0], b.v[1], b.v[2], b.v[3]};
#pragma unroll
      for (int i = 0; i < 4; i++) {
        double value = a.v[i];
#pragma unroll
        for (int j = 0; j < 4; j++) sum[4 * i + j] = fma(value, y[j], sum[4 * i + j]);
      }
    }
  }

  // Begins and ends with a barrier.
  METHOD void write(double* gram) {
    int tile = thread_index() / GROUPS;
#pragma unroll
    for (int mask = GROUPS / 2; mask > 0; mask /= 2)
#pragma unroll
      for (int i = 0; i < 16; i++) sum[i] += shuffle_xor(sum[i], mask);
    SYNC();
    if (thread_index() % GROUPS == 0)
#pragma unroll
      for (int i = 0; i < 16; i++) gram[(tile / (M / 4) * 4 + i / 4) * M + tile % (M / 4) * 4 + i % 4] = sum[i];
    SYNC();
  }
};
#endif
