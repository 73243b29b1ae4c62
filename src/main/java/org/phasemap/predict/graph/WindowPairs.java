package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means over windows of positions: of one class of pairs of windows, the classes inside it. */
final class WindowPairs {
  private final PositionPairs from;
  private final PositionPairs to;

  /** [class that comes out][entry]: a class that goes in. */
  private final int[][] pair;

  /** [class that comes out][entry]: its share of all pairs of positions of the two windows. */
  private final double[][] share;

  /** [kind of position that comes out][place]: the kind that goes in. */
  private final int[][] kind;

  private WindowPairs(
      PositionPairs from, PositionPairs to, int[][] pair, double[][] share, int[][] kind) {
    this.from = from;
    this.to = to;
    this.pair = pair;
    this.share = share;
    this.kind = kind;
  }

  /** One window of everything. */
  static WindowPairs everything(PositionPairs from, PositionPairs to) {
    int[] pair = new int[from.classes()];
    double[] share = new double[pair.length];
    for (int c = 0; c < pair.length; c++) {
      pair[c] = c;
      share[c] = from.multiplicity(c) / from.positions() / from.positions();
    }
    int[] kind = new int[from.positions()];
    Arrays.setAll(kind, from::kind);
    return new WindowPairs(
        from, to, new int[][] {pair}, new double[][] {share}, new int[][] {kind});
  }

  /**
   * Windows side by side.
   *
   * @param windows [window][place] → position
   */
  static WindowPairs of(int[][] windows, PositionPairs from, PositionPairs to) {
    int[][] pair = new int[to.classes()][];
    double[][] share = new double[to.classes()][];
    for (int c = 0; c < pair.length; c++) {
      Map<Integer, Double> shares = new LinkedHashMap<>();
      int[] first = windows[to.first(c)];
      int[] second = windows[to.second(c)];
      for (int a : first) {
        for (int b : second) {
          shares.merge(from.of(a, b), 1.0 / first.length / second.length, Double::sum);
        }
      }
      pair[c] = shares.keySet().stream().mapToInt(x -> x).toArray();
      share[c] = shares.values().stream().mapToDouble(x -> x).toArray();
    }
    int[][] kind = new int[to.kinds()][];
    for (int k = 0; k < kind.length; k++) {
      kind[k] = Arrays.stream(windows[k]).map(from::kind).toArray();
    }
    return new WindowPairs(from, to, pair, share, kind);
  }

  /** Second moments and means of the means. */
  Part up(Part part) {
    Covariance s = part.covariance();
    InputPairs inputs = s.inputs();
    Covariance next = Covariance.zero(inputs, to);
    double[][] mean = Part.zeros(next);
    for (int i = 0; i < inputs.kinds(); i++) {
      for (int k = 0; k < to.kinds(); k++) {
        double own = deficit(s.deficit()[inputs.own(i)], to.diagonal(k));
        next.q()[i][k] = mean(s.q()[i], k) - own;
        mean[i][k] = mean(part.mean()[i], k);
      }
    }
    for (int block = 0; block < inputs.blocks(); block++) {
      double[] left = s.deficit()[inputs.own(inputs.first(block))];
      double[] right = s.deficit()[inputs.own(inputs.second(block))];
      for (int c = 0; c < to.classes(); c++) {
        int a = to.diagonal(to.kind(to.first(c)));
        int b = to.diagonal(to.kind(to.second(c)));
        boolean isItself = inputs.isOwn(block) && to.isDiagonal(c);
        next.deficit()[block][c] =
            isItself
                ? 0
                : deficit(s.deficit()[block], c) - 0.5 * (deficit(left, a) + deficit(right, b));
      }
    }
    return new Part(part.channels(), Law.OTHER, next, mean, 1, null);
  }

  private double mean(double[] of, int k) {
    double sum = 0;
    for (int source : kind[k]) {
      sum += of[source];
    }
    return sum / kind[k].length;
  }

  private double deficit(double[] of, int c) {
    double sum = 0;
    for (int entry = 0; entry < pair[c].length; entry++) {
      sum += share[c][entry] * of[pair[c][entry]];
    }
    return sum;
  }

  /** The gradients' products under the windows. */
  double[] down(double[] gradient) {
    double[] sum = new double[from.classes()];
    for (int c = 0; c < pair.length; c++) {
      for (int entry = 0; entry < pair[c].length; entry++) {
        sum[pair[c][entry]] += to.multiplicity(c) * share[c][entry] * gradient[c];
      }
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] /= from.multiplicity(c);
    }
    return sum;
  }
}
