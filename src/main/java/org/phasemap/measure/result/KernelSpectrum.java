package org.phasemap.measure.result;

import org.phasemap.measure.linear.Eigenvalues;
import org.phasemap.measure.linear.Eigenvalues.Extremes;
import org.phasemap.theory.limit.TwoPointSpectrum;

/**
 * Scale and conditioning of an m × m tangent kernel Θ.
 *
 * @param lnScale ln(tr Θ/m)
 * @param offRatio mean off-diagonal entry over mean diagonal entry; NaN for m = 1
 * @param lnLambdaMax ln of the largest eigenvalue
 * @param lnLambdaMin ln of the smallest; NaN where it is zero, negative or rounding
 * @param effectiveRank exp(−Σ p_i ln p_i), p_i = λ_i/tr Θ (Roy and Vetterli 2007, §2): 1 to m; NaN
 *     where only the ends of the spectrum were asked for
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

  /** Of a kernel that has one diagonal and one off-diagonal entry. */
  public static KernelSpectrum of(TwoPointSpectrum kernel) {
    double a = kernel.constantEigenvalue();
    double b = kernel.bulkEigenvalue();
    return new KernelSpectrum(
        Math.log(kernel.diagonal()),
        kernel.offDiagonal() / kernel.diagonal(),
        Math.log(Math.max(a, b)),
        lnSmallest(Math.min(a, b), Math.max(a, b)),
        kernel.effectiveRank());
  }

  /** The same in units that are smaller by a factor. */
  public KernelSpectrum plus(double lnFactor) {
    return new KernelSpectrum(
        lnScale + lnFactor, offRatio, lnLambdaMax + lnFactor, lnLambdaMin + lnFactor, effectiveRank);
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
    double trace = trace(theta, m);
    if (!hasSpectrum(theta, m, trace)) {
      return ABSENT;
    }
    double[] eigenvalues = Eigenvalues.of(theta, m);
    double entropy = 0;
    for (double value : eigenvalues) {
      double share = value / trace;
      // Rounding makes an eigenvalue of 0 negative; 0 ln 0 is 0.
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return of(theta, noise, new Extremes(eigenvalues[0], eigenvalues[m - 1]), Math.exp(entropy));
  }

  /** As {@link #of(double[], int)} without the effective rank, which takes less time. */
  public static KernelSpectrum ends(double[] theta, int m) {
    return ends(theta, m, new double[m]);
  }

  /** As {@link #of(double[], int, double[])} without the effective rank, which takes less time. */
  public static KernelSpectrum ends(double[] theta, int m, double[] noise) {
    return hasSpectrum(theta, m, trace(theta, m))
        ? of(theta, noise, Eigenvalues.extremes(theta, m), Double.NaN)
        : ABSENT;
  }

  private static KernelSpectrum of(
      double[] theta, double[] noise, Extremes ends, double effectiveRank) {
    int m = noise.length;
    double trace = trace(theta, m);
    double scale = trace / m;
    return new KernelSpectrum(
        Math.log(scale),
        m == 1 ? Double.NaN : (sum(theta) - trace) / (m * (m - 1.0)) / scale,
        Math.log(ends.largest()),
        isAbove(theta, noise, ends.smallest())
            ? lnSmallest(ends.smallest(), ends.largest())
            : Double.NaN,
        effectiveRank);
  }

  private static double trace(double[] theta, int m) {
    double trace = 0;
    for (int i = 0; i < m; i++) {
      trace += theta[i * m + i];
    }
    return trace;
  }

  private static double sum(double[] theta) {
    double sum = 0;
    for (double entry : theta) {
      sum += entry;
    }
    return sum;
  }

  private static boolean hasSpectrum(double[] theta, int m, double trace) {
    return Double.isFinite(sum(theta)) && trace / m > 0;
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
    double most = Double.NEGATIVE_INFINITY;
    for (double each : noise) {
      most = Math.max(most, each);
    }
    if (smallest > most) {
      return true;
    }
    if (most == Double.POSITIVE_INFINITY) {
      return false;
    }
    double[] scaled = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = i; j < m; j++) {
        double unit = Math.sqrt(noise[i] * noise[j]);
        scaled[i * m + j] = theta[i * m + j] / unit;
        scaled[j * m + i] = theta[j * m + i] / unit;
      }
    }
    return Eigenvalues.extremes(scaled, m).smallest() > 1;
  }
}
