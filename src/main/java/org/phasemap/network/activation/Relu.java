package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** max(x, 0). */
public final class Relu extends Activation {
  Relu() {
    super("relu");
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

  @Override
  public double[] kinks() {
    return new double[] {0};
  }

  @Override
  public double homogeneousSlope() {
    return 0;
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

  @Override
  public Optional<String> inDeeplearning4j() {
    return Optional.of("RELU");
  }
}
