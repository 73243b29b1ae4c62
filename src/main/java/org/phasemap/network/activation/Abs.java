package org.phasemap.network.activation;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** |x|. */
public final class Abs extends Activation {
  Abs() {
    super("abs");
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

  @Override
  public double[] kinks() {
    return new double[] {0};
  }

  @Override
  public double homogeneousSlope() {
    return -1;
  }

  @Override
  public boolean isEven() {
    return true;
  }

  @Override
  public Tail tail() {
    return Tail.STRAIGHT;
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
