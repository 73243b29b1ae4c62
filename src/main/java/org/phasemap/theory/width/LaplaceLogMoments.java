package org.phasemap.theory.width;

import java.util.function.DoubleUnaryOperator;

/**
 * Mean and variance of ln S from the Laplace transform of S &gt; 0. With an independent exponential
 * E, P(ln(E/S) &gt; x) is the transform at eˣ, and ln E has mean −γ and variance π²/6.
 */
final class LaplaceLogMoments {
  private static final double EULER = 0.5772156649015329;
  private static final double STEP = 1.0 / 64;
  private static final double REACH = 45;

  private LaplaceLogMoments() {}

  /**
   * {mean, variance}, absolute error about 1e-13.
   *
   * @param lnTransform t → ln E exp(−tS)
   * @param typical a typical S
   */
  static double[] of(DoubleUnaryOperator lnTransform, double typical) {
    // E X and E X² of X = ln(E/S) + ln(typical) by the trapezoidal rule on its tails.
    double first = 0;
    double second = 0;
    for (double x = STEP / 2; x < REACH * 4; x += STEP) {
      double above = Math.exp(lnTransform.applyAsDouble(Math.exp(x) / typical));
      double below = -Math.expm1(lnTransform.applyAsDouble(Math.exp(-x) / typical));
      first += STEP * (above - below);
      second += STEP * 2 * x * (above + below);
    }
    // The midpoint rule's error at 0, where x(above + below) starts with slope 1; all others
    // vanish.
    second -= STEP * STEP / 12;
    double mean = -EULER - first + Math.log(typical);
    return new double[] {mean, second - first * first - Math.PI * Math.PI / 6};
  }
}
