package org.phasemap.measure;

/**
 * Scale and conditioning of an m × m tangent kernel Θ.
 *
 * @param lnScale ln(tr Θ/m)
 * @param offRatio mean off-diagonal entry over mean diagonal entry; NaN for m = 1
 * @param lnLambdaMax ln of the largest eigenvalue
 * @param lnLambdaMin ln of the smallest; NaN where it is zero, negative or rounding
 * @param effectiveRank exp(−Σ p_i ln p_i), p_i = λ_i/tr Θ (Roy and Vetterli 2007, §2): 1 to m
 */
public record KernelSpectrum(
    double lnScale, double offRatio, double lnLambdaMax, double lnLambdaMin, double effectiveRank) {
  /** A smallest eigenvalue this far below the largest is what rounding leaves of zero. */
  private static final double ROUNDING = 1e-13;

  static final KernelSpectrum ABSENT =
      new KernelSpectrum(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** ln λ_max/λ_min; NaN where λ_min is. */
  public double lnCondition() {
    return lnLambdaMax - lnLambdaMin;
  }

  /**
   * ln 2/λ_max: the largest stable learning rate of full-batch gradient descent on half the summed
   * squared error; on half the mean squared error it is m times as large (Lee et al. 2019, §2).
   */
  public double lnCriticalLearningRate() {
    return Math.log(2) - lnLambdaMax;
  }

  /**
   * Of a symmetric kernel.
   *
   * @param theta m × m entries, row by row; NaNs and infinities give NaN everywhere
   */
  static KernelSpectrum of(double[] theta, int m) {
    double trace = 0;
    double sum = 0;
    for (int i = 0; i < m; i++) {
      trace += theta[i * m + i];
      for (int j = 0; j < m; j++) {
        sum += theta[i * m + j];
      }
    }
    double scale = trace / m;
    if (!Double.isFinite(sum) || !(scale > 0)) {
      return ABSENT;
    }
    double[] eigenvalues = Eigenvalues.of(theta, m);
    double entropy = 0;
    for (double value : eigenvalues) {
      double share = value / trace;
      // Rounding makes an eigenvalue of 0 negative; 0 ln 0 is 0.
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    double smallest = eigenvalues[0];
    double largest = eigenvalues[m - 1];
    return new KernelSpectrum(
        Math.log(scale),
        m == 1 ? Double.NaN : (sum - trace) / (m * (m - 1.0)) / scale,
        Math.log(largest),
        smallest > ROUNDING * largest ? Math.log(smallest) : Double.NaN,
        Math.exp(entropy));
  }
}
