package org.phasemap.network;

import java.util.function.DoubleUnaryOperator;

/**
 * φ‴ away from kinks, as the slope of the polynomial through nine values of φ″: in the middle of
 * them, or at a side where a kink is near. A jump of φ″ contributes no delta function. For
 * functions that differ from straight lines over lengths of 1 the error is about 1e-11, and 1e-7
 * beside a kink.
 */
final class ThirdDerivative implements DoubleUnaryOperator {
  private static final int POINTS = 9;
  private static final int MIDDLE = POINTS / 2;
  private static final double STEP = 1.0 / 64;
  private static final double[] CENTRED = weights(MIDDLE);

  private final DoubleUnaryOperator bend;
  private final double[] kinks;

  /**
   * @param bend φ″
   * @param kinks of φ, ascending
   */
  ThirdDerivative(DoubleUnaryOperator bend, double[] kinks) {
    this.bend = bend;
    this.kinks = kinks;
  }

  @Override
  public double applyAsDouble(double x) {
    double start = x - STEP * MIDDLE;
    double end = x + STEP * MIDDLE;
    for (double kink : kinks) {
      if (kink >= x && kink < end) {
        return slope(x, Math.min(start, kink - STEP * POINTS));
      }
      if (kink < x && kink > start) {
        return slope(x, Math.max(start, kink + STEP / 4));
      }
    }
    return sum(start, CENTRED);
  }

  /** From points from start on. */
  private double slope(double x, double start) {
    return sum(start, weights((x - start) / STEP));
  }

  private double sum(double start, double[] weight) {
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      sum += weight[i] * bend.applyAsDouble(start + i * STEP);
    }
    return sum;
  }

  /** Slopes of Lagrange's polynomials at a place among points 0, 1, …, in units of the step. */
  private static double[] weights(double place) {
    double[] weight = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      for (int skipped = 0; skipped < POINTS; skipped++) {
        double product = skipped == i ? 0 : 1 / ((i - skipped) * STEP);
        for (int j = 0; j < POINTS; j++) {
          product *= j == i || j == skipped ? 1 : (place - j) / (i - j);
        }
        weight[i] += product;
      }
    }
    return weight;
  }
}
