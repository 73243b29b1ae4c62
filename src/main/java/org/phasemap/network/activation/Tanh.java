package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** tanh(x). */
public final class Tanh extends Activation {
  Tanh() {
    super(
        Traits.of("tanh")
            .odd()
            .tail(Tail.EXPONENTIAL)
            .analyticWithin(Math.PI / 2)
            .oneAttractor()
            .turns()
            .steepestAt(0)
            .deeplearning4j("TANH"));
  }

  @Override
  public double value(double x) {
    return Math.tanh(x);
  }

  @Override
  public double derivative(double x) {
    return sech2(x);
  }

  @Override
  public double secondDerivative(double x) {
    return -2 * Math.tanh(x) * sech2(x);
  }

  @Override
  public double thirdDerivative(double x) {
    double slope = sech2(x);
    return slope * (4 - 6 * slope);
  }

  @Override
  public double difference(double u, double v, double gap) {
    // sinh(u − v)/(cosh u cosh v), all in decaying exponentials.
    double a = Math.abs(u);
    double b = Math.abs(v);
    double rise = -Exponentials.expm1(-2 * Math.abs(gap));
    double scale = 2 / ((1 + Math.exp(-2 * a)) * (1 + Math.exp(-2 * b)));
    // |u − v| − |u| − |v|.
    double decay = u > 0 == v > 0 ? Math.exp(-2 * Math.min(a, b)) : 1;
    return Math.copySign(scale * rise * decay, gap);
  }

  /** 1 − tanh²(x) without cancellation in the tails. */
  private static double sech2(double x) {
    double e = Math.exp(-2 * Math.abs(x));
    return 4 * e / Exponentials.square(1 + e);
  }
}
