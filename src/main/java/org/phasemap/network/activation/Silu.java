package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** x/(1 + e⁻ˣ), also called swish. */
public final class Silu extends Activation {
  Silu() {
    super(
        Traits.of("silu")
            .rectifier(Tail.EXPONENTIAL)
            .analyticWithin(Math.PI)
            .turns(new Interval(-2, -0.5))
            .steepest(new Interval(0.5, 4))
            .deeplearning4j("SWISH"));
  }

  @Override
  public double value(double x) {
    return x * Exponentials.logistic(x);
  }

  @Override
  public double derivative(double x) {
    double s = Exponentials.logistic(x);
    return s * (1 + x * Exponentials.logistic(-x));
  }

  @Override
  public double secondDerivative(double x) {
    double s = Exponentials.logistic(x);
    double t = Exponentials.logistic(-x);
    return s * t * (2 + x * (t - s));
  }

  @Override
  public double thirdDerivative(double x) {
    double s = Exponentials.logistic(x);
    double t = Exponentials.logistic(-x);
    return s * t * (3 * (t - s) + x * (1 - 6 * s * t));
  }

  @Override
  public double difference(double u, double v, double gap) {
    return Exponentials.areLarge(u, v)
        ? Exponentials.rectified(u, v, gap)
        : gap * Exponentials.logistic(u) + v * Exponentials.logisticDifference(u, v, gap);
  }
}
