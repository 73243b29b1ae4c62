package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** x. */
public final class Linear extends Activation {
  Linear() {
    super("linear");
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
  public double difference(double u, double v, double gap) {
    return gap;
  }

  @Override
  public double homogeneousSlope() {
    return 1;
  }

  @Override
  public boolean isOdd() {
    return true;
  }

  @Override
  public Tail tail() {
    return Tail.STRAIGHT;
  }

  @Override
  public double halfStrip() {
    return Double.POSITIVE_INFINITY;
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
    return Optional.of("IDENTITY");
  }
}
