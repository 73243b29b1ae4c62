package org.phasemap.network;

import java.util.ArrayList;
import java.util.List;

/** What an {@link Activation} answers that gives no more than its formulas. */
final class Differences {
  /** u − v up to which five points of Gauss–Legendre have all digits of a φ of scale 1. */
  private static final double CLOSE = 0.25;

  private static final double[] NODE = {0, 0.5384693101056831, 0.906179845938664};
  private static final double[] WEIGHT = {
    0.5688888888888889, 0.47862867049936647, 0.23692688505618908
  };

  /** Beyond, φ of scale 1 has become its limit. */
  private static final double REACH = 32;

  private static final double STEP = 1.0 / 64;

  private Differences() {}

  /** φ(u) − φ(v) = ∫ φ′ from v to u, where they are close. */
  static double smooth(Activation f, double u, double v, double gap) {
    if (!(Math.abs(gap) < CLOSE)) {
      return f.value(u) - f.value(v);
    }
    double middle = 0.5 * (u + v);
    double sum = WEIGHT[0] * f.derivative(middle);
    for (int i = 1; i < NODE.length; i++) {
      double away = 0.5 * gap * NODE[i];
      sum += WEIGHT[i] * (f.derivative(middle - away) + f.derivative(middle + away));
    }
    return 0.5 * gap * sum;
  }

  /** Cells of a grid at whose ends φ′ has opposite signs. */
  static List<Interval> signChanges(Activation f) {
    List<Interval> found = new ArrayList<>();
    double last = Double.NaN;
    double sign = 0;
    for (double x = -REACH - STEP / 3; x < REACH; x += STEP) {
      double next = Math.signum(f.derivative(x));
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
  static Interval steepest(Activation f) {
    double at = 0;
    double most = 0;
    for (double x = -REACH; x <= REACH; x += STEP) {
      double size = Math.abs(f.derivative(x));
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
