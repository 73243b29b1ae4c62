package org.phasemap.analysis.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Where a series has changed its level: E-divisive (Matteson and James 2014), which cuts a series
 * where the two parts are most unlike, and then each part. Whether a cut stands is decided by
 * Welch's t, as Fleming et al. (2023, Hunter, now Apache Otava) do in place of permutations: it
 * gives the same answer each time, and needs fewer points.
 */
public final class ChangePoints {
  /** On either side of a cut: fewer say nothing of a level. */
  static final int FEWEST = 4;

  /** Nights are many, and the cut is the best of all. */
  static final double LEVEL = 0.001;

  private ChangePoints() {}

  /**
   * A change.
   *
   * @param at index of the first value after it
   * @param before mean of the values between the former change and this one
   * @param after mean of those to the next
   * @param p by Welch's t
   */
  public record Point(int at, double before, double after, double p) {}

  /** The changes of a series, in its order. */
  public static List<Point> of(double[] series) {
    List<Integer> cuts = new ArrayList<>(List.of(0, series.length));
    add(series, 0, series.length, cuts);
    cuts.sort(null);
    List<Point> points = new ArrayList<>();
    for (int i = 1; i < cuts.size() - 1; i++) {
      double[] before = Arrays.copyOfRange(series, cuts.get(i - 1), cuts.get(i));
      double[] after = Arrays.copyOfRange(series, cuts.get(i), cuts.get(i + 1));
      points.add(new Point(cuts.get(i), mean(before), mean(after), p(before, after)));
    }
    return points;
  }

  private static void add(double[] series, int from, int to, List<Integer> cuts) {
    int best = -1;
    double most = 0;
    for (int cut = from + FEWEST; cut <= to - FEWEST; cut++) {
      double unlike = divergence(series, from, cut, to);
      if (unlike > most) {
        most = unlike;
        best = cut;
      }
    }
    if (best > 0
        && p(Arrays.copyOfRange(series, from, best), Arrays.copyOfRange(series, best, to))
            < LEVEL) {
      cuts.add(best);
      add(series, from, best, cuts);
      add(series, best, to, cuts);
    }
  }

  /** Q̂ of Matteson and James, equation 7, with α = 1. */
  static double divergence(double[] series, int from, int cut, int to) {
    double n = cut - from;
    double m = to - cut;
    double between = 0;
    double first = 0;
    double second = 0;
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        double distance = Math.abs(series[i] - series[j]);
        if (i < cut && j >= cut) {
          between += distance;
        } else if (j < cut) {
          first += distance;
        } else {
          second += distance;
        }
      }
    }
    double energy = 2 * between / (m * n) - first / (n * (n - 1) / 2) - second / (m * (m - 1) / 2);
    return m * n / (m + n) * energy;
  }

  private static double p(double[] before, double[] after) {
    boolean constant = spread(before) == 0 && spread(after) == 0;
    return constant ? (mean(before) == mean(after) ? 1 : 0) : new TTest().tTest(before, after);
  }

  private static double spread(double[] values) {
    return Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
