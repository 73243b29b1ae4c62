// The way down, from each depth.
#ifndef PHASEMAP_WEIGHT_FREE_DOWN
#define PHASEMAP_WEIGHT_FREE_DOWN
#include "weight_free_walk.h"

// δ of a chunk's rows into x. Ĝ stands in y, Ξ of the layer above in z; in its place, φ′.
template <int M, int T>
template <bool HOT>
METHOD void Walk<M, T>::gradients(int layer, int top, bool ill, int first) const {
  float delta[ROWS][4], slope[ROWS][4];
  // Tangents start at the top as they came up.
  const bool starts = layer == top && is_tangent;
  preactivations<Y>(layer, first);
  clear(delta);
  if (layer < top) {
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
  if (layer < top) {
    if (ill) again().on_basis(layer);
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
METHOD void Walk<M, T>::on_basis(int layer) const {
  float h[ROWS][4];
  load(X, h);
  scale_twice(h);
#pragma unroll 1
  for (int step = 0; step < 2; step++) through(h, (const float*)kept_of(layer + 1, step == 0 ? KEPT_ROUGH : KEPT_FINE));
  store(X, h);
}

// What a layer's weights and biases add to the kernels, Θ += (σ_w²/fan-in ΔᵀΔ ∘ K + σ_b² ΔᵀΔ), and its gradients.
template <int M, int T>
METHOD void Walk<M, T>::accumulate(int layer, double* theta, double* result) {
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

// Begins the way down from one depth.
template <int M, int T>
METHOD void Walk<M, T>::begin_down(int depth, double* theta) const {
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
}

// Before a layer's pass: whether its H X would lose its digits.
template <int M, int T>
METHOD bool Walk<M, T>::begin_layer(int layer, int top) const {
  const bool ill = layer < top && ill_of(layer + 1)[0];
  if (ill) set_roots(kept_of(layer + 1, KEPT_K));
  return ill;
}

// After it: the factor of Δ.
template <int M, int T>
METHOD void Walk<M, T>::end_layer(int layer, int top, bool ill, double* result) const {
  if (args.wanted & FORMATS) count_pass<M, T>(HELD_DOWN, layer, top, ill, result + DOWN_FORMATS);
  again().factor_rows(EXACT_DOWN, layer, top, ill);
}

// The Jacobian's gain, from the tangents that came down.
template <int M, int T>
METHOD void Walk<M, T>::end_down(int depth, double* cell) const {
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
template <int M, int T>
METHOD void Walk<M, T>::recall(int layer) const {
  double b[E], x[E];
  ::load<E>(kept_of(layer, KEPT_B) + own.at(), b);
  ::load<E>(kept_of(layer, KEPT_X) + own.at(), x);
  recall_a(layer - 1);
  ::store<E>(sh->triangles().s + own.at(), b);
  ::store<E>(sh->triangles().x + own.at(), x);
}

template <int M, int T>
METHOD void Walk<M, T>::recall_a(int layer) const {
#pragma unroll
  for (int e = 0; e < E; e++) sh->a[own.at() + e] = ((const float*)kept_of(layer, KEPT_A))[own.at() + e];
}

// Of orthogonal weights: Δ in the frame, TᵀĜᵀΔ, into `other`; into s, coefficients L⁻¹S of Ξ for what Δ has outside, L from
// Ξ's part outside Q.
template <int M, int T>
METHOD void Walk<M, T>::outside_frame(int layer) const {
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
template <int M, int T>
METHOD void Walk<M, T>::descend(int layer) {
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

// What rounding makes of distances between inputs (measure.finding.RoundingNoise): A² of each input, and whether two
// inputs differ by rounding alone.
template <int M, int T>
METHOD void Walk<M, T>::follow_distances(int depth, double* cell) const {
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
METHOD void Walk<M, T>::finish_cell(int depth, double* cell) const {
  SYNC();  // Not seen: K counts where inputs differ by rounding alone.
  if (args.wanted & KERNELS) ::follow_distances<M, T>(depth, cell);
  if (tid == 0) {
    Logarithms lengths = logarithms(kept_of(depth, KEPT_K), M + 1, m);
    cell[2 * M * M + M + LENGTHS] = lengths.mantissa;
    cell[2 * M * M + M + LENGTHS + 1] = lengths.exponent;
  }
}
#endif
