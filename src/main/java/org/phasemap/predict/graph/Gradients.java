package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Second moments of gradients at the nodes of a graph, of each part, block of inputs and class of
 * positions. One unit for all keeps them in the range of doubles.
 */
final class Gradients {
  private static final double LARGE = 1e60;
  private static final double[][] NONE = {};

  private final InputPairs inputs;
  private final List<Signal> signals;

  /** [node][part][block][class]; null where none has arrived. */
  private final double[] @Nullable [][][] arrived;

  /** [node][part]: what arrived through activations of a batch-normed node; empty where nothing. */
  private final double[][][][] throughBatchNorm;

  /** [node][law][point]: what depends on the stream's own number there; null of others. */
  private final double[] @Nullable [][] along;

  private double lnUnit;

  Gradients(InputPairs inputs, List<Signal> signals) {
    this.inputs = inputs;
    this.signals = signals;
    arrived = new double[signals.size()][][][];
    throughBatchNorm = new double[signals.size()][0][][];
    along = new double[signals.size()][][];
  }

  /** ln of the unit that numbers are in now. */
  double lnUnit() {
    return lnUnit;
  }

  /** Whether anything arrived at a node. */
  boolean hasArrived(int node) {
    return arrived[node] != null || throughBatchNorm[node].length > 0 || along[node] != null;
  }

  /** All that arrived at a node, in a unit in which it is no extreme number. */
  double[][][] take(int node) {
    double[][][] own = at(node);
    rescale(own);
    arrived[node] = null;
    return own;
  }

  private double[][][] at(int node) {
    double[][][] own = arrived[node];
    if (own == null) {
      own = new double[signals.get(node).parts().size()][][];
      Arrays.setAll(own, p -> new double[inputs.blocks()][signals.get(node).pairs().classes()]);
      arrived[node] = own;
    }
    return own;
  }

  /** Adds to a part of a node. */
  void add(int node, int part, double[][] gradient) {
    double[][] sum = at(node)[part];
    for (int block = 0; block < gradient.length; block++) {
      for (int c = 0; c < gradient[block].length; c++) {
        sum[block][c] += gradient[block][c];
      }
    }
  }

  /** Adds what came through an activation of a batch-normed node, in the norm's own form. */
  void addThroughBatchNorm(int node, int part, double[][] through) {
    if (throughBatchNorm[node].length == 0) {
      throughBatchNorm[node] = new double[signals.get(node).parts().size()][0][];
    }
    double[][] before = throughBatchNorm[node][part];
    throughBatchNorm[node][part] =
        before.length == 0
            ? through
            : BlockArrays.map(before, (block, c, g) -> g + through[block][c]);
  }

  /** All that came through activations of a batch-normed node; empty where nothing did. */
  double[][] throughBatchNorm(int node, int part) {
    return throughBatchNorm[node].length == 0 ? NONE : throughBatchNorm[node][part];
  }

  /**
   * What comes along a stream, which has one part: gradients at the points of its laws,
   * [law][point].
   */
  void putAlong(int node, double[][] values) {
    along[node] = values;
  }

  /** What {@link #putAlong} was given, in the unit of now; null where nothing came. */
  double @Nullable [][] along(int node) {
    return along[node];
  }

  private void rescale(double[][][] own) {
    double largest = 0;
    for (double[][] part : own) {
      for (double[] block : part) {
        for (double g : block) {
          largest = Math.max(largest, Double.isNaN(g) ? 0 : Math.abs(g));
        }
      }
    }
    if (!(largest > LARGE || (largest > 0 && largest < 1 / LARGE))) {
      return;
    }
    lnUnit += Math.log(largest);
    for (int node = 0; node < arrived.length; node++) {
      double[][][] pending = arrived[node];
      if (pending != null) {
        divide(pending, largest);
      }
      divide(throughBatchNorm[node], largest);
      double[][] values = along[node];
      if (values != null) {
        divide(new double[][][] {values}, largest);
      }
    }
  }

  private static void divide(double[][][] gradient, double by) {
    for (double[][] part : gradient) {
      for (double[] block : part) {
        for (int c = 0; c < block.length; c++) {
          block[c] /= by;
        }
      }
    }
  }

  /** ln Σ‖∂f/∂z‖² over a node's channels and positions, averaged over inputs. */
  double meanLnTotal(int node, double[][][] own) {
    PositionPairs pairs = signals.get(node).pairs();
    double mean = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      double total = 0;
      for (int p = 0; p < own.length; p++) {
        double channels = signals.get(node).parts().get(p).channels();
        for (int k = 0; k < pairs.kinds(); k++) {
          total += channels * pairs.share(k) * own[p][inputs.own(i)][pairs.diagonal(k)];
        }
      }
      mean += Math.log(total) / inputs.kinds();
    }
    return lnUnit + mean;
  }
}
