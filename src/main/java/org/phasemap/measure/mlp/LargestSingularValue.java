package org.phasemap.measure.mlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.linear.Bidiagonal;
import org.phasemap.plan.cost.WeightProbes;

/**
 * The largest singular value of J = ∂z_L/∂z_1 at each input. A power iteration sends a vector up by
 * J and down by Jᵀ; keeping the lengths of what each step adds to those before it, as Golub and
 * Kahan (1965, §2) do, gets as far in a fraction of the steps. One draw of a layer's weights serves
 * all variants and depths of the unit, and all steps where a network's weights fit into {@link
 * CostModel#KEPT_WEIGHTS}.
 */
final class LargestSingularValue {
  private final Kernel kernel;
  private final DenseConnections connections;

  /** G_l by layer. */
  private final Map<Integer, Matrix> kept = new TreeMap<>();

  private boolean keeps;

  LargestSingularValue(Kernel kernel, DenseConnections connections) {
    this.kernel = kernel;
    this.connections = connections;
  }

  /** Fills {@link Backward#lnLargestSquare} of the panels' variants. */
  void run(List<Panel> panels) {
    List<Chain> chains = new ArrayList<>();
    int deepest = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
    keeps = WeightProbes.keepsWeights(connections.width(), deepest);
    try (Matrix start = connections.tangents();
        Matrix scratch = kernel.matrix(start.rows(), start.columns())) {
      for (Panel panel : panels) {
        for (int v = 0; v < panel.variants().size(); v++) {
          JacobianLayers layers = new JacobianLayers(kernel, connections.network, panel, v);
          for (int depth : panel.depths()) {
            Backward pass = panel.variants().get(v).backward(depth);
            if (pass != null) {
              chains.add(new Chain(panel, v, depth, layers, pass, start));
            }
          }
        }
      }
      List<Chain> open = chains;
      while (!open.isEmpty()) {
        step(open, scratch);
        open = open.stream().filter(Chain::isOpen).toList();
      }
      chains.forEach(Chain::report);
    } finally {
      chains.forEach(Chain::close);
      kept.values().forEach(Matrix::close);
    }
  }

  private void step(List<Chain> chains, Matrix scratch) {
    int depth = chains.stream().mapToInt(chain -> chain.depth).max().orElseThrow();
    chains.forEach(Chain::startUp);
    for (int layer = 2; layer <= depth; layer++) {
      Matrix weights = weights(layer);
      for (Chain chain : chains) {
        if (layer <= chain.depth) {
          kernel.multiplyElements(chain.slopes(layer - 1), chain.sent);
          kernel.multiply(weights, chain.sent, scratch);
          kernel.scaleColumns(chain.layers.scale(layer - 1), scratch);
          kernel.copy(scratch, chain.sent);
        }
      }
    }
    chains.forEach(Chain::startDown);
    for (int layer = depth; layer >= 2; layer--) {
      Matrix weights = weights(layer);
      for (Chain chain : chains) {
        if (layer <= chain.depth) {
          kernel.multiplyTransposed(weights, chain.sent, scratch);
          kernel.multiplyElements(chain.slopes(layer - 1), scratch);
          kernel.scaleColumns(chain.layers.scale(layer - 1), scratch);
          kernel.copy(scratch, chain.sent);
        }
      }
    }
    chains.forEach(Chain::finishStep);
  }

  private Matrix weights(int layer) {
    Matrix weights = kept.get(layer);
    if (weights == null) {
      connections.enterDownwards(layer);
      weights = connections.weights();
      if (keeps) {
        Matrix copy = kernel.matrix(weights.rows(), weights.columns());
        kernel.copy(weights, copy);
        kept.put(layer, copy);
      }
    }
    return weights;
  }

  /** The bidiagonalisation of one depth's Jacobians, a column for each input. */
  private final class Chain {
    final int depth;
    final JacobianLayers layers;
    final Matrix sent;
    private final Panel panel;
    private final int variant;
    private final Backward pass;
    private final Matrix right;
    private final Matrix left;
    private final Bidiagonal[] columns;
    private double[] alpha = new double[0];
    private double[] beta;

    Chain(Panel panel, int variant, int depth, JacobianLayers layers, Backward pass, Matrix start) {
      this.panel = panel;
      this.variant = variant;
      this.depth = depth;
      this.layers = layers;
      this.pass = pass;
      int inputs = start.columns();
      sent = kernel.matrix(start.rows(), inputs);
      left = kernel.matrix(start.rows(), inputs);
      right = kernel.matrix(start.rows(), inputs);
      kernel.copy(start, right);
      normalise(right);
      beta = new double[inputs];
      columns =
          Stream.generate(() -> new Bidiagonal(start.rows()))
              .limit(inputs)
              .toArray(Bidiagonal[]::new);
    }

    /** φ′(z_l) of the inputs. */
    Matrix slopes(int layer) {
      return panel.inputs(panel.derivative(layer), variant);
    }

    void startUp() {
      kernel.copy(right, sent);
    }

    void startDown() {
      alpha = next(left, beta);
      kernel.copy(left, sent);
    }

    void finishStep() {
      beta = next(right, alpha);
      for (int a = 0; a < columns.length; a++) {
        if (!columns[a].isDone()) {
          columns[a].add(alpha[a], beta[a]);
        }
      }
    }

    boolean isOpen() {
      return !Arrays.stream(columns).allMatch(Bidiagonal::isDone);
    }

    /** Takes what was sent, without its part along the last vectors, in place of these. */
    private double[] next(Matrix last, double[] along) {
      kernel.scaleColumns(Arrays.stream(along).map(x -> -x).toArray(), last);
      kernel.add(1, sent, last);
      return normalise(last);
    }

    private double[] normalise(Matrix matrix) {
      double[] lengths = Arrays.stream(kernel.gram(matrix, 1)).map(Math::sqrt).toArray();
      kernel.scaleColumns(Arrays.stream(lengths).map(x -> x > 0 ? 1 / x : 0).toArray(), matrix);
      return lengths;
    }

    void report() {
      double sum = 0;
      for (int a = 0; a < columns.length; a++) {
        sum += 2 * Math.log(columns[a].largest()) + layers.lnGrowth(depth)[a];
      }
      pass.lnLargestSquare = sum / columns.length;
    }

    void close() {
      sent.close();
      left.close();
      right.close();
    }
  }
}
