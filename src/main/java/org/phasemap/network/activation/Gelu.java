package org.phasemap.network.activation;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** xΦ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016). */
public final class Gelu extends Activation {
  Gelu() {
    super("gelu");
  }

  @Override
  public double value(double x) {
    return x * Erf.normalCdf(x);
  }

  @Override
  public double derivative(double x) {
    return Erf.normalCdf(x) + x * Erf.normalDensity(x);
  }

  @Override
  public double secondDerivative(double x) {
    return (2 - x * x) * Erf.normalDensity(x);
  }

  @Override
  public Tail tail() {
    return Tail.NORMAL;
  }

  @Override
  public boolean isRectifier() {
    return true;
  }

  @Override
  public double halfStrip() {
    // Entire, but it grows off the real line: the strip stands for a decay of e⁻⁴⁴.
    return 1;
  }

  @Override
  public List<Interval> turns() {
    return List.of(new Interval(-2, -0.5));
  }

  @Override
  public Interval steepest() {
    return new Interval(0.5, 4);
  }
}
