package org.phasemap.network.activation;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Tail;
import org.phasemap.network.Traits;

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. */
public final class ErrorFunction extends Activation {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  ErrorFunction() {
    super(Traits.of("erf").odd().tail(Tail.GAUSSIAN).entire().oneAttractor().turns().steepestAt(0));
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
  public double thirdDerivative(double x) {
    return (4 * x * x - 2) * TWO_OVER_SQRT_PI * Math.exp(-x * x);
  }
}
