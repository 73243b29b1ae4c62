package org.phasemap.measure.result;

import java.util.Arrays;
import org.phasemap.measure.linear.Eigenvalues;

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
  /** A smallest eigenvalue this far below the largest is what float64 leaves of zero. */
  private static final double ROUNDING = 1e-13;

  public static final KernelSpectrum ABSENT =
      new KernelSpectrum(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** The same of a kernel that is known to be singular. */
  public KernelSpectrum singular() {
    return new KernelSpectrum(lnScale, offRatio, lnLambdaMax, Double.NaN, effectiveRank);
  }

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
   * Of a symmetric kernel that is known to float64.
   *
   * @param theta m × m entries, row by row; NaNs and infinities give NaN everywhere
   */
  public static KernelSpectrum of(double[] theta, int m) {
    return of(theta, m, new double[m]);
  }

  /**
   * Of a symmetric kernel with errors.
   *
   * @param theta m × m entries, row by row; NaNs and infinities give NaN everywhere
   * @param noise least λ that can be told from 0 of a kernel of this diagonal and no more; infinite
   *     where the kernel is known to be singular
   */
  public static KernelSpectrum of(double[] theta, int m, double[] noise) {
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
        isAbove(theta, noise, smallest) ? lnSmallest(smallest, largest) : Double.NaN,
        Math.exp(entropy));
  }

  /** ln of an eigenvalue of a kernel known to float64; NaN where it is rounding. */
  public static double lnSmallest(double smallest, double largest) {
    return smallest > ROUNDING * largest ? Math.log(smallest) : Double.NaN;
  }

  /**
   * Whether Θ − diag(noise) has no negative eigenvalue. Rows may differ by many decades: then the
   * eigenvalues of Θ in units of the noise say more than those of Θ (Demmel and Veselić 1992).
   */
  private static boolean isAbove(double[] theta, double[] noise, double smallest) {
    int m = noise.length;
    double most = Arrays.stream(noise).max().orElseThrow();
    if (smallest > most) {
      return true;
    }
    if (most == Double.POSITIVE_INFINITY) {
      return false;
    }
    double[] scaled = new double[m * m];
    Arrays.setAll(scaled, i -> theta[i] / Math.sqrt(noise[i / m] * noise[i % m]));
    return Eigenvalues.of(scaled, m)[0] > 1;
  }
}
