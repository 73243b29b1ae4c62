package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Traits;

/** x. */
public final class Linear extends Activation {
  Linear() {
    super(
        Traits.of("linear")
            .homogeneous(1)
            .analyticWithin(Double.POSITIVE_INFINITY)
            .deeplearning4j("IDENTITY"));
  }

  @Override
  public double value(double x) {
    return x;
  }

  @Override
  public double derivative(double x) {
    return 1;
  }

  @Override
  public double secondDerivative(double x) {
    return 0;
  }

  @Override
  public double thirdDerivative(double x) {
    return 0;
  }

  @Override
  public double difference(double u, double v, double gap) {
    return gap;
  }
}
