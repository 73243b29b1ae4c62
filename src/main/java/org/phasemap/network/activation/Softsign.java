package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** x/(1 + |x|). */
public final class Softsign extends Activation {
  Softsign() {
    super(
        Traits.of("softsign")
            .odd()
            .kinks(0)
            .tail(Tail.POWER)
            .oneAttractor()
            .turns()
            .steepestAt(0)
            .deeplearning4j("SOFTSIGN"));
  }

  @Override
  public double value(double x) {
    return x / (1 + Math.abs(x));
  }

  @Override
  public double derivative(double x) {
    return 1 / Exponentials.square(1 + Math.abs(x));
  }

  @Override
  public double secondDerivative(double x) {
    return -2 * Math.signum(x) / Math.pow(1 + Math.abs(x), 3);
  }

  @Override
  public double difference(double u, double v, double gap) {
    return u > 0 == v > 0 ? gap / ((1 + Math.abs(u)) * (1 + Math.abs(v))) : value(u) - value(v);
  }
}
