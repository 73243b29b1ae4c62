package org.phasemap.query;

import org.phasemap.network.Activation;

/** Mean-field recursions by plain quadrature: good to a few digits, enough to draw a report. */
final class MeanField {
  final double[] q;
  final double[] c;

  /** ln χ₁ at the variance of each layer. */
  final double[] lnChi;

  final double[] ntk;

  MeanField(Activation phi, double sigmaW2, double sigmaB2, double c0, int depth) {
    q = new double[depth];
    c = new double[depth];
    lnChi = new double[depth];
    ntk = new double[depth];
    q[0] = sigmaW2 + sigmaB2;
    c[0] = c0;
    ntk[0] = q[0];
    for (int l = 0; l < depth; l++) {
      double s = Math.sqrt(q[l]);
      lnChi[l] = Math.log(sigmaW2 * expect(z -> square(phi.derivative(s * z))));
      if (l + 1 < depth) {
        q[l + 1] = sigmaW2 * expect(z -> square(phi.value(s * z))) + sigmaB2;
        c[l + 1] = Math.min(1, (sigmaW2 * covariance(phi, s, c[l]) + sigmaB2) / q[l + 1]);
        ntk[l + 1] = q[l + 1] + Math.exp(lnChi[l]) * ntk[l];
      }
    }
  }

  /** ln ‖δ_l‖²/‖δ_L‖² of a network of the given depth, l from 0. */
  double lnGain(int layer, int depth) {
    double sum = 0;
    for (int k = layer; k < depth - 1; k++) {
      sum += lnChi[k];
    }
    return sum;
  }

  private static double covariance(Activation phi, double s, double c) {
    double rest = Math.sqrt(Math.max(0, 1 - c * c));
    return expect(u -> phi.value(s * u) * coarse(v -> phi.value(s * (c * u + rest * v))), 40);
  }

  private static double expect(java.util.function.DoubleUnaryOperator f) {
    return expect(f, 200);
  }

  private static double coarse(java.util.function.DoubleUnaryOperator f) {
    return expect(f, 40);
  }

  private static double expect(java.util.function.DoubleUnaryOperator f, int points) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < points; i++) {
      double z = -6 + 12.0 * i / (points - 1);
      double w = Math.exp(-z * z / 2);
      sum += w * f.applyAsDouble(z);
      weights += w;
    }
    return sum / weights;
  }

  private static double square(double x) {
    return x * x;
  }
}
