// Networks without their weights (org.phasemap.measure.WeightFreeConnections): a block measures a network, up once to its
// largest depth and down once from each of its depths. What stays between layers is M × M; rows of z, φ(z) and φ′(z) are
// made again from Ĝ where they are needed, in registers.
//
// Columns 0 to m − 1 are inputs; where there are tangents, column M/2 + a is the tangent of input a.
#ifndef PHASEMAP_WEIGHT_FREE
#define PHASEMAP_WEIGHT_FREE
#include "activation.cu"
#include "columns.cu"
#include "measured.h"
#include "random.cu"

// Shares of a remainder below which a column depends on others, and that which rounding leaves of a dependent one.
#define DEPENDENT 1e-13
#define MOSTLY_ROUNDING 1e-3

#define MOST_COLUMNS 64

// Δ outside the frame of orthogonal weights is a difference of float32 products.
#define OUTSIDE_FRAME 1e-6

// One network; cells are its depths, ascending.
struct Network {
  double sigma_w2, sigma_b2;
  Activation phi;
  u64 mirrored;                 // columns that are an earlier one's opposite at layer 1
  int replicate, first_cell, cells;
  int parity;                   // of φ: ODD, EVEN or neither
  signed char twin[MOST_COLUMNS];  // the column that this one repeats: itself, most often
};

struct Cell {
  int depth;
  int first_layer;  // of its rows in `down`
};

struct WeightFreeArgs {
  const Network* networks;
  const Cell* cells;
  const float* g;            // Ĝ [replicate][layer][row][M]; rows beyond the width are 0
  const float* xi;           // Ξ, the same
  const float* bias;         // [replicate][layer][row]
  const float* readout;      // [replicate][row]
  const float* tangents;     // [replicate][row][M / 2]
  const double* drawn_gram;  // [replicate][layer][(M + 1)²], of Ĝ and, last, b
  const double* xi_gram;     // the same of Ξ, for orthogonal weights
  const double* rest_gram;   // [replicate][(M + 1)²] of the rows of layer 1's frame beyond the width, or null
  const double* tangent_squares;  // [replicate][M / 2]
  const double* input_gram;  // [replicate] M × M
  double* kept;              // [block]: [layer][KEPT M²], and SPILLED M² where they do not fit into shared memory
  double* up;                // [network][layer][UP]
  double* down;              // [layer of a cell][DOWN]
  double* results;           // [cell][2 M² + M + OTHERS]: Θ, Θ in standard parameterisation, growth of rounding, others
  int count;                 // networks
  int width, depth, inputs, dimension;
  int height;                // rows of what is drawn: the width, up to a multiple of 32 or more
  int wanted;
  float bounds[BOUNDS];      // of formats; the last two are filled in
};

// What is kept of a layer, in units of M²: A and K of the layer below; X, Qᵀ Ξ; factors of Q where H X loses its digits; T of
// orthogonal weights.
enum Kept { KEPT_A, KEPT_K, KEPT_X, KEPT_B, KEPT_ROUGH, KEPT_FINE, KEPT_FRAME, KEPT };

// Matrices in float64 of the network that is measured.
template <int M, int T, bool FIT = (M <= 32)>
struct Matrices {
  // What factors are made of, or else rows.
  union alignas(16) {
    Triangles<M> of_factor;
    float rows[Chunk<M, T>::HEIGHT * Chunk<M, T>::STRIDE];
  };
  alignas(16) double squares[M * M];
  alignas(16) double mixed[M * M];
  Factor<M> pivots;
  METHOD void spill(double*) {}
  METHOD Triangles<M>& triangles() { return of_factor; }
  METHOD double* gram() { return squares; }
  METHOD double* other() { return mixed; }
  METHOD Factor<M>& factor() { return pivots; }
};

#define SPILLED 7

// Where they do not fit, they stand in the device's memory, which caches hold.
template <int M, int T>
struct Matrices<M, T, false> {
  alignas(16) float rows[Chunk<M, T>::HEIGHT * Chunk<M, T>::STRIDE];
  double* spilled;
  METHOD void spill(double* to) { spilled = to; }
  METHOD Triangles<M>& triangles() { return *(Triangles<M>*)spilled; }
  METHOD double* gram() { return spilled + 4 * M * M; }
  METHOD double* other() { return spilled + 5 * M * M; }
  METHOD Factor<M>& factor() { return *(Factor<M>*)(spilled + 6 * M * M); }
};

template <int M, int T>
struct Shared : Matrices<M, T> {
  double partial[8 * (T / 32)];
  double tangents[M];  // Π of tangents' growth
  alignas(16) float a[M * M];
  alignas(16) float b[M * M];
  alignas(16) float c[M * M];
  float start[M], root[M], bounds[BOUNDS], lowest;
  WeightFreeArgs args;
  Network net;
  double* kept;
};

// The block's shared memory.
template <int M, int T>
DEVICE Shared<M, T>* shared() {
  SHARED(char, memory);
  return (Shared<M, T>*)memory;
}

struct Eight {
  Four value, slope;
};

// Registers have no addresses: the entry is chosen, not looked up.
template <int K>
DEVICE void one_of_four(const Activation* phi, const Four& z, int j, Eight* both) {
  float x = j == 0 ? z.v[0] : j == 1 ? z.v[1] : j == 2 ? z.v[2] : z.v[3], value, slope;
  activate<K>(*phi, x, &value, &slope);
#pragma unroll
  for (int k = 0; k < 4; k++) {
    both->value.v[k] = j == k ? value : both->value.v[k];
    both->slope.v[k] = j == k ? slope : both->slope.v[k];
  }
}

// Not inlined: some twenty formulas would stand in each kernel many times. The most used ones take four at once.
FUNCTION Eight activate_four(const Activation* phi, Four z) {
  Eight both;
  switch (phi->kind) {
#define FOUR(K, function)                                                                                       \
  case K: {                                                                                                     \
    if constexpr (K == TANH || K == GELU || K == RELU) {                                                        \
      _Pragma("unroll") for (int j = 0; j < 4; j++) activate<K>(*phi, z.v[j], &both.value.v[j], &both.slope.v[j]); \
    } else {                                                                                                    \
      _Pragma("unroll 1") for (int j = 0; j < 4; j++) one_of_four<K>(phi, z, j, &both);                         \
    }                                                                                                           \
    return both;                                                                                                \
  }
    ACTIVATIONS(FOUR)
#undef FOUR
  }
  float nan = bits_float(0x7fc00000);
  both.value = both.slope = Four{{nan, nan, nan, nan}};
  return both;
}

// Passes over the rows of a layer, in functions of their own: each has the registers for itself.
template <int M, int T>
FUNCTION void pass_up(int layer, double* result);
template <int M, int T>
FUNCTION void pass_down(int layer, int top, bool ill);

// What happens between them, likewise.
template <int M, int T>
FUNCTION void enter(int layer, double* result);
template <int M, int T>
FUNCTION void leave(int layer, double* theta, double* result);
template <int M, int T>
FUNCTION void turn(int layer);
template <int M, int T>
FUNCTION void outside_frame(int layer);
template <int M, int T>
FUNCTION void follow_distances(int depth, double* cell);

// Passes that few networks need.
enum Pass { EXACT_UP, ROUGH, EXACT_DOWN, LARGEST, HELD_UP, HELD_DOWN };
template <int M, int T>
FUNCTION void exact_pass(Pass pass, int layer, int top, bool ill, double* gram);
template <int M, int T>
FUNCTION void fine_pass(int layer);
template <int M, int T>
FUNCTION void count_pass(Pass pass, int layer, int top, bool ill, double* result);

// A block's walk through one network.
template <int M, int T>
struct Walk {
  using Rows = Chunk<M, T>;
  static constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT, STRIDE = Rows::STRIDE, E = M * M / T;
  static constexpr int X = Rows::X, Y = Rows::Y, Z = Rows::Z;
  Shared<M, T>* const sh;
  const WeightFreeArgs& args;
  const Network& net;
  double* const kept;
  const int n, m, tid, column, local;
  const bool has_tangents, is_tangent;
  const float sigma_b;
  const u64 drawn;
  const Entries<M, T> own;

  METHOD explicit Walk(Shared<M, T>* sh)
      : sh(sh), args(sh->args), net(sh->net), kept(sh->kept), n(args.width), m(args.inputs), tid(thread_index()),
        column(Rows::column()), local(Rows::row()), has_tangents(args.wanted & TANGENTS),
        is_tangent((args.wanted & TANGENTS) && column >= M / 2), sigma_b((float)sqrt(net.sigma_b2)),
        drawn((u64)net.replicate * args.depth) {}

  // Whether column j is an input, and whether it is one or a tangent.
  METHOD bool is_input(int j) const { return j < m; }
  METHOD bool is_used(int j) const { return j < m || (has_tangents && j >= M / 2 && j < M / 2 + m); }
  METHOD int used() const { return has_tangents ? 2 * m : m; }
  METHOD Mask<M> mask_of_used() const {
    const Mask<M> inputs = m == 8 * (int)sizeof(Mask<M>) ? ~(Mask<M>)0 : ((Mask<M>)1 << m) - 1;
    return has_tangents ? inputs | inputs << M / 2 : inputs;
  }
  METHOD bool is_orthogonal() const { return args.wanted & ORTHOGONAL; }
  METHOD double* kept_of(int layer, int what) const { return kept + ((u64)layer * KEPT + what) * (M * M); }
  // Behind A, which is float32: Q's independent columns; whether H X loses its digits; how many they are; and Π of tangents'
  // growth.
  METHOD Mask<M>* independent_of(int layer) const { return (Mask<M>*)(kept_of(layer, KEPT_A) + M * M / 2); }
  METHOD int* ill_of(int layer) const { return (int*)(kept_of(layer, KEPT_A) + M * M / 2 + 1); }
  METHOD int* rank_of(int layer) const { return ill_of(layer) + 1; }
  METHOD double* growth_of(int layer) const { return kept_of(layer, KEPT_A) + M * M / 2 + 2; }
  METHOD int fan_in(int layer) const { return layer == 0 ? args.dimension : n; }

  // What is drawn for a layer.
  METHOD const float* g_of(int layer) const { return args.g + (drawn + layer) * args.height * M; }
  METHOD const float* xi_of(int layer) const { return args.xi + (drawn + layer) * args.height * M; }
  // Whether this warp has rows of the chunk. Their number goes up to that of rows drawn.
  METHOD bool has_rows(int first) const { return first + tid / 32 * Rows::OF_WARP < n; }
  METHOD int count_of(int first) const { return n - first < HEIGHT ? n - first : HEIGHT; }
  METHOD bool is_whole(int first) const { return first + HEIGHT <= n && used() == M; }

  METHOD void fetch(const float* drawn, int first, float v[ROWS][4]) const {
    const float* from = drawn + (first + local) * M + column;
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      Four x = *(const Four*)(from + Rows::step(r) * M);
#pragma unroll
      for (int j = 0; j < 4; j++) v[r][j] = x.v[j];
    }
  }

  METHOD void store(int part, const float v[ROWS][4]) const {
#pragma unroll
    for (int r = 0; r < ROWS; r++)
      *(Four*)(sh->rows + (local + Rows::step(r)) * STRIDE + part + column) = Four{{v[r][0], v[r][1], v[r][2], v[r][3]}};
  }

  METHOD void load(int part, float v[ROWS][4]) const {
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      Four x = *(const Four*)(sh->rows + (local + Rows::step(r)) * STRIDE + part + column);
#pragma unroll
      for (int j = 0; j < 4; j++) v[r][j] = x.v[j];
    }
  }

  METHOD void store_exact(const float v[ROWS][4]) const {
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      double four[4] = {v[r][0], v[r][1], v[r][2], v[r][3]};
      ::store<4>((double*)(sh->rows + (local + Rows::step(r)) * STRIDE) + column, four);
    }
  }

  // out += a part of the rows times four columns of a.
  METHOD void rows_times(int part, const float* a, float out[ROWS][4]) const {
    const float* from = sh->rows + local * STRIDE + part;
#pragma unroll 1
    for (int k = 0; k < M; k += 4) {
      Four g[ROWS];
#pragma unroll
      for (int r = 0; r < ROWS; r++) g[r] = *(const Four*)(from + Rows::step(r) * STRIDE + k);
#pragma unroll
      for (int i = 0; i < 4; i++) {
        Four b = *(const Four*)(a + (k + i) * M + column);
#pragma unroll
        for (int j = 0; j < 4; j++)
#pragma unroll
          for (int r = 0; r < ROWS; r++) out[r][j] = fmaf(g[r].v[i], b.v[j], out[r][j]);
      }
    }
  }

  METHOD void clear(float out[ROWS][4]) const {
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) out[r][j] = 0;
  }

  // v, in x, times a.
  METHOD void through(float v[ROWS][4], const float* a) const {
    store(X, v);
    warp_barrier();
    clear(v);
    rows_times(X, a, v);
    warp_barrier();
  }

  METHOD bool is_there(int row, int r, int j) const { return row + Rows::step(r) < n && is_used(column + j); }

  // z = ĜA + σ_b b 1ᵀ into x; Ĝ stands in the part G. Tangents have no bias.
  template <int G>
  METHOD void preactivations(int layer, int first) const {
    const int row = first + local;
    const float* bias = args.bias + (drawn + layer) * args.height + row;
    float z[ROWS][4], b[ROWS];
#pragma unroll
    for (int r = 0; r < ROWS; r++) b[r] = bias[Rows::step(r)];
    clear(z);
    rows_times(G, sh->a, z);
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      float added = is_tangent ? 0 : b[r] * sigma_b;
#pragma unroll
      for (int j = 0; j < 4; j++) z[r][j] += added;
    }
    if (layer == 0 && is_tangent) {
      const float* tangents = args.tangents + ((u64)net.replicate * args.height + row) * (M / 2) + column - M / 2;
#pragma unroll
      for (int r = 0; r < ROWS; r++) {
        Four t = *(const Four*)(tangents + Rows::step(r) * (M / 2));
#pragma unroll
        for (int j = 0; j < 4; j++) z[r][j] = t.v[j] * sh->start[column + j];
      }
    }
    store(X, z);
  }

  // z in x becomes φ(z); each(r, z, φ, φ′) sees a row's four columns. Tangents: φ′ of their input's z, and its product with
  // theirs. Where there is no unit, or no input, φ and φ′ are 0. A loop over rows: code that is short stays near.
  template <bool HOT, typename Each>
  METHOD void activate(int first, Each each) const {
    const int kind = net.phi.kind;
    const bool whole = is_whole(first);
#pragma unroll 1
    for (int r = 0; r < ROWS; r++) {
      float* at = sh->rows + (local + Rows::step(r)) * STRIDE + X + column;
      const Four z = *(const Four*)at;
      Eight both;
      if (HOT && kind == TANH) {
        both = four<TANH>(z);
      } else if (HOT && kind == RELU) {
        both = four<RELU>(z);
      } else {
        both = activate_four(&sh->net.phi, z);
      }
      if (has_tangents)
#pragma unroll
        for (int j = 0; j < 4; j++) {
          float of_input = shuffle_xor(both.slope.v[j], Rows::QUADS);
          const float product = of_input * z.v[j], value = both.value.v[j], slope = both.slope.v[j];
          both.slope.v[j] = is_tangent ? of_input : slope;
          both.value.v[j] = is_tangent ? product : value;
        }
      if (!whole)
#pragma unroll
        for (int j = 0; j < 4; j++) {
          bool there = is_there(first + local, r, j);
          both.value.v[j] = there ? both.value.v[j] : 0;
          both.slope.v[j] = there ? both.slope.v[j] : 0;
        }
      *(Four*)at = both.value;
      each(r, z, both.value, both.slope);
    }
  }

  template <int KIND>
  METHOD Eight four(const Four& z) const {
    Eight both;
#pragma unroll
    for (int j = 0; j < 4; j++) ::activate<KIND>(net.phi, z.v[j], &both.value.v[j], &both.slope.v[j]);
    return both;
  }

  // Makes columns that repeat others the same to the bit; those that they repeat stay. Between barriers.
  METHOD void join(float* a, bool mirrored) const {
#pragma unroll
    for (int e = 0; e < E; e++) {
      int j = own.j + e, from = net.twin[j];
      if (from == j) continue;
      float value = a[own.i * M + from];
      a[own.at() + e] = mirrored && (net.mirrored >> j & 1) ? -value : value;
    }
  }

  // Of what is drawn. A frame's columns have length 1, whatever is drawn.
  METHOD double scale_of(int layer) const {
    const int in = fan_in(layer);
    return sqrt(net.sigma_w2 / in) * (is_orthogonal() ? sqrt((double)(n > in ? n : in)) : 1);
  }

  // Orthogonal weights: R becomes T R. The columns of Ĝ T that belong to independent columns of H are orthonormal: a uniformly
  // random frame. T is kept.
  METHOD void turn(int layer) const {
    const double* dg = args.drawn_gram + (drawn + layer) * (M + 1) * (M + 1);
    const double* rest = args.rest_gram + (u64)net.replicate * (M + 1) * (M + 1);
    const bool has_rest = layer == 0 && args.rest_gram;
    const Mask<M> independent = sh->factor().independent;
#pragma unroll
    for (int e = 0; e < E; e++) {
      const int at = own.i * (M + 1) + own.j + e;
      sh->other()[own.at() + e] = sh->triangles().r[own.at() + e];
      sh->triangles().t[own.at() + e] = dg[at] + (has_rest ? rest[at] : 0);
    }
    factorise<M, T>(sh->triangles().t, DEPENDENT, M, independent, false, &sh->factor(), &sh->triangles());
#pragma unroll
    for (int e = 0; e < E; e++) kept_of(layer, KEPT_FRAME)[own.at() + e] = sh->triangles().x[own.at() + e];
    product<M, T>(sh->triangles().x, M, 1, sh->other(), sh->triangles().r);
  }

  // A of the layer from the factor of the layer below, and zᵀz.
  METHOD void enter(int layer, double* result) {
    const double sigma_b = sqrt(net.sigma_b2), scale = scale_of(layer);
    const double* dg = args.drawn_gram + (drawn + layer) * (M + 1) * (M + 1);
    const double* r = sh->triangles().r;
#pragma unroll
    for (int e = 0; e < E; e++) {
      kept_of(layer, KEPT_K)[own.at() + e] = sh->gram()[own.at() + e];
      kept_of(layer, KEPT_X)[own.at() + e] = sh->triangles().x[own.at() + e];
    }
    if (is_orthogonal()) ::turn<M, T>(layer);
#pragma unroll
    for (int e = 0; e < E; e++) sh->triangles().s[own.at() + e] = dg[own.i * (M + 1) + own.j + e];
    SYNC();
    product<M, T>(sh->triangles().s, M, 1, r, sh->triangles().t);
    product<M, T>(r, 1, M, sh->triangles().t, sh->triangles().s);
    if (tid < M) {
      double mixed = 0;
      for (int i = 0; i < M; i++) mixed = fma(dg[i * (M + 1) + M], r[i * M + tid], mixed);
      sh->triangles().t[tid] = is_input(tid) ? mixed : 0;
    }
    SYNC();
    const double bias = sigma_b * sigma_b * dg[(M + 1) * (M + 1) - 1];
#pragma unroll
    for (int e = 0; e < E; e++) {
      int i = own.i, j = own.j + e;
      double one = is_input(i) ? 1 : 0, other = is_input(j) ? 1 : 0;
      sh->triangles().s[own.at() + e] =
          scale * scale * sh->triangles().s[own.at() + e] + scale * sigma_b * (other * sh->triangles().t[i] + one * sh->triangles().t[j]) + one * other * bias;
    }
    SYNC();
    // Tangents go on with length 1.
    if (tid < M) {
      double square = sh->triangles().s[tid * M + tid];
      bool grows = has_tangents && tid >= M / 2 && layer > 0;
      sh->triangles().t[tid] = is_input(tid) ? 1 / sqrt(square) : 1;
      sh->triangles().t[M + tid] = grows ? (square > 0 ? 1 / sqrt(square) : 0) : 1;
      if (grows) sh->tangents[tid] *= square;
      growth_of(layer)[tid] = sh->tangents[tid];
    }
    SYNC();
    double sums[2] = {0, 0};
#pragma unroll
    for (int e = 0; e < E; e++) {
      int i = own.i, j = own.j + e;
      if (is_input(i) && i == j) sums[0] += sh->triangles().s[own.at() + e];
      if (is_input(i) && j < i) sums[1] += sh->triangles().s[own.at() + e] * sh->triangles().t[i] * sh->triangles().t[j];
      sh->a[own.at() + e] = (float)(scale * r[own.at() + e] * sh->triangles().t[M + j]);
    }
    block_sums<T>(sums, sh->partial);
    if (tid == 0) {
      result[UP_Q] = sums[0] / ((double)n * m);
      result[UP_C] = 2 * sums[1] / (m * (m - 1.0));
      if (has_tangents && layer > 0) {
        Logarithms grown = logarithms(sh->triangles().s + M / 2 * (M + 1), M + 1, m);
        result[UP_TANGENTS] = grown.mantissa;
        result[UP_TANGENTS + 1] = grown.exponent;
      }
    }
    join(sh->a, layer == 0 || net.parity == ODD);
#pragma unroll
    for (int e = 0; e < E; e++) ((float*)kept_of(layer, KEPT_A))[own.at() + e] = sh->a[own.at() + e];
    SYNC();
  }

  // Entries outside bounds of both signs; NaN is outside. The 8-bit grid has one step more below.
  METHOD void count(const float v[ROWS][4], int row, int (&counts)[BOUNDS]) const {
#pragma unroll 1
    for (int bound = 0; bound < BOUNDS; bound++) {
      float high = sh->bounds[bound], low = bound == BOUNDS - 1 ? sh->lowest : -high;
      int outside = 0;
#pragma unroll
      for (int r = 0; r < ROWS; r++)
#pragma unroll
        for (int j = 0; j < 4; j++)
          outside += row + Rows::step(r) < n && is_input(column + j) && !(v[r][j] >= low && v[r][j] <= high);
#pragma unroll
      for (int k = 0; k < BOUNDS; k++) counts[k] += k == bound ? outside : 0;
    }
  }

  METHOD float largest(const float h[ROWS][4], float largest) const {
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) {
        float size = is_input(column + j) ? fabsf(h[r][j]) : 0;
        largest = size > largest ? size : largest;
      }
    return largest;
  }

  METHOD void set_step(float largest) const {
#pragma unroll
    for (int mask = 16; mask > 0; mask /= 2) {
      float other = shuffle_xor(largest, mask);
      largest = other > largest ? other : largest;
    }
    SYNC();
    if (tid % 32 == 0) sh->partial[tid / 32] = largest;
    SYNC();
    if (tid == 0) {
      for (int w = 0; w < T / 32; w++) largest = (float)sh->partial[w] > largest ? (float)sh->partial[w] : largest;
      double step = largest / 127.0;
      sh->bounds[BOUNDS - 2] = (float)(0.5 * step);
      sh->bounds[BOUNDS - 1] = (float)(127 * step);
      sh->lowest = (float)(-128 * step);
    }
    SYNC();
  }

  METHOD void scale_twice(float v[ROWS][4]) const {
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) v[r][j] = v[r][j] * sh->root[column + j] * sh->root[column + j];
  }

  // 1/√‖h_a‖, in two steps for a factor that may exceed float32.
  METHOD void set_roots(const double* gram) {
    SYNC();
    if (tid < M) {
      double length = sqrt(gram[tid * M + tid]);
      sh->root[tid] = (float)(length > 0 ? 1 / sqrt(length) : 0);
    }
    SYNC();
  }

  // Q of columns whose H X would lose its digits, by Gram–Schmidt twice: the second time makes up for what the first has lost.
  // Leaves QᵀΞ in `other`; the factors of Q are kept.
  METHOD void orthonormalise(int layer) {
    float* rough = (float*)kept_of(layer + 1, KEPT_ROUGH);
    float* fine = (float*)kept_of(layer + 1, KEPT_FINE);
    set_roots(sh->gram());
#pragma unroll
    for (int e = 0; e < E; e++) {
      sh->b[own.at() + e] = (float)(sh->triangles().x[own.at() + e] * sqrt(sh->gram()[own.i * M + own.i]));
      rough[own.at() + e] = sh->b[own.at() + e];
    }
    SYNC();
    exact_pass<M, T>(ROUGH, layer, layer, false, sh->triangles().t);
    factorise<M, T>(sh->triangles().t, MOSTLY_ROUNDING, M, sh->factor().independent, true, &sh->factor(), &sh->triangles());
#pragma unroll
    for (int e = 0; e < E; e++) {
      sh->c[own.at() + e] = (float)sh->triangles().x[own.at() + e];
      fine[own.at() + e] = sh->c[own.at() + e];
    }
    SYNC();
    fine_pass<M, T>(layer);
  }

  METHOD bool is_full(int rank) const { return rank == used() && sh->factor().allows_float32; }

  METHOD void up(int depth, double* results) {
    if (tid < M) {
      double square = has_tangents && tid >= M / 2 ? args.tangent_squares[(u64)net.replicate * (M / 2) + tid - M / 2] : 0;
      sh->start[tid] = (float)(square > 0 ? 1 / sqrt(square) : 0);
      sh->tangents[tid] = 1;
    }
    if (tid < BOUNDS) sh->bounds[tid] = args.bounds[tid];
#pragma unroll
    for (int e = 0; e < E; e++) sh->gram()[own.at() + e] = args.input_gram[(u64)net.replicate * M * M + own.at() + e];
    factorise<M, T>(sh->gram(), DEPENDENT, args.dimension, mask_of_used(), false, &sh->factor(), &sh->triangles());
    for (int layer = 0; layer < depth; layer++) {
      double* result = results + (u64)layer * UP;
      ::enter<M, T>(layer, result);
      pass_up<M, T>(layer, result);
      if (args.wanted & FORMATS) {
        if (layer == 0) count_pass<M, T>(LARGEST, 0, 0, false, result);
        count_pass<M, T>(HELD_UP, layer, 0, false, result + UP_FORMATS);
      }
      factorise<M, T>(sh->gram(), DEPENDENT, n, mask_of_used(), false, &sh->factor(), &sh->triangles());
      if (!is_full(sh->factor().rank)) {
        exact_pass<M, T>(EXACT_UP, layer, layer, false, sh->gram());
        factorise<M, T>(sh->gram(), DEPENDENT, n, mask_of_used(), false, &sh->factor(), &sh->triangles());
      }
      finish_up(layer, layer + 1 < depth);
    }
    // K of the layer above the last one: HᵀH of the top.
#pragma unroll
    for (int e = 0; e < E; e++) kept_of(depth, KEPT_K)[own.at() + e] = sh->gram()[own.at() + e];
  }

  // B = QᵀΞ of the layer above.
  METHOD void finish_up(int layer, bool above) {
    if (!above || !(args.wanted & BACKWARD)) return;
    bool ill = !sh->factor().well_conditioned;
    if (ill) {
      orthonormalise(layer);
      const Mask<M> independent = sh->factor().independent;
      if (tid == 0) rank_of(layer + 1)[0] = sh->factor().rank;
#pragma unroll
      for (int e = 0; e < E; e++) {
        bool is = independent >> own.i & 1;
        kept_of(layer + 1, KEPT_B)[own.at() + e] = is ? sh->other()[own.at() + e] : 0;
      }
      // The way up goes on with the first factor.
      factorise<M, T>(sh->gram(), DEPENDENT, n, mask_of_used(), false, &sh->factor(), &sh->triangles());
      if (tid == 0) independent_of(layer + 1)[0] = independent;
    } else {
      product<M, T>(sh->triangles().x, 1, M, sh->other(), sh->triangles().t);
#pragma unroll
      for (int e = 0; e < E; e++) kept_of(layer + 1, KEPT_B)[own.at() + e] = sh->triangles().t[own.at() + e];
      if (tid == 0) rank_of(layer + 1)[0] = sh->factor().rank;
    }
    if (tid == 0) ill_of(layer + 1)[0] = ill;
  }

  // δ of a chunk's rows into x. Ĝ stands in y, Ξ of the layer above in z; in its place, φ′.
  template <bool HOT>
  METHOD void gradients(int layer, int top, bool ill, int first) const {
    float delta[ROWS][4], slope[ROWS][4];
    // Tangents start at the top as they came up.
    const bool starts = layer == top && is_tangent;
    preactivations<Y>(layer, first);
    clear(delta);
    if (layer < top) {
      rows_times(Z, sh->b, delta);
      warp_barrier();
    } else {
      const float scale = (float)sqrt(net.sigma_w2 / n);
      const float* readout = args.readout + (u64)net.replicate * args.height + first + local;
#pragma unroll
      for (int r = 0; r < ROWS; r++)
#pragma unroll
        for (int j = 0; j < 4; j++) delta[r][j] = starts ? 1 : readout[Rows::step(r)] * scale;
    }
    activate<HOT>(first, [&](int r, Four z, Four, Four slope) {
#pragma unroll
      for (int j = 0; j < 4; j++) {
        const float as_it_came = z.v[j], its_slope = slope.v[j];
        slope.v[j] = starts ? as_it_came : its_slope;
      }
      *(Four*)(sh->rows + (local + Rows::step(r)) * STRIDE + Z + column) = slope;
    });
    if (layer < top) {
      if (ill) on_basis(layer);
      warp_barrier();
      rows_times(X, sh->c, delta);
      warp_barrier();
    }
    load(Z, slope);
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) delta[r][j] = slope[r][j] * delta[r][j];
    if (!is_whole(first))
#pragma unroll
      for (int r = 0; r < ROWS; r++)
#pragma unroll
        for (int j = 0; j < 4; j++) delta[r][j] = is_there(first + local, r, j) ? delta[r][j] : 0;
    store(X, delta);
  }

  // H, in x, in the orthonormal basis of the layer above.
  METHOD void on_basis(int layer) const {
    float h[ROWS][4];
    load(X, h);
    scale_twice(h);
#pragma unroll 1
    for (int step = 0; step < 2; step++) through(h, (const float*)kept_of(layer + 1, step == 0 ? KEPT_ROUGH : KEPT_FINE));
    store(X, h);
  }

  // What a layer's weights and biases add to the kernels, Θ += (σ_w²/fan-in ΔᵀΔ ∘ K + σ_b² ΔᵀΔ), and its gradients.
  METHOD void accumulate(int layer, double* theta, double* result) {
    const double scale = net.sigma_w2 / fan_in(layer), sigma_b2 = net.sigma_b2;
    double sums[4] = {0, 0, 0, 0}, below[E];
    ::load<E>(kept_of(layer, KEPT_K) + own.at(), below);
    if (layer > 0) recall(layer);
#pragma unroll
    for (int e = 0; e < E; e++) {
      int j = own.j + e;
      double delta = sh->gram()[own.at() + e], weights = delta * below[e];
      bool both = is_input(own.i) && is_input(j);
      sh->triangles().t[own.at() + e] = weights;
      double ours = scale * weights + sigma_b2 * delta, standard = weights + (sigma_b2 > 0 ? delta : 0);
      if ((args.wanted & KERNELS) && both) {
        theta[own.at() + e] += ours;
        theta[M * M + own.at() + e] += standard;
      }
      sums[0] += both ? weights : 0;
      sums[1] += both ? fabs(weights) : 0;
      sums[2] += both && own.i == j ? ours : 0;
      sums[3] += both && own.i == j ? standard : 0;
    }
    if (args.wanted & PAIRS) {
      block_sums<T>(sums, sh->partial);
    } else {
      SYNC();
    }
    if (tid < 2) {
      Logarithms sum = logarithms(tid == 0 ? sh->gram() : sh->triangles().t, M + 1, m);
      result[2 * tid] = sum.mantissa;
      result[2 * tid + 1] = sum.exponent;
    }
    if (tid == 0)
#pragma unroll
      for (int k = 0; k < 4; k++) result[DOWN_SUM + k] = sums[k];
  }

  // The way down from one depth.
  METHOD void down(int depth, double* results, double* cell) {
    double* theta = cell;
    const double* top_gram = kept_of(depth, KEPT_K);
#pragma unroll
    for (int e = 0; e < E; e++) {
      double gram = top_gram[own.at() + e];
      bool both = is_input(own.i) && is_input(own.j + e);
      theta[own.at() + e] = both ? net.sigma_w2 / n * gram + net.sigma_b2 : 0;
      theta[M * M + own.at() + e] = both ? gram + (net.sigma_b2 > 0 ? 1 : 0) : 0;
    }
    recall_a(depth - 1);
    SYNC();
    for (int layer = depth - 1; layer >= 0; layer--) {
      double* result = results + (u64)layer * DOWN;
      const bool ill = layer < depth - 1 && ill_of(layer + 1)[0];
      if (ill) set_roots(kept_of(layer + 1, KEPT_K));
      pass_down<M, T>(layer, depth - 1, ill);
      if (args.wanted & FORMATS) count_pass<M, T>(HELD_DOWN, layer, depth - 1, ill, result + DOWN_FORMATS);
      factorise<M, T>(sh->gram(), DEPENDENT, n, mask_of_used(), false, &sh->factor(), &sh->triangles());
      if (!is_full(sh->factor().rank)) {
        exact_pass<M, T>(EXACT_DOWN, layer, depth - 1, ill, sh->gram());
        factorise<M, T>(sh->gram(), DEPENDENT, n, mask_of_used(), false, &sh->factor(), &sh->triangles());
      }
      leave<M, T>(layer, theta, result);
    }
    if (has_tangents) {
      double sums[1] = {0};
      if (tid >= M / 2 && tid < M / 2 + m) {
        double square = sh->gram()[tid * (M + 1)];
        sums[0] = square < 1e-66 ? __builtin_nan("") : square / growth_of(depth - 1)[tid] - 1;
      }
      block_sums<T>(sums, sh->partial);
      if (tid == 0) cell[2 * M * M + M + JACOBIAN] = sums[0] / m;
    }
  }

  // What the layer below will need, at once, so as to wait for memory once: B into s, X into x, A.
  METHOD void recall(int layer) const {
    double b[E], x[E];
    ::load<E>(kept_of(layer, KEPT_B) + own.at(), b);
    ::load<E>(kept_of(layer, KEPT_X) + own.at(), x);
    recall_a(layer - 1);
    ::store<E>(sh->triangles().s + own.at(), b);
    ::store<E>(sh->triangles().x + own.at(), x);
  }

  METHOD void recall_a(int layer) const {
#pragma unroll
    for (int e = 0; e < E; e++) sh->a[own.at() + e] = ((const float*)kept_of(layer, KEPT_A))[own.at() + e];
  }

  // Of orthogonal weights: Δ in the frame, TᵀĜᵀΔ, into `other`; into s, coefficients L⁻¹S of Ξ for what Δ has outside, L from
  // Ξ's part outside Q.
  METHOD void outside_frame(int layer) const {
    const double* b = kept_of(layer, KEPT_B);
    const double* xi = args.xi_gram + (drawn + layer) * (M + 1) * (M + 1);
    const int left = n - rank_of(layer)[0];
    SYNC();
    product<M, T>(kept_of(layer, KEPT_FRAME), 1, M, sh->other(), sh->triangles().t);
    product<M, T>(sh->triangles().t, 1, M, sh->triangles().t, sh->triangles().r);
#pragma unroll
    for (int e = 0; e < E; e++) {
      sh->other()[own.at() + e] = sh->triangles().t[own.at() + e];
      sh->gram()[own.at() + e] -= sh->triangles().r[own.at() + e];
    }
    factorise<M, T>(sh->gram(), OUTSIDE_FRAME, left < M ? left : M, mask_of_used(), false, &sh->factor(), &sh->triangles());
    const Mask<M> independent = sh->factor().independent;
#pragma unroll
    for (int e = 0; e < E; e++) sh->gram()[own.at() + e] = sh->triangles().r[own.at() + e];
    product<M, T>(b, 1, M, b, sh->triangles().s);
#pragma unroll
    for (int e = 0; e < E; e++) sh->triangles().t[own.at() + e] = xi[own.i * (M + 1) + own.j + e] - sh->triangles().s[own.at() + e];
    factorise<M, T>(sh->triangles().t, DEPENDENT, M, independent, false, &sh->factor(), &sh->triangles());
    product<M, T>(sh->triangles().x, M, 1, sh->gram(), sh->triangles().s);
  }

  // Coefficients of Ξ and of the basis for the gradients of the layer below: Ξ S + Q (ĜᵀΔ − B S), times the scale.
  METHOD void descend(int layer) {
    const bool ill = ill_of(layer)[0];
    const double scale = scale_of(layer);
    const double *b = sh->triangles().s, *x = sh->triangles().x, *s = sh->triangles().r;
    if (is_orthogonal()) {
      ::outside_frame<M, T>(layer);
      b = kept_of(layer, KEPT_B);
      x = kept_of(layer, KEPT_X);
      s = sh->triangles().s;
    } else {
      SYNC();
    }
    product<M, T>(b, M, 1, s, sh->triangles().t);
#pragma unroll
    for (int e = 0; e < E; e++) {
      bool is = !ill || (independent_of(layer)[0] >> own.i & 1);
      sh->other()[own.at() + e] = is ? sh->other()[own.at() + e] - sh->triangles().t[own.at() + e] : 0;
    }
    if (!ill) {
      SYNC();
      product<M, T>(x, M, 1, sh->other(), sh->triangles().t);
    }
    const double* along = ill ? sh->other() : sh->triangles().t;
#pragma unroll
    for (int e = 0; e < E; e++) {
      sh->b[own.at() + e] = (float)(scale * s[own.at() + e]);
      sh->c[own.at() + e] = (float)(scale * along[own.at() + e]);
    }
    SYNC();
    join(sh->b, false);
    join(sh->c, false);
    SYNC();  // Not seen: columns that are joined differ by rounding, if at all.
  }

  // What rounding makes of distances between inputs (org.phasemap.measure.RoundingNoise): A² of each input, and whether two
  // inputs differ by rounding alone.
  METHOD void follow_distances(int depth, double* cell) const {
    int merged = 0;
#pragma unroll 1
    for (int e = 0; e < E; e++) {
      int i = own.i, j = own.j + e;
      sh->triangles().t[own.at() + e] = 1;
      if (!is_input(i) || j >= i) continue;
      double before = 1, grown = 0, most = 0, least = __builtin_inf(), largest = 0, end = 1;
      bool last_merged = false;
      for (int layer = 0; layer < depth; layer++) {
        const double* k = kept_of(layer, KEPT_K);
        double scale = net.sigma_w2 / fan_in(layer);
        double first = scale * k[i * (M + 1)] + net.sigma_b2, second = scale * k[j * (M + 1)] + net.sigma_b2;
        double between = scale * k[i * M + j] + net.sigma_b2;
        double along = 2 * (net.parity && net.sigma_b2 == 0 ? fabs(between) : between);
        double longer = first > second ? first : second;
        double distance = (first + second - along) / longer;
        if (distance != distance) break;
        distance = distance > 1e-15 ? distance : 1e-15;
        grown = grown * distance / before + 1;
        most = grown > most ? grown : most;
        least = min_of(least, distance);
        largest = distance > largest ? distance : largest;
        before = distance;
        bool undecided = 0x1p-48 * (layer + 1) > 1e-4 * least;
        end = layer == depth - 1 && undecided ? most : 1;
        last_merged = layer == depth - 1 && undecided && 0x1p-48 * most > 1e-4 * largest;
      }
      sh->triangles().t[own.at() + e] = end > 1 ? end : 1;
      merged |= last_merged;
    }
    double sums[1] = {(double)merged};
    block_sums<T>(sums, sh->partial);
    if (tid < m) {
      double largest = 1;
      for (int j = 0; j < m; j++) {
        double pair = j < tid ? sh->triangles().t[tid * M + j] : sh->triangles().t[j * M + tid];
        largest = pair > largest ? pair : largest;
      }
      cell[2 * M * M + tid] = largest;
    }
    if (tid == 0) cell[2 * M * M + M + MERGED] = sums[0];
  }

  METHOD void finish_cell(int depth, double* cell) const {
    SYNC();  // Not seen: K counts where inputs differ by rounding alone.
    if (args.wanted & KERNELS) ::follow_distances<M, T>(depth, cell);
    if (tid == 0) {
      Logarithms lengths = logarithms(kept_of(depth, KEPT_K), M + 1, m);
      cell[2 * M * M + M + LENGTHS] = lengths.mantissa;
      cell[2 * M * M + M + LENGTHS + 1] = lengths.exponent;
    }
  }
};

template <int M, int T>
FUNCTION void enter(int layer, double* result) {
  Walk<M, T>(shared<M, T>()).enter(layer, result);
}

template <int M, int T>
FUNCTION void leave(int layer, double* theta, double* result) {
  Walk<M, T> walk(shared<M, T>());
  walk.accumulate(layer, theta, result);
  if (layer > 0) walk.descend(layer);
}

template <int M, int T>
FUNCTION void turn(int layer) {
  Walk<M, T>(shared<M, T>()).turn(layer);
}

template <int M, int T>
FUNCTION void outside_frame(int layer) {
  Walk<M, T>(shared<M, T>()).outside_frame(layer);
}

template <int M, int T>
FUNCTION void follow_distances(int depth, double* cell) {
  Walk<M, T>(shared<M, T>()).follow_distances(depth, cell);
}

// φ, its statistics, HᵀH, and HᵀΞ of the layer above.
template <int M, int T>
FUNCTION void pass_up(int layer, double* result) {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  const bool above = (walk.args.wanted & BACKWARD) && layer + 1 < walk.args.depth;
  const float *g = walk.g_of(layer), *xi = walk.xi_of(layer + 1);
  Products<M, T> products;
  double sums[3] = {0, 0, 0};
  float in[ROWS][4], next[ROWS][4];
  walk.clear(next);
  auto fetch = [&](int first) {
    if (first >= walk.n || !walk.has_rows(first)) return;
    walk.fetch(g, first, in);
    if (above) walk.fetch(xi, first, next);
  };
  fetch(0);
  for (int first = 0; first < walk.n; first += HEIGHT) {
    if (walk.has_rows(first)) {
      walk.store(Rows::Z, in);
      walk.store(Rows::Y, next);
      warp_barrier();
      walk.template preactivations<Rows::Z>(layer, first);
      float part = 0;
      int saturated = 0, alive = 0;
      walk.template activate<true>(first, [&](int r, Four, Four h, Four slope) {
        bool any = false;
#pragma unroll
        for (int j = 0; j < 4; j++) {
          part += h.v[j];
          saturated += fabsf(slope.v[j]) < 0.01f;
          any |= slope.v[j] != 0;
        }
        alive |= (int)any << r;
      });
      if (!walk.is_whole(first))
#pragma unroll
        for (int r = 0; r < ROWS; r++)
#pragma unroll
          for (int j = 0; j < 4; j++) saturated -= !walk.is_there(first + walk.local, r, j);
#pragma unroll
      for (int mask = Rows::QUADS; mask > 1; mask /= 2) alive |= shuffle_xor(alive, mask);
      if (!walk.is_tangent) {
        sums[0] += part;
        sums[1] += saturated;
      }
      if (walk.column == 0)
#pragma unroll
        for (int r = 0; r < ROWS; r++) sums[2] += first + walk.local + Rows::step(r) < walk.n && !(alive >> r & 1);
    }
    fetch(first + HEIGHT);
    SYNC();
    products.add(sh->rows, walk.count_of(first));
    SYNC();
  }
  products.write(sh->gram(), sh->other(), M, 1);
  block_sums<T>(sums, sh->partial);
  if (thread_index() == 0) {
    result[UP_SUM] = sums[0];
    result[UP_SATURATED] = sums[1];
    result[UP_DEAD] = sums[2];
  }
}

// ΔᵀΔ into `gram`, ĜᵀΔ into `other`.
template <int M, int T>
FUNCTION void pass_down(int layer, int top, bool ill) {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  const float *g = walk.g_of(layer), *xi = walk.xi_of(layer + 1);
  Products<M, T> products;
  float in[ROWS][4], next[ROWS][4];
  walk.clear(next);
  auto fetch = [&](int first) {
    if (first >= walk.n || !walk.has_rows(first)) return;
    walk.fetch(g, first, in);
    if (layer < top) walk.fetch(xi, first, next);
  };
  fetch(0);
  for (int first = 0; first < walk.n; first += HEIGHT) {
    if (walk.has_rows(first)) {
      walk.store(Rows::Y, in);
      walk.store(Rows::Z, next);
      warp_barrier();
      walk.template gradients<true>(layer, top, ill, first);
    }
    fetch(first + HEIGHT);
    SYNC();
    products.add(sh->rows, walk.count_of(first));
    SYNC();
  }
  products.write(sh->gram(), sh->other(), 1, M);
}

// φ, or δ, of a chunk's rows into x, for the passes that few networks need. Between warp barriers: a lane's own entries stand.
template <int M, int T>
FUNCTION void rows_again(bool down, int layer, int top, bool ill, int first) {
  using Rows = Chunk<M, T>;
  const Walk<M, T> walk(shared<M, T>());
  float in[Rows::ROWS][4];
  walk.fetch(walk.g_of(layer), first, in);
  walk.store(Rows::Y, in);
  if (down && layer < top) {
    walk.fetch(walk.xi_of(layer + 1), first, in);
    walk.store(Rows::Z, in);
  }
  warp_barrier();
  if (down) {
    walk.template gradients<false>(layer, top, ill, first);
  } else {
    walk.template preactivations<Rows::Y>(layer, first);
    walk.template activate<false>(first, [](int, Four, Four, Four) {});
  }
  warp_barrier();
}

// Gram matrices in float64: of φ, of Q before its second orthonormalisation, of δ.
template <int M, int T>
FUNCTION void exact_pass(Pass pass, int layer, int top, bool ill, double* to) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  ExactGram<M, T> gram;
  for (int first = 0; first < walk.n; first += Rows::HEIGHT) {
    if (walk.has_rows(first)) {
      float h[Rows::ROWS][4];
      rows_again<M, T>(pass == EXACT_DOWN, layer, top, ill, first);
      walk.load(Rows::X, h);
      if (pass == ROUGH) {
        walk.scale_twice(h);
        walk.through(h, sh->b);
      }
      warp_barrier();
      walk.store_exact(h);
    }
    SYNC();
    gram.add((const double*)sh->rows, Rows::STRIDE / 2, walk.count_of(first));
    SYNC();
  }
  gram.write(to);
}

// QᵀΞ of an orthonormalised Q.
template <int M, int T>
FUNCTION void fine_pass(int layer) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  Products<M, T> products;
  for (int first = 0; first < walk.n; first += Rows::HEIGHT) {
    if (walk.has_rows(first)) {
      float h[Rows::ROWS][4];
      rows_again<M, T>(false, layer, layer, false, first);
      walk.load(Rows::X, h);
      walk.scale_twice(h);
#pragma unroll 1
      for (int step = 0; step < 2; step++) walk.through(h, step == 0 ? sh->b : sh->c);
      walk.store(Rows::X, h);
      walk.fetch(walk.xi_of(layer + 1), first, h);
      walk.store(Rows::Y, h);
    }
    SYNC();
    products.add(sh->rows, walk.count_of(first));
    SYNC();
  }
  products.write(sh->triangles().t, sh->other(), M, 1);
  SYNC();
}

// Counts of what number formats hold; first of all the step of the 8-bit grid, max |φ(z_1)| / 127.
template <int M, int T>
FUNCTION void count_pass(Pass pass, int layer, int top, bool ill, double* result) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  int counts[BOUNDS] = {};
  float largest = 0;
  for (int first = 0; first < walk.n; first += Rows::HEIGHT) {
    if (!walk.has_rows(first)) continue;
    float h[Rows::ROWS][4];
    rows_again<M, T>(pass == HELD_DOWN, layer, top, ill, first);
    walk.load(Rows::X, h);
    if (pass == LARGEST) {
      largest = walk.largest(h, largest);
    } else {
      walk.count(h, first + walk.local, counts);
    }
  }
  if (pass == LARGEST) {
    walk.set_step(largest);
    return;
  }
#pragma unroll 1
  for (int bound = 0; bound < BOUNDS; bound++) {
    double one[1] = {0};
#pragma unroll
    for (int k = 0; k < BOUNDS; k++) one[0] = k == bound ? counts[k] : one[0];
    block_sums<T>(one, sh->partial);
    if (thread_index() == 0 && (pass == HELD_UP || bound < BOUNDS - 2)) result[bound] = one[0];
  }
}

// Of a block.
template <int M>
DEVICE u64 kept_size(int depth) {
  return ((u64)(depth + 1) * KEPT + (M > 32 ? SPILLED : 0)) * (M * M);
}

template <int M, int T>
DEVICE void measure(const WeightFreeArgs& args) {
  Shared<M, T>* const sh = shared<M, T>();
  for (int network = block_index(); network < args.count; network += grid_size()) {
    if (thread_index() == 0) {
      sh->args = args;
      sh->net = args.networks[network];
      sh->kept = args.kept + (u64)block_index() * kept_size<M>(args.depth);
      sh->spill(sh->kept + (args.depth + 1) * KEPT * M * M);
    }
    SYNC();
    Walk<M, T> walk(sh);
    const Cell* cells = args.cells + sh->net.first_cell;
    walk.up(cells[sh->net.cells - 1].depth, args.up + (u64)network * args.depth * UP);
    for (int i = 0; i < sh->net.cells; i++) {
      double* result = args.results + (u64)(sh->net.first_cell + i) * (2 * M * M + M + OTHERS);
      walk.finish_cell(cells[i].depth, result);
      if (args.wanted & BACKWARD) walk.down(cells[i].depth, args.down + (u64)cells[i].first_layer * DOWN, result);
    }
    SYNC();  // Not seen: the test's blocks have one network each.
  }
}

// Rows of Gaussian numbers, M to a row: block b draws chunk b % chunks, 1024 numbers, of stream b / chunks.
struct DrawColumnsArgs {
  const u32* starts;     // six words a stream (Philox.start)
  float* out;            // [stream][row][M]
  int width, height;     // numbers of a column; rows
  int count, columns;    // columns that are drawn; M
  int turn, jump;        // columns from `turn` on stand `jump` further
  int chunks;
};

KERNEL(draw_columns, DrawColumnsArgs, 256) {
  int stream = block_index() / args.chunks, chunk = block_index() % args.chunks;
  float numbers[4];
  draw_four<GAUSSIAN>(stream_of(args.starts + 6 * stream), chunk, thread_index(), numbers);
  float* out = args.out + (u64)stream * args.height * args.columns;
#pragma unroll
  for (int k = 0; k < 4; k++) {
    u32 i = (u32)chunk * 1024 + 2 * thread_index() + (k & 1) + (k >> 1) * 512, column = i / args.width, row = i - column * args.width;
    if ((int)column < args.count) out[(u64)row * args.columns + column + ((int)column < args.turn ? 0 : args.jump)] = numbers[k];
  }
}

struct DrawnGramArgs {
  const float* g;     // Ĝ [block][row][M]
  const float* bias;  // [block][row]
  double* out;        // [block][(M + 1)²]
  int width, height;
};

template <int M, int T>
struct DrawnShared {
  double sums[M * M > T ? M * M : T];
  float rows[8 * T / M * (M + 4)];
};

// Gram matrix of Ĝ and b of one layer, in float64.
template <int M, int T>
DEVICE void drawn_gram(const DrawnGramArgs& args, float* x, double* sums) {
  constexpr int STRIDE = M + 4, HEIGHT = 8 * T / M;
  const float* g = args.g + (u64)block_index() * args.height * M;
  const float* b = args.bias + (u64)block_index() * args.height;
  double* out = args.out + (u64)block_index() * (M + 1) * (M + 1);
  ExactGram<M, T> gram;
  double mixed = 0;
  const int column = thread_index() % (M + 1), part = thread_index() / (M + 1);
  constexpr int PARTS = T / (M + 1);
  for (int first = 0; first < args.height; first += HEIGHT) {
    for (int i = thread_index(); i < HEIGHT * M; i += T) x[i / M * STRIDE + i % M] = g[(u64)first * M + i];
    for (int i = thread_index(); i < HEIGHT; i += T) x[i * STRIDE + M] = b[first + i];
    SYNC();
    gram.add(x, STRIDE, HEIGHT);
    if (part < PARTS)
      for (int row = part; row < HEIGHT; row += PARTS) mixed = fma((double)x[row * STRIDE + column], (double)x[row * STRIDE + M], mixed);
    SYNC();
  }
  gram.write(sums);
  // A thread's own sums: nobody else reads them.
  for (int i = thread_index(); i < M * M; i += T) out[i / M * (M + 1) + i % M] = sums[i];
  sums[thread_index()] = mixed;
  SYNC();
  if (thread_index() <= M) {
    double sum = 0;
    for (int p = 0; p < PARTS; p++) sum += sums[p * (M + 1) + thread_index()];
    out[M * (M + 1) + thread_index()] = sum;
    out[thread_index() * (M + 1) + M] = sum;
  }
}

struct TangentArgs {
  const float* tangents;  // [block][row][columns]
  double* squares;        // [block][columns]
  int columns, width, height;
};

// Squared lengths of the tangents at layer 1: a thread for each.
KERNEL(tangent_squares, TangentArgs, 32) {
  const float* x = args.tangents + (u64)block_index() * args.height * args.columns;
  for (int column = thread_index(); column < args.columns; column += 32) {
    double sum = 0;
    for (int row = 0; row < args.width; row++) sum = fma((double)x[row * args.columns + column], (double)x[row * args.columns + column], sum);
    args.squares[(u64)block_index() * args.columns + column] = sum;
  }
}

// Instances, named by columns and threads; the last number is how many blocks share a multiprocessor.
#define WEIGHT_FREE(M, T, BLOCKS)                                                   \
  KERNEL(weight_free_##M##_##T, WeightFreeArgs, T, BLOCKS) { measure<M, T>(args); } \
  SHARED_BYTES(weight_free_##M##_##T, sizeof(Shared<M, T>));
#define DRAWN_GRAM(M, T)                                          \
  KERNEL(drawn_gram_##M, DrawnGramArgs, T) {                      \
    using Memory = DrawnShared<M, T>;                             \
    SHARED(Memory, memory);                                       \
    drawn_gram<M, T>(args, memory->rows, memory->sums);           \
  }                                                               \
  SHARED_BYTES(drawn_gram_##M, sizeof(DrawnShared<M, T>));

WEIGHT_FREE(8, 64, 8)
WEIGHT_FREE(16, 32, 16)
WEIGHT_FREE(16, 256, 2)
WEIGHT_FREE(32, 256, 2)
WEIGHT_FREE(64, 256, 2)
DRAWN_GRAM(8, 128)
DRAWN_GRAM(16, 256)
DRAWN_GRAM(32, 256)
DRAWN_GRAM(64, 256)
#endif
