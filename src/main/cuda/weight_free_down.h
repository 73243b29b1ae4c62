// The way down, from each depth.
#ifndef PHASEMAP_WEIGHT_FREE_DOWN
#define PHASEMAP_WEIGHT_FREE_DOWN
#include "weight_free_walk.h"

// δ of a chunk's rows into x. Ĝ stands in y, Ξ of the layer above in z; in its place, φ′.
template <int M, int T>
template <bool HOT>
METHOD void Walk<M, T>::gradients(int first) const {
  float delta[ROWS][4], slope[ROWS][4];
  // Tangents start at the top as they came up.
  const bool starts = is_top() && is_tangent;
  preactivations<Y>(first);
  clear(delta);
  if (!is_top()) {
    again().rows_times(Z, sh->b, delta);
    warp_barrier();
  } else {
    const float* readout = args.readout + (u64)net.replicate * args.height + first + local;
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) delta[r][j] = starts ? 1 : readout[Rows::step(r)] * sh->readout_scale;
  }
  again().template activate<HOT>(first, [&](int r, Four z, Four, Four slope) {
#pragma unroll
    for (int j = 0; j < 4; j++) {
      const float as_it_came = z.v[j], its_slope = slope.v[j];
      slope.v[j] = starts ? as_it_came : its_slope;
    }
    *(Four*)(sh->rows + (local + Rows::step(r)) * STRIDE + Z + column) = slope;
  });
  if (!again().is_top()) {
    if (sh->at.ill) again().on_basis();
    warp_barrier();
    again().rows_times(X, sh->c, delta);
    warp_barrier();
  }
  const Walk last = again();
  last.load(Z, slope);
#pragma unroll
  for (int r = 0; r < ROWS; r++)
#pragma unroll
    for (int j = 0; j < 4; j++) delta[r][j] = slope[r][j] * delta[r][j];
  if (!last.is_whole(first))
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++) delta[r][j] = last.is_there(first + last.local, r, j) ? delta[r][j] : 0;
  last.store(X, delta);
}

// H, in x, in the orthonormal basis of the layer above.
template <int M, int T>
METHOD void Walk<M, T>::on_basis() const {
  float h[ROWS][4];
  load(X, h);
  scale_twice(h);
#pragma unroll 1
  for (int step = 0; step < 2; step++) through(h, (const float*)kept_of(layer + 1, step == 0 ? KEPT_ROUGH : KEPT_FINE));
  store(X, h);
}

// What a layer's weights and biases add to the kernels, Θ += (σ_w²/fan-in ΔᵀΔ ∘ K + σ_b² ΔᵀΔ), and its gradients. And what the
// layer below will need: B into s, X into x, A; at once, so as to wait for memory once.
template <int M, int T>
METHOD void Walk<M, T>::accumulate() const {
  const double scale = net.sigma_w2 / fan_in(layer), sigma_b2 = net.sigma_b2;
  double sums[4] = {0, 0, 0, 0};
#pragma unroll 1
  for (int piece = 0; piece < E; piece += PIECE) {
    const int at = own.at() + piece;
    double *const theta = cell_result() + at, *const others = theta + M * M;
    double below[PIECE], ours[PIECE], standard[PIECE];
    ::load<PIECE>(kept_of(layer, KEPT_K) + at, below);
    ::load<PIECE>(theta, ours);
    ::load<PIECE>(others, standard);
    if (layer > 0) {
      double b[PIECE], x[PIECE];
      ::load<PIECE>(kept_of(layer, KEPT_B) + at, b);
      ::load<PIECE>(kept_of(layer, KEPT_X) + at, x);
      const float* a = (const float*)kept_of(layer - 1, KEPT_A) + at;
#pragma unroll
      for (int e = 0; e < PIECE; e++) sh->a[at + e] = a[e];
      ::store<PIECE>(sh->triangles().s + at, b);
      ::store<PIECE>(sh->triangles().x + at, x);
    }
#pragma unroll
    for (int e = 0; e < PIECE; e++) {
      const int j = own.j + piece + e;
      const double delta = sh->gram()[at + e], weights = delta * below[e];
      const bool both = is_input(own.i) && is_input(j);
      sh->triangles().t[at + e] = weights;
      const double added = scale * weights + sigma_b2 * delta, standard_added = weights + (sigma_b2 > 0 ? delta : 0);
      ours[e] += both ? added : 0;
      standard[e] += both ? standard_added : 0;
      sums[0] += both ? weights : 0;
      sums[1] += both ? fabs(weights) : 0;
      sums[2] += both && own.i == j ? added : 0;
      sums[3] += both && own.i == j ? standard_added : 0;
    }
    if (args.wanted & KERNELS) {
      ::store<PIECE>(theta, ours);
      ::store<PIECE>(others, standard);
    }
  }
  if (args.wanted & PAIRS) {
    block_sums<T>(sums, sh->partial);
  } else {
    SYNC();
  }
  double* const result = down_result();
  if (tid < 2) {
    Logarithms sum = logarithms(tid == 0 ? sh->gram() : sh->triangles().t, M + 1, m);
    result[2 * tid] = sum.mantissa;
    result[2 * tid + 1] = sum.exponent;
  }
  if (tid == 0)
#pragma unroll
    for (int k = 0; k < 4; k++) result[DOWN_SUM + k] = sums[k];
}

// Begins the way down from one depth.
template <int M, int T>
METHOD void Walk<M, T>::begin_down() const {
  const double* top_gram = kept_of(layer, KEPT_K);
  double* const theta = cell_result();
#pragma unroll
  for (int e = 0; e < E; e++) {
    double gram = top_gram[own.at() + e];
    bool both = is_input(own.i) && is_input(own.j + e);
    theta[own.at() + e] = both ? net.sigma_w2 / n * gram + net.sigma_b2 : 0;
    theta[M * M + own.at() + e] = both ? gram + (net.sigma_b2 > 0 ? 1 : 0) : 0;
  }
  recall_a(layer - 1);
}

// Before a layer's pass: where its H X would lose its digits, roots of lengths.
template <int M, int T>
METHOD void Walk<M, T>::begin_layer() const {
  if (sh->at.ill) set_roots(kept_of(layer + 1, KEPT_K));
}

// The Jacobian's gain, from the tangents that came down.
template <int M, int T>
METHOD void Walk<M, T>::end_down() const {
  if (has_tangents) {
    double sums[1] = {0};
    if (tid >= M / 2 && tid < M / 2 + m) {
      double square = sh->gram()[tid * (M + 1)];
      sums[0] = square < 1e-66 ? __builtin_nan("") : square / growth_of(sh->cell.depth - 1)[tid] - 1;
    }
    block_sums<T>(sums, sh->partial);
    if (tid == 0) cell_result()[2 * M * M + M + JACOBIAN] = sums[0] / m;
  }
}

template <int M, int T>
METHOD void Walk<M, T>::recall_a(int layer) const {
#pragma unroll
  for (int e = 0; e < E; e++) sh->a[own.at() + e] = ((const float*)kept_of(layer, KEPT_A))[own.at() + e];
}

// Of orthogonal weights: Δ in the frame, TᵀĜᵀΔ, into `other`; into s, coefficients L⁻¹S of Ξ for what Δ has outside, L from
// Ξ's part outside Q.
template <int M, int T>
METHOD void Walk<M, T>::outside_frame() const {
  SYNC();
  product<M, T>(kept_of(layer, KEPT_FRAME), 1, M, sh->other(), sh->triangles().t);
  product<M, T>(sh->triangles().t, 1, M, sh->triangles().t, sh->triangles().r);
  again().set_outside();
  const Walk walk = again();
  const int left = walk.n - walk.rank_of(walk.layer)[0];
  factorise<M, T>(false, OUTSIDE_FRAME, left < M ? left : M, walk.mask_of_used(), false);
  const Walk next = again();
  const double* b = next.kept_of(next.layer, KEPT_B);
#pragma unroll PIECE
  for (int e = 0; e < E; e++) sh->gram()[next.own.at() + e] = sh->triangles().r[next.own.at() + e];
  product<M, T>(b, 1, M, b, sh->triangles().s);
  again().set_xi_outside();
  factorise<M, T>(true, DEPENDENT, M, sh->factor().independent, false);
  product<M, T>(sh->triangles().x, M, 1, sh->gram(), sh->triangles().s);
}

template <int M, int T>
METHOD void Walk<M, T>::set_outside() const {
#pragma unroll PIECE
  for (int e = 0; e < E; e++) {
    sh->other()[own.at() + e] = sh->triangles().t[own.at() + e];
    sh->gram()[own.at() + e] -= sh->triangles().r[own.at() + e];
  }
}

template <int M, int T>
METHOD void Walk<M, T>::set_xi_outside() const {
  const double* xi = args.xi_gram + (drawn + layer) * (M + 1) * (M + 1);
#pragma unroll PIECE
  for (int e = 0; e < E; e++) sh->triangles().t[own.at() + e] = xi[own.i * (M + 1) + own.j + e] - sh->triangles().s[own.at() + e];
}

// Coefficients of Ξ and of the basis for the gradients of the layer below: Ξ S + Q (ĜᵀΔ − B S), times the scale.
template <int M, int T>
METHOD void Walk<M, T>::descend() const {
  if (is_orthogonal()) {
    ::outside_frame<M, T>();
  } else {
    SYNC();
  }
  const Walk walk = again();
  product<M, T>(walk.is_orthogonal() ? walk.kept_of(walk.layer, KEPT_B) : sh->triangles().s, M, 1, walk.of_xi(), sh->triangles().t);
  again().take_from_other();
  if (!again().is_ill()) {
    SYNC();
    const Walk well = again();
    product<M, T>(well.is_orthogonal() ? well.kept_of(well.layer, KEPT_X) : sh->triangles().x, M, 1, sh->other(), sh->triangles().t);
  }
  again().set_coefficients();
  SYNC();
  const Walk last = again();
  last.join(sh->b, false);
  last.join(sh->c, false);
}

// B S, in t, from `other`.
template <int M, int T>
METHOD void Walk<M, T>::take_from_other() const {
  const bool is = !is_ill() || (independent_of(layer)[0] >> own.i & 1);
#pragma unroll PIECE
  for (int e = 0; e < E; e++) sh->other()[own.at() + e] = is ? sh->other()[own.at() + e] - sh->triangles().t[own.at() + e] : 0;
}

template <int M, int T>
METHOD void Walk<M, T>::set_coefficients() const {
  const double scale = this->scale();
  const double *of_xi = this->of_xi(), *along = is_ill() ? sh->other() : sh->triangles().t;
#pragma unroll PIECE
  for (int e = 0; e < E; e++) {
    sh->b[own.at() + e] = (float)(scale * of_xi[own.at() + e]);
    sh->c[own.at() + e] = (float)(scale * along[own.at() + e]);
  }
}

// What rounding makes of distances between inputs (measure.finding.RoundingNoise): A² of each input, and whether two
// inputs differ by rounding alone.
template <int M, int T>
METHOD void Walk<M, T>::follow_distances() const {
  const int depth = sh->cell.depth;
  double* const cell = cell_result();
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

template <int M, int T>
METHOD void Walk<M, T>::finish_cell() const {
  if (args.wanted & KERNELS) ::follow_distances<M, T>();
  if (tid == 0) {
    double* const cell = cell_result();
    Logarithms lengths = logarithms(kept_of(sh->cell.depth, KEPT_K), M + 1, m);
    cell[2 * M * M + M + LENGTHS] = lengths.mantissa;
    cell[2 * M * M + M + LENGTHS + 1] = lengths.exponent;
  }
}
#endif
