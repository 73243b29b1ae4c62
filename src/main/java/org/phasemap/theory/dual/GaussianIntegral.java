package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * E f(√q Z) by quadrature, f built from an activation and its derivatives. Relative error 1e-13.
 *
 * @param activation φ
 * @param q &gt; 0 and finite
 */
record GaussianIntegral(Activation activation, double q) {
  double of(DoubleUnaryOperator f) {
    return GaussianRule.of(activation, q).expect(f, q);
  }

  /** Of an f that is even where φ is odd. */
  double ofEvenPart(DoubleUnaryOperator f) {
    GaussianRule rule = GaussianRule.of(activation, q);
    return activation.isOdd() ? rule.expectEven(f, q) : rule.expect(f, q);
  }

  /** E φ². */
  double ofSquare() {
    return ofEvenPart(this::square);
  }

  /** dV/dq = E[(Z² − 1) φ²]/(2q). */
  double slopeOfSquare() {
    return GaussianRule.of(activation, q).expectHermite2(this::square, q) / (2 * q);
  }

  /** Both. */
  double[] ofSquareAndSlope() {
    double[] both = GaussianRule.of(activation, q).expectBoth(this::square, q, activation.isOdd());
    return new double[] {both[0], both[1] / (2 * q)};
  }

  private double square(double x) {
    double value = activation.value(x);
    return value * value;
  }
}
