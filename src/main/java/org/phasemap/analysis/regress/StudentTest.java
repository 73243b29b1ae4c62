package org.phasemap.analysis.regress;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Student's t for the question whether a mean is further from 0 than a tolerance. The least
 * favourable mean within it is its end, so t is that of the distance beyond it (a minimum-effect
 * test, Murphy and Myors 1999); with tolerance 0 it is the usual two-sided test.
 */
final class StudentTest {
  private StudentTest() {}

  /**
   * Of the differences of pairs (Student 1908).
   *
   * @param differences at least 2
   * @return the two-sided p
   */
  static double paired(Sample differences, double tolerance) {
    double error = Math.sqrt(differences.variance() / differences.n());
    return twoSided(
        Math.abs(differences.mean()) - tolerance, error, (double) (differences.n() - 1));
  }

  /** Of two samples of unlike variances, with Satterthwaite's degrees of freedom (Welch 1947). */
  static double welch(Sample before, Sample after, double tolerance) {
    double b = before.variance() / before.n();
    double a = after.variance() / after.n();
    double degrees = (a + b) * (a + b) / (a * a / (after.n() - 1) + b * b / (before.n() - 1));
    double distance = Math.abs(after.mean() - before.mean()) - tolerance;
    return twoSided(distance, Math.sqrt(a + b), Double.isNaN(degrees) ? 1 : degrees);
  }

  private static double twoSided(double distance, double error, double degrees) {
    if (distance <= 0) {
      return 1;
    }
    if (error == 0) {
      return 0;
    }
    // Of −t, because 1 − F(t) rounds to 0 where F(−t) does not.
    double tail = new TDistribution(null, degrees).cumulativeProbability(-distance / error);
    return Math.min(1, 2 * tail);
  }

  /**
   * What a test of means asks of numbers.
   *
   * @param n how many, at least 2
   * @param mean of them
   * @param variance with n − 1
   */
  record Sample(long n, double mean, double variance) {}
}
