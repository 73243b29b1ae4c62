package org.phasemap.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** What an {@link Activation} answers that gives no more than its formulas. */
final class Differences {
  /** u − v up to which five points of Gauss–Legendre have all digits of a φ of scale 1. */
  static final double CLOSE = 0.25;

  private static final double[] NODE = {0, 0.5384693101056831, 0.906179845938664};
  private static final double[] WEIGHT = {
    0.5688888888888889, 0.47862867049936647, 0.23692688505618908
  };

  /** Beyond, φ of scale 1 has become its limit. */
  private static final double REACH = 32;

  private static final double STEP = 1.0 / 64;

  private Differences() {}

  /** ∫ φ′ from v to u, which are {@link #CLOSE}. */
  static double integral(DoubleUnaryOperator slope, double u, double v, double gap) {
    double middle = 0.5 * (u + v);
    double sum = WEIGHT[0] * slope.applyAsDouble(middle);
    for (int i = 1; i < NODE.length; i++) {
      double away = 0.5 * gap * NODE[i];
      sum += WEIGHT[i] * (slope.applyAsDouble(middle - away) + slope.applyAsDouble(middle + away));
    }
    return 0.5 * gap * sum;
  }

  /** Cells of a grid at whose ends φ′ has opposite signs. */
  static List<Interval> signChanges(DoubleUnaryOperator slope) {
    List<Interval> found = new ArrayList<>();
    double last = Double.NaN;
    double sign = 0;
    for (double x = -REACH - STEP / 3; x < REACH; x += STEP) {
      double next = Math.signum(slope.applyAsDouble(x));
      if (next == 0) {
        continue;
      }
      if (next == -sign) {
        found.add(new Interval(last, x));
      }
      sign = next;
      last = x;
    }
    return found;
  }

  /** The cells of a grid on both sides of where |φ′| is largest; infinity where that is its end. */
  static Interval steepest(DoubleUnaryOperator slope) {
    double at = 0;
    double most = 0;
    for (double x = -REACH; x <= REACH; x += STEP) {
      double size = Math.abs(slope.applyAsDouble(x));
      if (size > most) {
        most = size;
        at = x;
      }
    }
    return Math.abs(at) == REACH
        ? Interval.at(Math.copySign(Double.POSITIVE_INFINITY, at))
        : new Interval(at - STEP, at + STEP);
  }
}
