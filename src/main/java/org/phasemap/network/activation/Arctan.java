package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** arctan(x). */
public final class Arctan extends Activation {
  Arctan() {
    super(
        Traits.of("arctan")
            .odd()
            .tail(Tail.POWER)
            .analyticWithin(1)
            .oneAttractor()
            .turns()
            .steepestAt(0));
  }

  @Override
  public double value(double x) {
    return Math.atan(x);
  }

  @Override
  public double derivative(double x) {
    return 1 / (1 + x * x);
  }

  @Override
  public double secondDerivative(double x) {
    return -2 * x / Exponentials.square(1 + x * x);
  }

  @Override
  public double thirdDerivative(double x) {
    double square = x * x;
    double below = 1 + square;
    return (6 * square - 2) / (below * below * below);
  }

  @Override
  public double difference(double u, double v, double gap) {
    return Math.atan2(gap, 1 + u * v);
  }
}
