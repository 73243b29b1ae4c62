package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** sin(x). */
public final class Sine extends Activation {
  Sine() {
    // Its turns have no end; who asks for them asks first for its tail.
    super(Traits.of("sin").odd().tail(Tail.WAVE).entire().oneAttractor().turns().steepestAt(0));
  }

  @Override
  public double value(double x) {
    return Math.sin(x);
  }

  @Override
  public double derivative(double x) {
    return Math.cos(x);
  }

  @Override
  public double secondDerivative(double x) {
    return -Math.sin(x);
  }

  @Override
  public double thirdDerivative(double x) {
    return -Math.cos(x);
  }
}
