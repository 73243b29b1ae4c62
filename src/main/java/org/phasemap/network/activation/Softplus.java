package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** ln(1 + eˣ). */
public final class Softplus extends Activation {
  Softplus() {
    super("softplus");
  }

  @Override
  public double value(double x) {
    return Exponentials.softplus(x);
  }

  @Override
  public double derivative(double x) {
    return Exponentials.logistic(x);
  }

  @Override
  public double secondDerivative(double x) {
    return Exponentials.logistic(x) * Exponentials.logistic(-x);
  }

  @Override
  public double difference(double u, double v, double gap) {
    if (Exponentials.areLarge(u, v)) {
      return Exponentials.rectified(u, v, gap);
    }
    double distance = Math.abs(gap);
    if (distance > 1) {
      return value(u) - value(v);
    }
    double high = Math.max(u, v);
    return Math.copySign(-Math.log1p(Exponentials.logistic(high) * Math.expm1(-distance)), gap);
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
  public boolean hasOneAttractor() {
    return true;
  }

  @Override
  public List<Interval> turns() {
    return List.of();
  }

  @Override
  public Interval steepest() {
    return Interval.at(Double.POSITIVE_INFINITY);
  }

  @Override
  public Optional<String> inDeeplearning4j() {
    return Optional.of("SOFTPLUS");
  }
}
