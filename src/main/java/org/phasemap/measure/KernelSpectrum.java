package org.phasemap.measure;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Scale and conditioning of an m × m tangent kernel Θ.
 *
 * @param lnScale ln(tr Θ/m)
 * @param offRatio mean off-diagonal entry over mean diagonal entry; NaN for m = 1
 * @param lnLambdaMax ln of the largest eigenvalue
 * @param lnLambdaMin ln of the smallest; NaN where it is not positive
 */
public record KernelSpectrum(
    double lnScale, double offRatio, double lnLambdaMax, double lnLambdaMin) {
  static final KernelSpectrum ABSENT =
      new KernelSpectrum(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** ln λ_max/λ_min; NaN where λ_min is not positive. */
  public double lnCondition() {
    return lnLambdaMax - lnLambdaMin;
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
    // Scaled, so that the solver's absolute thresholds mean the same for every kernel.
    Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        matrix.setEntry(i, j, 0.5 * (theta[i * m + j] + theta[j * m + i]) / scale);
      }
    }
    double[] eigenvalues = new EigenDecomposition(matrix).getRealEigenvalues();
    double largest = Double.NEGATIVE_INFINITY;
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : eigenvalues) {
      largest = Math.max(largest, value);
      smallest = Math.min(smallest, value);
    }
    double lnScale = Math.log(scale);
    return new KernelSpectrum(
        lnScale,
        m == 1 ? Double.NaN : (sum - trace) / (m * (m - 1.0)) / scale,
        lnScale + Math.log(largest),
        smallest > 0 ? lnScale + Math.log(smallest) : Double.NaN);
  }
}
