package org.phasemap.predict.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Taps;

/**
 * How the variances that weights make fluctuate at each position of an image, and from one position
 * to another, over networks. A chain of layers hands them on from below.
 */
final class StreamVariances {
  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final Own own;

  /** By node: [kind of input][position][position]. */
  private final Map<Integer, double[][][]> known = new HashMap<>();

  /** What a reading's own channels add. */
  interface Own {
    /** The one that weights at a node see; empty where they see what does not fluctuate. */
    Optional<Reading> reading(int node);

    /** Covariance of its means, of a block and a class. */
    double covariance(Reading reading, int block, int pair);
  }

  StreamVariances(Setting setting, LayerGraph graph, List<Signal> signals, Own own) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
    this.own = own;
  }

  /** Variance over networks of a stream's variance, of a kind of input at a kind of position. */
  double of(int node, int input, int kind) {
    return of(node)[input][kind][kind];
  }

  private double[][][] of(int number) {
    double[][][] found = known.get(number);
    if (found == null) {
      int kinds = setting.inputs().kinds();
      found = new double[kinds][][];
      for (int i = 0; i < kinds; i++) {
        found[i] = made(number, i);
      }
      known.put(number, found);
    }
    return found;
  }

  private double[][] made(int number, int input) {
    int positions = graph.nodes().get(number).shape().positions();
    Optional<Reading> read = own.reading(number);
    if (read.isEmpty()) {
      return new double[positions][positions];
    }
    Node node = graph.nodes().get(number);
    List<Integer> grid = graph.nodes().get(node.from().get(0)).shape().grid();
    Taps taps = ((Weighted) node.operation()).taps();
    int[][] sources = taps.sources(grid);
    double factor = signals.get(number).weights().gain() / taps.fan(grid);
    double[][] below = below(read.get(), input);
    return summed(summed(below, sources, factor), sources, factor);
  }

  /** Sums over taps in the first position, with the two exchanged. */
  private static double[][] summed(double[][] below, int[][] sources, double factor) {
    double[][] sum = new double[below[0].length][sources[0].length];
    for (int[] tap : sources) {
      for (int a = 0; a < tap.length; a++) {
        if (tap[a] != Taps.OUTSIDE) {
          double[] row = below[tap[a]];
          for (int b = 0; b < row.length; b++) {
            sum[b][a] += factor * row[b];
          }
        }
      }
    }
    return sum;
  }

  /** Of the mean that is read: what its stream's variance makes of it, and its own channels. */
  private double[][] below(Reading reading, int input) {
    Signal stream = signals.get(reading.stream());
    PositionPairs pairs = stream.pairs();
    int positions = pairs.positions();
    double[] growth = new double[positions];
    for (int a = 0; a < positions; a++) {
      double q = stream.covariance().q()[input][pairs.kind(a)];
      growth[a] = setting.units().growth(reading, q);
    }
    double[][] inherited = of(reading.stream())[input];
    double[][] sum = new double[positions][positions];
    int block = setting.inputs().own(input);
    for (int a = 0; a < positions; a++) {
      for (int b = 0; b < positions; b++) {
        sum[a][b] =
            growth[a] * growth[b] * inherited[a][b]
                + own.covariance(reading, block, pairs.of(a, b));
      }
    }
    return sum;
  }
}
