package org.phasemap.theory.dual;

import org.phasemap.network.Erf;

/**
 * Functions with closed duals and closed Gaussian averages, that activations differ from close to 0
 * only: xΦ(x) for rectifiers, erf for φ between −1 and 1.
 */
enum SmoothStep {
  RECTIFIER(2) {
    @Override
    double value(double x) {
      return x * Erf.normalCdf(x);
    }

    @Override
    double slope(double x) {
      return Erf.normalCdf(x) + x * Erf.normalDensity(x);
    }

    @Override
    double averageValue(double x, double variance) {
      double width = Math.sqrt(1 + variance);
      double y = x / width;
      return x * Erf.normalCdf(y) + variance / width * Erf.normalDensity(y);
    }

    @Override
    double averageSlope(double x, double variance) {
      double y = x / Math.sqrt(1 + variance);
      return Erf.normalCdf(y) + y / (1 + variance) * Erf.normalDensity(y);
    }

    @Override
    DualActivation dual(double q) {
      return new GeluDual(q);
    }
  },
  SIGN(1) {
    @Override
    double value(double x) {
      return Erf.erf(x);
    }

    @Override
    double slope(double x) {
      return TWO_OVER_SQRT_PI * Math.exp(-x * x);
    }

    @Override
    double averageValue(double x, double variance) {
      return Erf.erf(x / Math.sqrt(1 + 2 * variance));
    }

    @Override
    double averageSlope(double x, double variance) {
      double width = 1 + 2 * variance;
      return TWO_OVER_SQRT_PI / Math.sqrt(width) * Math.exp(-x * x / width);
    }

    @Override
    DualActivation dual(double q) {
      return new ErfDual(q);
    }
  };

  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  /** w where the Fourier transform of g′ falls as exp(−k²/2w), k in the frequency of u − v. */
  private final double smoothness;

  SmoothStep(double smoothness) {
    this.smoothness = smoothness;
  }

  /**
   * The step of a trapezoidal rule over u − v, normal of a standard deviation, that has all digits
   * of E g′(u)g′(v): two transforms and the law's own leave exp(−50).
   */
  double step(double sd) {
    return 2 * Math.PI / (10 * Math.sqrt(1 / smoothness + 1 / (sd * sd)));
  }

  /** g(x). */
  abstract double value(double x);

  /** g′(x). */
  abstract double slope(double x);

  /** E g(x + √variance Z). */
  abstract double averageValue(double x, double variance);

  /** E g′(x + √variance Z). */
  abstract double averageSlope(double x, double variance);

  /** The dual of g. */
  abstract DualActivation dual(double q);
}
