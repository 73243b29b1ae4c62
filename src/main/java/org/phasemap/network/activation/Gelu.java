package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Interval;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** xΦ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016). */
public final class Gelu extends Activation {
  Gelu() {
    super(
        Traits.of("gelu")
            .rectifier(Tail.NORMAL)
            .entire()
            .turns(new Interval(-2, -0.5))
            .steepest(new Interval(0.5, 4)));
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
  public double thirdDerivative(double x) {
    return x * (x * x - 4) * Erf.normalDensity(x);
  }
}
