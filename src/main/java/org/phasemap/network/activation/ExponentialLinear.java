package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** λ(x⁺ + α(exp(x⁻) − 1)): ELU and SELU. */
public final class ExponentialLinear extends Activation {
  private final double scale;
  private final double alpha;

  private ExponentialLinear(String name, double scale, double alpha, String inDeeplearning4j) {
    super(
        Traits.of(name)
            .rectifier(Tail.EXPONENTIAL)
            .kinks(0)
            .oneAttractor()
            .turns()
            .steepestAt(0)
            .deeplearning4j(inDeeplearning4j));
    this.scale = scale;
    this.alpha = alpha;
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
}
