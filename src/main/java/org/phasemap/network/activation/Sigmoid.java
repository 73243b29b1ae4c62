package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** The logistic function 1/(1 + e⁻ˣ) = ½ + ½ tanh(x/2). */
public final class Sigmoid extends Activation {
  Sigmoid() {
    super("sigmoid");
  }

  @Override
  public double value(double x) {
    return Exponentials.logistic(x);
  }

  @Override
  public double derivative(double x) {
    return Exponentials.logistic(x) * Exponentials.logistic(-x);
  }

  @Override
  public double secondDerivative(double x) {
    double s = Exponentials.logistic(x);
    double t = Exponentials.logistic(-x);
    return s * t * (t - s);
  }

  @Override
  public double difference(double u, double v, double gap) {
    return Exponentials.logisticDifference(u, v, gap);
  }

  @Override
  public boolean hasEvenSlope() {
    return true;
  }

  @Override
  public Tail tail() {
    return Tail.EXPONENTIAL;
  }

  @Override
  public double halfStrip() {
    return Math.PI;
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
    return Optional.of("SIGMOID");
  }
}
