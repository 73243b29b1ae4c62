package org.phasemap.network.activation;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** arctan(x). */
public final class Arctan extends Activation {
  Arctan() {
    super("arctan");
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
  public double difference(double u, double v, double gap) {
    return Math.atan2(gap, 1 + u * v);
  }

  @Override
  public boolean isOdd() {
    return true;
  }

  @Override
  public Tail tail() {
    return Tail.POWER;
  }

  @Override
  public double halfStrip() {
    return 1;
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
    return Interval.at(0);
  }
}
