// The way up: from the factor of a layer to that of the next, and bases of columns that nearly depend on others.
#ifndef PHASEMAP_WEIGHT_FREE_UP
#define PHASEMAP_WEIGHT_FREE_UP
#include "weight_free_walk.h"

// A of the layer from the factor of the layer below, and zᵀz.
template <int M, int T>
METHOD void Walk<M, T>::enter() const {
  keep(KEPT_K, sh->gram());
  keep(KEPT_X, sh->triangles().x);
  if (is_orthogonal()) ::turn<M, T>();
  again().set_drawn_gram();
  SYNC();
  product<M, T>(sh->triangles().s, M, 1, sh->triangles().r, sh->triangles().t);
  product<M, T>(sh->triangles().r, 1, M, sh->triangles().t, sh->triangles().s);
  again().mix_bias();
  SYNC();
  again().set_signal_gram();
  SYNC();
  again().set_a();
}

template <int M, int T>
METHOD void Walk<M, T>::set_drawn_gram() const {
  const double* dg = args.drawn_gram + (drawn + layer) * (M + 1) * (M + 1);
#pragma unroll PIECE
  for (int e = 0; e < E; e++) sh->triangles().s[own.at() + e] = dg[own.i * (M + 1) + own.j + e];
}

// Products of columns and b.
template <int M, int T>
METHOD void Walk<M, T>::mix_bias() const {
  if (tid >= M) return;
  const double* dg = args.drawn_gram + (drawn + layer) * (M + 1) * (M + 1);
  double mixed = 0;
  for (int i = 0; i < M; i++) mixed = fma(dg[i * (M + 1) + M], sh->triangles().r[i * M + tid], mixed);
  sh->triangles().t[tid] = is_input(tid) ? mixed : 0;
}

template <int M, int T>
METHOD void Walk<M, T>::set_signal_gram() const {
  const double sigma_b = sqrt(net.sigma_b2), scale = this->scale();
  const double* dg = args.drawn_gram + (drawn + layer) * (M + 1) * (M + 1);
  const double bias = sigma_b * sigma_b * dg[(M + 1) * (M + 1) - 1];
#pragma unroll PIECE
  for (int e = 0; e < E; e++) {
    int i = own.i, j = own.j + e;
    double one = is_input(i) ? 1 : 0, other = is_input(j) ? 1 : 0;
    sh->triangles().s[own.at() + e] =
        scale * scale * sh->triangles().s[own.at() + e] + scale * sigma_b * (other * sh->triangles().t[i] + one * sh->triangles().t[j]) + one * other * bias;
  }
}

template <int M, int T>
METHOD void Walk<M, T>::set_a() const {
  const double scale = this->scale();
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
#pragma unroll PIECE
  for (int e = 0; e < E; e++) {
    int i = own.i, j = own.j + e;
    if (is_input(i) && i == j) sums[0] += sh->triangles().s[own.at() + e];
    if (is_input(i) && j < i) sums[1] += sh->triangles().s[own.at() + e] * sh->triangles().t[i] * sh->triangles().t[j];
    sh->a[own.at() + e] = (float)(scale * sh->triangles().r[own.at() + e] * sh->triangles().t[M + j]);
  }
  block_sums<T>(sums, sh->partial);
  if (tid == 0) {
    double* const result = up_result();
    result[UP_Q] = sums[0] / ((double)n * m);
    result[UP_C] = 2 * sums[1] / (m * (m - 1.0));
    if (has_tangents && layer > 0) {
      Logarithms grown = logarithms(sh->triangles().s + M / 2 * (M + 1), M + 1, m);
      result[UP_TANGENTS] = grown.mantissa;
      result[UP_TANGENTS + 1] = grown.exponent;
    }
  }
  join(sh->a, layer == 0 || net.parity == ODD);
#pragma unroll PIECE
  for (int e = 0; e < E; e++) ((float*)kept_of(layer, KEPT_A))[own.at() + e] = sh->a[own.at() + e];
  SYNC();
}

template <int M, int T>
METHOD void Walk<M, T>::scale_twice(float v[ROWS][4]) const {
#pragma unroll
  for (int r = 0; r < ROWS; r++)
#pragma unroll
    for (int j = 0; j < 4; j++) v[r][j] = v[r][j] * sh->root[column + j] * sh->root[column + j];
}

// 1/√‖h_a‖, in two steps for a factor that may exceed float32.
template <int M, int T>
METHOD void Walk<M, T>::set_roots(const double* gram) const {
  SYNC();
  if (tid < M) {
    double length = sqrt(gram[tid * M + tid]);
    sh->root[tid] = (float)(length > 0 ? 1 / sqrt(length) : 0);
  }
  SYNC();
}

// Q of columns whose H X would lose its digits, by Gram–Schmidt twice: the second time makes up for what the first has lost.
// Leaves QᵀΞ in `other`; the factors of Q are kept.
template <int M, int T>
METHOD void Walk<M, T>::orthonormalise() const {
  float* rough = (float*)kept_of(layer + 1, KEPT_ROUGH);
  set_roots(sh->gram());
#pragma unroll
  for (int e = 0; e < E; e++) {
    sh->b[own.at() + e] = (float)(sh->triangles().x[own.at() + e] * sqrt(sh->gram()[own.i * M + own.i]));
    rough[own.at() + e] = sh->b[own.at() + e];
  }
  SYNC();
  exact_pass<M, T>(true);
  factorise<M, T>(true, MOSTLY_ROUNDING, M, sh->factor().independent, true);
  again().set_fine();
  SYNC();
  fine_pass<M, T>();
}

template <int M, int T>
METHOD void Walk<M, T>::set_fine() const {
  float* fine = (float*)kept_of(layer + 1, KEPT_FINE);
#pragma unroll
  for (int e = 0; e < E; e++) {
    sh->c[own.at() + e] = (float)sh->triangles().x[own.at() + e];
    fine[own.at() + e] = sh->c[own.at() + e];
  }
}

template <int M, int T>
METHOD bool Walk<M, T>::is_full(int rank) const { return rank == used() && sh->factor().allows_float32; }

template <int M, int T>
METHOD void Walk<M, T>::factor() const {
  factorise<M, T>(false, DEPENDENT, n, mask_of_used(), false);
}

// The factor of a layer's rows from their Gram matrix in float32, or in float64 where that is needed.
template <int M, int T>
METHOD void Walk<M, T>::factor_rows() const {
  factor();
  if (again().is_full(sh->factor().rank)) return;
  exact_pass<M, T>(false);
  again().factor();
}

// Begins the way up at the inputs.
template <int M, int T>
METHOD void Walk<M, T>::begin_up() const {
  if (tid < M) {
    double square = has_tangents && tid >= M / 2 ? args.tangent_squares[(u64)net.replicate * (M / 2) + tid - M / 2] : 0;
    sh->start[tid] = (float)(square > 0 ? 1 / sqrt(square) : 0);
    sh->tangents[tid] = 1;
  }
  if (tid < BOUNDS) sh->bounds[tid] = args.bounds[tid];
#pragma unroll
  for (int e = 0; e < E; e++) sh->gram()[own.at() + e] = args.input_gram[(u64)net.replicate * M * M + own.at() + e];
  factorise<M, T>(false, DEPENDENT, args.dimension, mask_of_used(), false);
}

// What the layer above needs: B = QᵀΞ; above the last one, K, which is HᵀH of the top.
template <int M, int T>
METHOD void Walk<M, T>::finish_up() const {
  if (is_top()) {
    double* const k = kept_of(layer + 1, KEPT_K);
#pragma unroll PIECE
    for (int e = 0; e < E; e++) k[own.at() + e] = sh->gram()[own.at() + e];
    return;
  }
  if (!(args.wanted & BACKWARD)) return;
  const bool ill = !sh->factor().well_conditioned;
  if (tid == 0) ill_of(layer + 1)[0] = ill;
  if (ill) {
    ::orthonormalise<M, T>();
    again().keep_basis(sh->other(), sh->factor().independent);
    // The way up goes on with the first factor.
    again().factor();
  } else {
    product<M, T>(sh->triangles().x, 1, M, sh->other(), sh->triangles().t);
    again().keep_basis(sh->triangles().t, ~(Mask<M>)0);
  }
}

template <int M, int T>
METHOD void Walk<M, T>::keep_basis(const double* b, Mask<M> independent) const {
#pragma unroll
  for (int e = 0; e < E; e++) {
    const bool is = independent >> own.i & 1;
    kept_of(layer + 1, KEPT_B)[own.at() + e] = is ? b[own.at() + e] : 0;
  }
  if (tid == 0) {
    rank_of(layer + 1)[0] = sh->factor().rank;
    independent_of(layer + 1)[0] = independent;
  }
}
#endif
