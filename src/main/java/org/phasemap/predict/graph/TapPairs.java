package org.phasemap.predict.graph;

import java.util.List;
import org.phasemap.network.graph.Taps;

/** How the taps of a convolution carry classes of pairs of positions into one another. */
final class TapPairs {
  private final PositionPairs from;
  private final PositionPairs to;

  /** [tap][kind of position that comes out]: the kind that goes in, or outside. */
  private final int[][] kind;

  /** [tap][class that comes out]: the class that goes in, or outside. */
  private final int[][] pair;

  private TapPairs(PositionPairs from, PositionPairs to, int[][] sources) {
    this.from = from;
    this.to = to;
    kind = new int[sources.length][to.kinds()];
    pair = new int[sources.length][to.classes()];
    for (int tap = 0; tap < sources.length; tap++) {
      for (int k = 0; k < to.kinds(); k++) {
        int source = sources[tap][k];
        kind[tap][k] = source == Taps.OUTSIDE ? Taps.OUTSIDE : from.kind(source);
      }
      for (int c = 0; c < to.classes(); c++) {
        int a = sources[tap][to.first(c)];
        int b = sources[tap][to.second(c)];
        pair[tap][c] = a == Taps.OUTSIDE || b == Taps.OUTSIDE ? Taps.OUTSIDE : from.of(a, b);
      }
    }
  }

  /** Of a convolution on a grid. */
  static TapPairs of(Taps taps, List<Integer> grid, PositionPairs from, PositionPairs to) {
    return new TapPairs(from, to, taps.sources(grid));
  }

  /** Adds Σ_β S[source(a), source(b)], times a factor, to what comes out. */
  void up(double factor, Covariance in, Covariance out) {
    for (int tap = 0; tap < kind.length; tap++) {
      for (int i = 0; i < out.q().length; i++) {
        for (int k = 0; k < to.kinds(); k++) {
          int source = kind[tap][k];
          out.q()[i][k] += source == Taps.OUTSIDE ? 0 : factor * in.q()[i][source];
        }
      }
      for (int block = 0; block < out.deficit().length; block++) {
        double[] deficit = out.deficit()[block];
        for (int c = 0; c < to.classes(); c++) {
          int source = pair[tap][c];
          deficit[c] +=
              factor
                  * (source == Taps.OUTSIDE
                      ? lonely(in, block, tap, c)
                      : in.deficit()[block][source]);
        }
      }
    }
  }

  /** ½q of the one that is inside, if one is: they have no product. */
  private double lonely(Covariance in, int block, int tap, int c) {
    int a = kind[tap][to.kind(to.first(c))];
    int b = kind[tap][to.kind(to.second(c))];
    double first = a == Taps.OUTSIDE ? 0 : in.q()[in.inputs().first(block)][a];
    double second = b == Taps.OUTSIDE ? 0 : in.q()[in.inputs().second(block)][b];
    return 0.5 * (first + second);
  }

  /** Σ_β over all positions that read one, of a number at each kind of them: q's adjoint of up. */
  double[] downPositions(double factor, double[] above) {
    double[] sum = new double[from.kinds()];
    for (int[] sources : kind) {
      for (int k = 0; k < to.kinds(); k++) {
        if (sources[k] != Taps.OUTSIDE) {
          sum[sources[k]] += factor * to.share(k) / from.share(sources[k]) * above[k];
        }
      }
    }
    return sum;
  }

  /** Σ_β over the positions that each kind reads. */
  double[] upPositions(double factor, double[] below) {
    double[] sum = new double[to.kinds()];
    for (int[] sources : kind) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += sources[k] == Taps.OUTSIDE ? 0 : factor * below[sources[k]];
      }
    }
    return sum;
  }

  /** Σ_β over all (a, b) that read a pair, of their gradients' products: the adjoint of up. */
  double[] down(double factor, double[] gradient) {
    double[] sum = new double[from.classes()];
    for (int[] sources : pair) {
      for (int c = 0; c < to.classes(); c++) {
        if (sources[c] != Taps.OUTSIDE) {
          sum[sources[c]] += to.multiplicity(c) * gradient[c];
        }
      }
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] *= factor / from.multiplicity(c);
    }
    return sum;
  }
}
