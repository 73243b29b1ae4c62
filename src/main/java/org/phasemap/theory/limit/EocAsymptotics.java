package org.phasemap.theory.limit;

import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;

/** How slowly inputs become alike on the edge of chaos (Hayou, Doucet and Rousseau 2019). */
public final class EocAsymptotics {
  private EocAsymptotics() {}

  /**
   * lim l²(1 − c_l) = (9π²/2)((1 + a²)/(1 − a)²)² for a homogeneous φ (proposition 1; row {@code
   * relu_delta_asym}). Slow: at l = 1000 ReLU is 3 % short.
   */
  public static double homogeneousDecay(double a) {
    double ratio = (1 + a * a) / ((1 - a) * (1 - a));
    return 4.5 * Math.PI * Math.PI * ratio * ratio;
  }

  /**
   * β = lim l(1 − c_l) = 2 E φ′²/(q E φ″²) at a critical point with q* &gt; 0 (proposition 3; row
   * {@code tanh_delta_asym_0.05}); 0 where φ′ jumps, because 1 − c_l then falls as 1/l².
   */
  public static double smoothDecay(Activation activation, double qStar) {
    if (derivativeJumps(activation)) {
      return 0;
    }
    GaussianMoments m = new GaussianMoments(activation, qStar);
    return 2 * m.derivativeSecondMoment() / (qStar * m.secondDerivativeSecondMoment());
  }

  /** Whether φ′ has a jump, which makes 1 − c_l fall as 1/l² instead of 1/l. */
  public static boolean derivativeJumps(Activation activation) {
    for (double kink : activation.kinks()) {
      double step = Math.max(Math.ulp(kink), Double.MIN_NORMAL);
      if (Math.abs(activation.derivative(kink + step) - activation.derivative(kink - step))
          > 1e-9) {
        return true;
      }
    }
    return false;
  }
}
