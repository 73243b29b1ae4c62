package org.phasemap.theory.dual;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * A radial integral of softsign's dual, ∫₀^∞ r^k exp(−r²/2) (1 + Cr)^−p dr, as a function of C ≥ 0:
 * interpolation at Chebyshev's points in y = ln(1 + 8C) of what is left without its decay at large
 * C, in pieces made on first use.
 */
final class SoftsignRadial {
  private static final int POINTS = 14;
  private static final double WIDTH = 0.25;
  private static final double SCALE = 8;

  /** Up to C = 1e160, the root of the largest q; quadrature has all digits up to 1e18. */
  private static final int PIECES = 1500;

  private static final double REACH = 9.5;
  private static final double[] NO_KINKS = {};

  private final int power;
  private final int poles;
  private final int decay;
  private final AtomicReferenceArray<double[]> piece = new AtomicReferenceArray<>(PIECES);

  SoftsignRadial(int power, int poles) {
    this.power = power;
    this.poles = poles;
    decay = Math.min(poles, power + 1);
  }

  /** The integral at C. What rounding takes from y at small C the integral does not feel. */
  double at(double c) {
    double y = Math.log(1 + SCALE * c);
    int i = (int) (y / WIDTH);
    double[] coefficient = piece.get(i);
    if (coefficient == null) {
      coefficient = fitted(i);
      piece.set(i, coefficient);
    }
    double x = 2 * (y / WIDTH - i) - 1;
    double sum = coefficient[POINTS - 1];
    for (int k = POINTS - 2; k >= 0; k--) {
      sum = sum * x + coefficient[k];
    }
    return sum / power(1 + c, decay);
  }

  /** Powers of x: at ρ = 24 and more Chebyshev coefficients fall faster than theirs rise. */
  private double[] fitted(int i) {
    double[] value = new double[POINTS];
    for (int j = 0; j < POINTS; j++) {
      double x = Math.cos(Math.PI * (j + 0.5) / POINTS);
      double c = Math.expm1((i + 0.5 * (x + 1)) * WIDTH) / SCALE;
      value[j] = direct(c) * power(1 + c, decay);
    }
    double[] coefficient = new double[POINTS];
    for (int k = 0; k < POINTS; k++) {
      double sum = 0;
      for (int j = 0; j < POINTS; j++) {
        sum += value[j] * Math.cos(Math.PI * k * (j + 0.5) / POINTS);
      }
      coefficient[k] = (k == 0 ? 1.0 : 2.0) / POINTS * sum;
    }
    return powers(coefficient);
  }

  /** Coefficients of powers, from those of Chebyshev's polynomials: T_{k+1} = 2x T_k − T_{k−1}. */
  private static double[] powers(double[] chebyshev) {
    double[] powers = new double[POINTS];
    double[] before = new double[POINTS];
    double[] polynomial = new double[POINTS];
    polynomial[0] = 1;
    for (int k = 0; k < POINTS; k++) {
      double[] next = new double[POINTS];
      for (int j = 0; j <= k; j++) {
        powers[j] += chebyshev[k] * polynomial[j];
        next[j] -= before[j];
        if (j + 1 < POINTS) {
          next[j + 1] += (k == 0 ? 1 : 2) * polynomial[j];
        }
      }
      before = polynomial;
      polynomial = next;
    }
    return powers;
  }

  /** By quadrature. */
  double direct(double c) {
    double[] breaks = GaussianRule.breaks(NO_KINKS, 1 / Math.max(c, 1), REACH);
    double sum = 0;
    for (int i = 0; i + 1 < breaks.length; i++) {
      sum +=
          GaussLegendre.OF_12.integrate(
              r -> power(r, power) * Math.exp(-0.5 * r * r) / power(1 + c * r, poles),
              breaks[i],
              breaks[i + 1]);
    }
    return sum;
  }

  private static double power(double x, int n) {
    double power = 1;
    for (int i = 0; i < n; i++) {
      power *= x;
    }
    return power;
  }
}
