package org.phasemap.network.graph;

/** How a matrix of weights comes from its numbers (ARCHITECTURES 6). */
public enum Parameterisation {
  /** The numbers themselves, times σ_w/√fan-in. */
  PLAIN,
  /** Each row over its norm, times σ_w. */
  WEIGHT_NORM,
  /**
   * The matrix, a convolution's as C_out × (C_in k^d), over its largest singular value, times σ_w.
   */
  SPECTRAL_NORM
}
