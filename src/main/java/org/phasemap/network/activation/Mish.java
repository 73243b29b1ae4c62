package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** x tanh(ln(1 + eˣ)). */
public final class Mish extends Activation {
  Mish() {
    super(
        Traits.of("mish")
            .rectifier(Tail.EXPONENTIAL)
            .analyticWithin(0.75 * Math.PI)
            .turns(new Interval(-2, -0.5))
            .steepest(new Interval(0.5, 4))
            .deeplearning4j("MISH"));
  }

  @Override
  public double value(double x) {
    return x * tanhSoftplus(x);
  }

  @Override
  public double derivative(double x) {
    double gap = tanhSoftplusGap(x);
    return tanhSoftplus(x) + x * gap * (2 - gap) * Exponentials.logistic(x);
  }

  @Override
  public double secondDerivative(double x) {
    double gap = tanhSoftplusGap(x);
    double s = Exponentials.logistic(x);
    return gap
        * (2 - gap)
        * (2 * s + x * s * (Exponentials.logistic(-x) - 2 * tanhSoftplus(x) * s));
  }

  @Override
  public double difference(double u, double v, double gap) {
    if (Exponentials.areLarge(u, v)) {
      return Exponentials.rectified(u, v, gap);
    }
    // With tanh(softplus(x)) = 1 − 2/(e²ˣ + 2eˣ + 2) = 1 − p(x).
    double eu = Math.exp(Math.min(u, Exponentials.LARGE));
    double ev = Math.exp(Math.min(v, Exponentials.LARGE));
    double pu = 2 / (eu * (eu + 2) + 2);
    double pv = 2 / (ev * (ev + 2) + 2);
    double low = Math.min(eu, ev);
    double rise = Math.copySign(low * Exponentials.expm1(Math.abs(gap)), gap);
    boolean far = Math.abs(gap) > 1 || Math.max(u, v) > Exponentials.LARGE;
    double bounded = far ? pv - pu : 0.5 * pu * pv * rise * (eu + ev + 2);
    return gap * (1 - pu) + v * bounded;
  }

  /** (e²ˣ + 2eˣ)/(e²ˣ + 2eˣ + 2). */
  private static double tanhSoftplus(double x) {
    double e = Math.exp(-Math.abs(x));
    return x > 0 ? (1 + 2 * e) / (1 + 2 * e + 2 * e * e) : e * (e + 2) / (e * (e + 2) + 2);
  }

  /** 1 − tanh(softplus(x)). */
  private static double tanhSoftplusGap(double x) {
    double e = Math.exp(-Math.abs(x));
    return x > 0 ? 2 * e * e / (1 + 2 * e + 2 * e * e) : 2 / (e * e + 2 * e + 2);
  }
}
