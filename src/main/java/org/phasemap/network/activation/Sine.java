package org.phasemap.network.activation;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** sin(x). */
public final class Sine extends Activation {
  Sine() {
    super("sin");
  }

  @Override
  public double value(double x) {
    return Math.sin(x);
  }

  @Override
  public double derivative(double x) {
    return Math.cos(x);
  }

  @Override
  public double secondDerivative(double x) {
    return -Math.sin(x);
  }

  @Override
  public boolean isOdd() {
    return true;
  }

  @Override
  public Tail tail() {
    return Tail.WAVE;
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
