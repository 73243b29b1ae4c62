package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Traits;

/** |x|. */
public final class Abs extends Activation {
  Abs() {
    super(Traits.of("abs").homogeneous(-1).kinks(0));
  }

  @Override
  public double value(double x) {
    return Math.abs(x);
  }

  @Override
  public double derivative(double x) {
    return Math.signum(x);
  }

  @Override
  public double secondDerivative(double x) {
    return 0;
  }
}
