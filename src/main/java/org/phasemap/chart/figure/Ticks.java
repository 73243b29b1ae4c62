package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Values that are marked along an axis. */
final class Ticks {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** Multiples of powers of ten on logarithmic axes, the densest first. */
  private static final double[][] MULTIPLES = {{1, 2, 3, 5}, {1, 2, 5}, {1, 3}, {1}};

  private Ticks() {}

  /** Even ones from low to high, at most so many. */
  static List<Double> even(double low, double high, int most) {
    if (!(high > low)) {
      return List.of(low);
    }
    double least = (high - low) / Math.max(1, most);
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double step = 10 * power;
    for (double s : STEPS) {
      if (s * power >= least * (1 - 1e-9)) {
        step = s * power;
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /**
   * Those of a logarithmic axis: powers of two where its values double, else round numbers.
   *
   * @param gap the least distance of two, in the logarithm
   */
  static List<Double> logarithmic(List<Double> values, double low, double high, double gap) {
    List<List<Double>> choices = new ArrayList<>();
    boolean whole = !values.isEmpty() && values.stream().allMatch(v -> v == Math.rint(v));
    if (!values.isEmpty() && values.size() <= 6) {
      choices.add(values);
    }
    List<Double> doubling = doubling(low, high);
    if (whole && doubling.size() >= 3 && values.containsAll(doubling)) {
      choices.add(doubling);
    }
    for (double[] multiples : MULTIPLES) {
      choices.add(round(multiples, low, high, whole));
    }
    for (List<Double> choice : choices) {
      if (choice.size() >= 2 && leastGap(choice) >= gap) {
        return choice;
      }
    }
    List<Double> last = choices.get(choices.size() - 1);
    if (last.size() < 2) {
      return apart(values.isEmpty() ? List.of(low, high) : values, gap, Math::log);
    }
    return apart(last, gap, Math::log);
  }

  /** Of some values those that are apart, the first of them always. */
  static List<Double> apart(List<Double> values, double gap, DoubleUnaryOperator to) {
    List<Double> kept = new ArrayList<>();
    for (double v : values) {
      if (kept.isEmpty()
          || to.applyAsDouble(v) - to.applyAsDouble(kept.get(kept.size() - 1)) >= gap) {
        kept.add(v);
      }
    }
    return kept;
  }

  private static double leastGap(List<Double> ticks) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < ticks.size(); i++) {
      least = Math.min(least, Math.log(ticks.get(i) / ticks.get(i - 1)));
    }
    return least;
  }

  private static List<Double> doubling(double low, double high) {
    List<Double> powers = new ArrayList<>();
    for (double v = 1; v <= high * 1.001; v *= 2) {
      if (v >= low * 0.999) {
        powers.add(v);
      }
    }
    return powers;
  }

  private static List<Double> round(double[] multiples, double low, double high, boolean whole) {
    List<Double> ticks = new ArrayList<>();
    for (int p = (int) Math.floor(Math.log10(low)); p <= Math.log10(high); p++) {
      for (double m : multiples) {
        double v = Double.parseDouble((int) m + "e" + p);
        if (v >= low * 0.999 && v <= high * 1.001 && (!whole || v == Math.rint(v))) {
          ticks.add(v);
        }
      }
    }
    return ticks;
  }
}
