package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** max(x, 0) + a min(x, 0), leaky or parametric. */
public final class LeakyRelu extends Activation {
  private final double a;

  /** Of one of two names. */
  LeakyRelu(String family, double a) {
    // No negative zero, which would be another name for the same function.
    super(family + "(" + (a + 0.0) + ")");
    if (!Double.isFinite(a)) {
      throw new IllegalArgumentException("slope must be finite: " + a);
    }
    this.a = a + 0.0;
  }

  /** That of the same name with another slope. */
  LeakyRelu withSlope(double other) {
    return new LeakyRelu(family(), other);
  }

  @Override
  public double slope() {
    return a;
  }

  @Override
  public double value(double x) {
    return x > 0 ? x : a * x;
  }

  @Override
  public double derivative(double x) {
    return x > 0 ? 1 : a;
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
    return a;
  }

  @Override
  public boolean isOdd() {
    return a == 1;
  }

  @Override
  public boolean isEven() {
    return a == -1;
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
    return Optional.of("LEAKYRELU");
  }
}
