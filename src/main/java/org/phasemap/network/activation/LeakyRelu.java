package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Traits;

/** max(x, 0) + a min(x, 0), leaky or parametric. */
public final class LeakyRelu extends Activation {
  private final double a;

  /** Of one of two names. */
  LeakyRelu(String family, double a) {
    // No negative zero, which would be another name for the same function.
    super(
        Traits.of(family + "(" + (a + 0.0) + ")")
            .homogeneous(a)
            .kinks(0)
            .deeplearning4j("LEAKYRELU"));
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
}
