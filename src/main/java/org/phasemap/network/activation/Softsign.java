package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** x/(1 + |x|). */
public final class Softsign extends Activation {
  Softsign() {
    super("softsign");
  }

  @Override
  public double value(double x) {
    return x / (1 + Math.abs(x));
  }

  @Override
  public double derivative(double x) {
    return 1 / Exponentials.square(1 + Math.abs(x));
  }

  @Override
  public double secondDerivative(double x) {
    return -2 * Math.signum(x) / Math.pow(1 + Math.abs(x), 3);
  }

  @Override
  public double difference(double u, double v, double gap) {
    return u > 0 == v > 0 ? gap / ((1 + Math.abs(u)) * (1 + Math.abs(v))) : value(u) - value(v);
  }

  @Override
  public double[] kinks() {
    return new double[] {0};
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
    return Optional.of("SOFTSIGN");
  }
}
