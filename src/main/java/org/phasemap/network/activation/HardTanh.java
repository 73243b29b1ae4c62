package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** x, cut off at ±1. */
public final class HardTanh extends Activation {
  HardTanh() {
    super(
        Traits.of("hard_tanh")
            .odd()
            .kinks(-1, 1)
            .tail(Tail.STRAIGHT)
            .oneAttractor()
            .turns()
            .steepestAt(0)
            .deeplearning4j("HARDTANH"));
  }

  @Override
  public double value(double x) {
    return Math.max(-1, Math.min(1, x));
  }

  @Override
  public double derivative(double x) {
    return Math.abs(x) < 1 ? 1 : 0;
  }

  @Override
  public double secondDerivative(double x) {
    return 0;
  }
}
