package org.phasemap.theory;

/**
 * Gauss–Newton curvature of the mean squared error at initialisation: its non-zero eigenvalues are
 * those of the standard-parameterisation NTK over the number of inputs m (REFERENCE A8).
 */
public final class GaussNewtonCurvature {
  private GaussNewtonCurvature() {}

  /** Trace: tr Θ/m, the mean diagonal entry. */
  public static double trace(TwoPointSpectrum standardNtk) {
    return standardNtk.diagonal();
  }

  /** Largest eigenvalue: λ_max(Θ)/m. */
  public static double largestEigenvalue(TwoPointSpectrum standardNtk) {
    return Math.max(standardNtk.constantEigenvalue(), standardNtk.bulkEigenvalue())
        / standardNtk.inputs();
  }

  /** Largest stable learning rate on the mean of half the squared error: 2m/λ_max(Θ). */
  public static double criticalLearningRate(TwoPointSpectrum standardNtk) {
    return 2 / largestEigenvalue(standardNtk);
  }
}
