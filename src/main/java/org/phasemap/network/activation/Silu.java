package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** x/(1 + e⁻ˣ), also called swish. */
public final class Silu extends Activation {
  Silu() {
    super("silu");
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
  public double difference(double u, double v, double gap) {
    return Exponentials.areLarge(u, v)
        ? Exponentials.rectified(u, v, gap)
        : gap * Exponentials.logistic(u) + v * Exponentials.logisticDifference(u, v, gap);
  }

  @Override
  public Tail tail() {
    return Tail.EXPONENTIAL;
  }

  @Override
  public boolean isRectifier() {
    return true;
  }

  @Override
  public double halfStrip() {
    return Math.PI;
  }

  @Override
  public List<Interval> turns() {
    return List.of(new Interval(-2, -0.5));
  }

  @Override
  public Interval steepest() {
    return new Interval(0.5, 4);
  }

  @Override
  public Optional<String> inDeeplearning4j() {
    return Optional.of("SWISH");
  }
}
