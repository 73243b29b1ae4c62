package org.phasemap.theory.limit;

/** The Jacobian D W of one wide square layer, D = diag φ′. */
public final class LayerJacobian {
  private LayerJacobian() {}

  /**
   * Spectral radius √(σ_w² E φ′²) = √χ₁ as n grows (circular law; row {@code rmt_radius_DW}). At
   * finite n the radius is larger by about √(ln n/(4n)) of itself.
   */
  public static double spectralRadius(LayerLaw law, double q) {
    return Math.sqrt(LayerStatistics.of(law, q).chi1());
  }

  /**
   * Largest singular value as n grows: the edge of a Marchenko–Pastur law with population φ′²
   * (Silverstein and Choi 1995; row {@code rmt_norm_DW}); 1 + √2 for ReLU at σ_w² = 2, though the
   * radius is 1.
   */
  public static double topSingularValue(LayerLaw law, double q) {
    return Math.sqrt(JacobianSpectrum.upperEdge(law, q, 1, WeightSpectrum.INDEPENDENT));
  }

  /** Largest singular value of an n_out × n_in weight matrix alone: σ_w(1 + √(n_out/n_in)). */
  public static double weightTopSingularValue(double sigmaW2, double outputsPerInput) {
    return Math.sqrt(sigmaW2) * (1 + Math.sqrt(outputsPerInput));
  }
}
