package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** ln(1 + eˣ). */
public final class Softplus extends Activation {
  Softplus() {
    super(
        Traits.of("softplus")
            .rectifier(Tail.EXPONENTIAL)
            .analyticWithin(Math.PI)
            .oneAttractor()
            .turns()
            .steepestAt(Double.POSITIVE_INFINITY)
            .deeplearning4j("SOFTPLUS"));
  }

  @Override
  public double value(double x) {
    return Exponentials.softplus(x);
  }

  @Override
  public double derivative(double x) {
    return Exponentials.logistic(x);
  }

  @Override
  public double secondDerivative(double x) {
    return Exponentials.logistic(x) * Exponentials.logistic(-x);
  }

  @Override
  public double thirdDerivative(double x) {
    double s = Exponentials.logistic(x);
    double t = Exponentials.logistic(-x);
    return s * t * (t - s);
  }

  @Override
  public double difference(double u, double v, double gap) {
    if (Exponentials.areLarge(u, v)) {
      return Exponentials.rectified(u, v, gap);
    }
    double distance = Math.abs(gap);
    if (distance > 1) {
      return value(u) - value(v);
    }
    double high = Math.max(u, v);
    return Math.copySign(-Math.log1p(Exponentials.logistic(high) * Math.expm1(-distance)), gap);
  }
}
