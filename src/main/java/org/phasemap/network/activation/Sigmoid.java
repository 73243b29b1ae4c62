package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** The logistic function 1/(1 + e⁻ˣ) = ½ + ½ tanh(x/2). */
public final class Sigmoid extends Activation {
  Sigmoid() {
    super(
        Traits.of("sigmoid")
            .evenSlope()
            .tail(Tail.EXPONENTIAL)
            .analyticWithin(Math.PI)
            .oneAttractor()
            .turns()
            .steepestAt(0)
            .deeplearning4j("SIGMOID"));
  }

  @Override
  public double value(double x) {
    return Exponentials.logistic(x);
  }

  @Override
  public double derivative(double x) {
    return Exponentials.logistic(x) * Exponentials.logistic(-x);
  }

  @Override
  public double secondDerivative(double x) {
    double s = Exponentials.logistic(x);
    double t = Exponentials.logistic(-x);
    return s * t * (t - s);
  }

  @Override
  public double thirdDerivative(double x) {
    double slope = derivative(x);
    return slope * (1 - 6 * slope);
  }

  @Override
  public double difference(double u, double v, double gap) {
    return Exponentials.logisticDifference(u, v, gap);
  }
}
