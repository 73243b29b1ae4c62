package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Traits;

/** max(x, 0). */
public final class Relu extends Activation {
  Relu() {
    super(Traits.of("relu").homogeneous(0).kinks(0).deeplearning4j("RELU"));
  }

  @Override
  public double value(double x) {
    return Math.max(x, 0);
  }

  @Override
  public double derivative(double x) {
    return x > 0 ? 1 : 0;
  }

  @Override
  public double secondDerivative(double x) {
    return 0;
  }
}
