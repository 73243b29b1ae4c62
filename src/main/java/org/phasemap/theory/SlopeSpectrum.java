package org.phasemap.theory;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;

/** The law of φ′(√q Z)², as its moment generating function M(s) = E φ′²/(s − φ′²). */
final class SlopeSpectrum {
  private static final int SAMPLES = 4000;

  private final double[] square;
  private final double[] weight;
  private final double largest;

  SlopeSpectrum(Activation activation, double q) {
    if (activation.isHomogeneous()) {
      double a = activation.homogeneousSlope();
      square = new double[] {1, a * a};
      weight = new double[] {0.5, 0.5};
    } else if (activation.kinks().length > 0) {
      GaussianRule rule = GaussianRule.of(activation, q);
      square = rule.values(x -> activation.derivative(x) * activation.derivative(x), q);
      weight = rule.weights();
    } else {
      // A fine midpoint rule: the integrand is nearly singular where φ′² is largest.
      square = new double[SAMPLES];
      weight = new double[SAMPLES];
      double step = 2 * GaussianRule.REACH / SAMPLES;
      for (int i = 0; i < SAMPLES; i++) {
        double z = -GaussianRule.REACH + (i + 0.5) * step;
        double slope = activation.derivative(Math.sqrt(q) * z);
        square[i] = slope * slope;
        weight[i] = step * Erf.normalDensity(z);
      }
    }
    double top = 0;
    for (int i = 0; i < square.length; i++) {
      top = weight[i] > 1e-30 ? Math.max(top, square[i]) : top;
    }
    largest = top;
  }

  /** The s above every φ′² with M(s) = z. */
  double inverseMoment(double z) {
    double mean = 0;
    for (int i = 0; i < square.length; i++) {
      mean += weight[i] * square[i];
    }
    double low = largest * (1 + 1e-15);
    double high = largest + mean / z;
    if (moment(low) <= z) {
      return low;
    }
    for (int i = 0; i < 200 && high - low > 1e-15 * high; i++) {
      double s = 0.5 * (low + high);
      if (moment(s) > z) {
        low = s;
      } else {
        high = s;
      }
    }
    return 0.5 * (low + high);
  }

  private double moment(double s) {
    double sum = 0;
    for (int i = 0; i < square.length; i++) {
      sum += weight[i] * square[i] / (s - square[i]);
    }
    return sum;
  }
}
