package org.phasemap.theory;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;

/** The law of φ′(√q Z)², as its moment generating function M(s) = E φ′²/(s − φ′²). */
final class SlopeSpectrum {
  private static final int SAMPLES = 4000;

  private final double[] square;
  private final double[] weight;
  private final double largest;
  private final double mean;

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
    double sum = 0;
    for (int i = 0; i < square.length; i++) {
      top = weight[i] > 1e-30 ? Math.max(top, square[i]) : top;
      sum += weight[i] * square[i];
    }
    largest = top;
    mean = sum;
  }

  /** The s above every φ′² with M(s) = z. */
  double inverseMoment(double z) {
    // M is convex and at least mean/s: Newton's steps from there rise to s and not beyond.
    double above = Math.max(largest * 1e-15, mean / z - largest);
    for (int i = 0; i < 200; i++) {
      double moment = 0;
      double slope = 0;
      for (int k = 0; k < square.length; k++) {
        double distance = above + (largest - square[k]);
        double share = weight[k] * square[k] / distance;
        moment += share;
        slope += share / distance;
      }
      double step = (moment - z) / slope;
      if (!(step > 1e-13 * above)) {
        break;
      }
      above += step;
    }
    return largest + above;
  }
}
