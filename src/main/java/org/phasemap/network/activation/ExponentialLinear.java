package org.phasemap.network.activation;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;

/** λ(x⁺ + α(exp(x⁻) − 1)): ELU and SELU. */
public final class ExponentialLinear extends Activation {
  private final double scale;
  private final double alpha;
  private final String inDeeplearning4j;

  private ExponentialLinear(String name, double scale, double alpha, String inDeeplearning4j) {
    super(name);
    this.scale = scale;
    this.alpha = alpha;
    this.inDeeplearning4j = inDeeplearning4j;
  }

  /** λ = α = 1 (Clevert, Unterthiner and Hochreiter 2016). */
  static ExponentialLinear elu() {
    return new ExponentialLinear("elu", 1, 1, "ELU");
  }

  /** Klambauer et al. 2017, "Self-normalizing neural networks", eq. (14). */
  static ExponentialLinear selu() {
    return new ExponentialLinear("selu", 1.0507009873554805, 1.6732632423543772, "SELU");
  }

  /** λ, the slope on the positive side. */
  public double scale() {
    return scale;
  }

  /** α. */
  public double alpha() {
    return alpha;
  }

  @Override
  public double value(double x) {
    return scale * (x > 0 ? x : alpha * Math.expm1(x));
  }

  @Override
  public double derivative(double x) {
    return scale * (x > 0 ? 1 : alpha * Math.exp(x));
  }

  @Override
  public double secondDerivative(double x) {
    return x > 0 ? 0 : scale * alpha * Math.exp(x);
  }

  @Override
  public double difference(double u, double v, double gap) {
    if (u > 0 && v > 0) {
      return derivative(1) * gap;
    }
    boolean close = u <= 0 && v <= 0 && Math.abs(gap) < 1;
    return close ? derivative(v) * Exponentials.expm1(gap) : value(u) - value(v);
  }

  @Override
  public double[] kinks() {
    return new double[] {0};
  }

  @Override
  public Tail tail() {
    return Tail.EXPONENTIAL;
  }

  @Override
  public boolean isRectifier() {
    return true;
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
    return Optional.of(inDeeplearning4j);
  }
}
