package org.phasemap.predict.graph;

import java.util.Arrays;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * Chance that a norm before φ leaves in the mean of φ²(γu) over n channels: u lies on a sphere of
 * radius √n, and has no mean behind a layer norm. By Hermite's polynomials in u: a sphere keeps
 * Σ(u² − 1) at 0, and so takes the second out of what fluctuates; a layer norm the first too
 * (ARCHITECTURES 2.3).
 */
final class NormedSquares {
  /** Polynomials; what is left of the variance counts as one more. */
  private static final int ORDERS = 32;

  /** Squared coefficients of the k-th, k = 0 … ORDERS. */
  private final double[] power;

  private final double shift;

  /**
   * Of an activation.
   *
   * @param gamma γ of the norm
   * @param isCentred whether the norm takes away the mean
   */
  NormedSquares(Activation activation, double gamma, boolean isCentred) {
    double q = gamma * gamma;
    power = new double[ORDERS + 1];
    if (q == 0) {
      shift = 0;
      return;
    }
    GaussianRule rule = GaussianRule.of(activation, q);
    double[] coefficients = new double[ORDERS];
    for (int k = 0; k < ORDERS; k++) {
      int order = k;
      coefficients[k] =
          rule.expect(z -> square(activation.value(z)) * hermite(order, z / gamma), q);
      power[k] = square(coefficients[k]);
    }
    power[ORDERS] = rule.expect(z -> square(square(activation.value(z))), q);
    power[ORDERS] = Math.max(0, power[ORDERS] - Arrays.stream(power, 0, ORDERS).sum());
    // A coordinate of the sphere has an excess kurtosis of −6/n.
    shift = -6.0 / 24 * Math.sqrt(24) * coefficients[4];
    power[0] = 0;
    power[1] = isCentred ? 0 : power[1];
    power[2] = 0;
  }

  private static double square(double x) {
    return x * x;
  }

  /** The k-th polynomial of unit variance. */
  private static double hermite(int k, double u) {
    double before = 0;
    double value = 1;
    for (int j = 1; j <= k; j++) {
      double next = (u * value - Math.sqrt(j - 1.0) * before) / Math.sqrt(j);
      before = value;
      value = next;
    }
    return value;
  }

  /** n times the covariance of the means of two vectors, whose cosine is c. */
  double covariance(double c) {
    double sum = 0;
    for (int k = ORDERS; k > 0; k--) {
      sum = c * (sum + power[k]);
    }
    return sum;
  }

  /** Half of its second derivative. */
  double curvature(double c) {
    double sum = 0;
    for (int k = ORDERS; k > 1; k--) {
      sum = c * sum + 0.5 * k * (k - 1) * power[k];
    }
    return sum;
  }

  /** n times what E φ² is more than that of a Gaussian. */
  double shift() {
    return shift;
  }
}
