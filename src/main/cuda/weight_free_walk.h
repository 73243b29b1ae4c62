// A block's walk through one network: what is drawn for a layer, and z and φ(z) of a chunk of its rows.
#ifndef PHASEMAP_WEIGHT_FREE_WALK
#define PHASEMAP_WEIGHT_FREE_WALK
#include "weight_free_factor.h"
#include "weight_free_four.h"

// Passes over the rows of a layer, in functions of their own: each has the registers for itself.
template <int M, int T>
FUNCTION void pass_up();
template <int M, int T>
FUNCTION void pass_down();

// What happens between them, likewise.
template <int M, int T>
FUNCTION void enter();
template <int M, int T>
FUNCTION void leave();
template <int M, int T>
FUNCTION void orthonormalise();
template <int M, int T>
FUNCTION void turn();
template <int M, int T>
FUNCTION void outside_frame();
template <int M, int T>
FUNCTION void follow_distances();

// Passes that few networks need.
template <int M, int T>
FUNCTION void exact_pass(bool rough);
template <int M, int T>
FUNCTION void fine_pass();
template <int M, int T>
FUNCTION void count_pass();
template <int M, int T>
FUNCTION void set_step();

// A block's walk through one network.
template <int M, int T>
struct Walk {
  using Rows = Chunk<M, T>;
  static constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT, STRIDE = Rows::STRIDE, E = M * M / T;
  static constexpr int PIECE = E < 4 ? E : 4;  // of a thread's entries: so many are on their way from memory at once
  static constexpr int X = Rows::X, Y = Rows::Y, Z = Rows::Z;
  Shared<M, T>* const sh;
  const WeightFreeArgs& args;
  const Network& net;
  double* const kept;
  const int n, m, layer, tid, column, local;
  const bool has_tangents, is_tangent;
  const u64 drawn;
  const Entries<M, T> own;

  METHOD explicit Walk(Shared<M, T>* sh)
      : sh(sh), args(sh->args), net(sh->net), kept(sh->kept), n(args.width), m(args.inputs), layer(sh->at.layer), tid(sh->thread()),
        column(Rows::column(tid)), local(Rows::row(tid)), has_tangents(args.wanted & TANGENTS),
        is_tangent((args.wanted & TANGENTS) && column >= M / 2),
        drawn((u64)net.replicate * args.depth), own(tid) {}

  // The same, read again. Few registers outlive the call of a function: what is read again behind it needs none.
  METHOD Walk again() const { return Walk(sh); }

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
  METHOD bool is_ill() const { return ill_of(layer)[0]; }
  METHOD int* rank_of(int layer) const { return ill_of(layer) + 1; }
  METHOD double* growth_of(int layer) const { return kept_of(layer, KEPT_A) + M * M / 2 + 2; }
  METHOD double* up_result() const { return args.up + ((u64)sh->at.network * args.depth + layer) * UP; }
  METHOD double* down_result() const { return args.down + (u64)(sh->cell.first_layer + layer) * DOWN; }
  METHOD double* cell_result() const { return args.results + (u64)sh->at.cell * (2 * M * M + M + OTHERS); }
  // On the way down: whether the layer is the cell's last.
  METHOD bool is_top() const { return layer == sh->cell.depth - 1; }
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
  METHOD void preactivations(int first) const {
    const int row = first + local;
    const float* bias = args.bias + (drawn + layer) * args.height + row;
    float z[ROWS][4], b[ROWS];
#pragma unroll
    for (int r = 0; r < ROWS; r++) b[r] = bias[Rows::step(r)];
    clear(z);
    rows_times(G, sh->a, z);
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      float added = is_tangent ? 0 : b[r] * sh->sigma_b;
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
  METHOD double scale() const {
    const int in = fan_in(layer);
    return sqrt(net.sigma_w2 / in) * (is_orthogonal() ? sqrt((double)(n > in ? n : in)) : 1);
  }

  // Orthogonal weights: R becomes T R. The columns of Ĝ T that belong to independent columns of H are orthonormal: a uniformly
  // random frame. T is kept.
  METHOD void turn() const {
    again().set_frame_gram();
    factorise<M, T>(true, DEPENDENT, M, sh->factor().independent, false);
    again().keep(KEPT_FRAME, sh->triangles().x);
    product<M, T>(sh->triangles().x, M, 1, sh->other(), sh->triangles().r);
  }
  METHOD void set_frame_gram() const {
    const double* dg = args.drawn_gram + (drawn + layer) * (M + 1) * (M + 1);
    const double* rest = args.rest_gram + (u64)net.replicate * (M + 1) * (M + 1);
    const bool has_rest = layer == 0 && args.rest_gram;
#pragma unroll PIECE
    for (int e = 0; e < E; e++) {
      const int at = own.i * (M + 1) + own.j + e;
      sh->other()[own.at() + e] = sh->triangles().r[own.at() + e];
      sh->triangles().t[own.at() + e] = dg[at] + (has_rest ? rest[at] : 0);
    }
  }

  METHOD void keep(int what, const double* matrix) const {
    double* const to = kept_of(layer, what);
#pragma unroll PIECE
    for (int e = 0; e < E; e++) to[own.at() + e] = matrix[own.at() + e];
  }

  // S of gradients, Ξ's coefficients before they are scaled.
  METHOD const double* of_xi() const { return is_orthogonal() ? sh->triangles().s : sh->triangles().r; }

  // weight_free_up.h
  METHOD void enter() const;
  METHOD void set_drawn_gram() const;
  METHOD void mix_bias() const;
  METHOD void set_signal_gram() const;
  METHOD void set_a() const;
  METHOD void scale_twice(float v[ROWS][4]) const;
  METHOD void set_roots(const double* gram) const;
  METHOD void orthonormalise() const;
  METHOD void set_fine() const;
  METHOD bool is_full(int rank) const;
  METHOD void factor_rows() const;
  METHOD void factor() const;
  METHOD void begin_up() const;
  METHOD void finish_up() const;
  METHOD void keep_basis(const double* b, Mask<M> independent) const;

  // weight_free_counts.h
  METHOD void count(const float v[ROWS][4], int row, int (&counts)[BOUNDS]) const;
  METHOD float largest(const float h[ROWS][4], float largest) const;
  METHOD void set_step(float largest) const;

  // weight_free_down.h
  template <bool HOT>
  METHOD void gradients(int first) const;
  METHOD void on_basis() const;
  METHOD void accumulate() const;
  METHOD void begin_down() const;
  METHOD void begin_layer() const;
  METHOD void end_down() const;
  METHOD void recall_a(int layer) const;
  METHOD void outside_frame() const;
  METHOD void set_outside() const;
  METHOD void set_xi_outside() const;
  METHOD void descend() const;
  METHOD void take_from_other() const;
  METHOD void set_coefficients() const;
  METHOD void follow_distances() const;
  METHOD void finish_cell() const;
};
#endif
