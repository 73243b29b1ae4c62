package org.phasemap.network.activation;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. */
public final class ErrorFunction extends Activation {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  ErrorFunction() {
    super("erf");
  }

  @Override
  public double value(double x) {
    return Erf.erf(x);
  }

  @Override
  public double derivative(double x) {
    return TWO_OVER_SQRT_PI * Math.exp(-x * x);
  }

  @Override
  public double secondDerivative(double x) {
    return -2 * x * TWO_OVER_SQRT_PI * Math.exp(-x * x);
  }

  @Override
  public boolean isOdd() {
    return true;
  }

  @Override
  public Tail tail() {
    return Tail.GAUSSIAN;
  }

  @Override
  public double halfStrip() {
    // Entire, but it grows off the real line: the strip stands for a decay of e⁻⁴⁴.
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
