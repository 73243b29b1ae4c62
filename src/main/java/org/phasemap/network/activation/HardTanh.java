package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** x, cut off at ±1. */
public final class HardTanh extends Activation {
  HardTanh() {
    super("hard_tanh");
  }

  @Override
  public double value(double x) {
    return Math.max(-1, Math.min(1, x));
  }

  @Override
  public double derivative(double x) {
    return Math.abs(x) < 1 ? 1 : 0;
  }

  @Override
  public double secondDerivative(double x) {
    return 0;
  }

  @Override
  public double[] kinks() {
    return new double[] {-1, 1};
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

  @Override
  public Optional<String> inDeeplearning4j() {
    return Optional.of("HARDTANH");
  }
}
