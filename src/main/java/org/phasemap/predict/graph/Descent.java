package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.theory.OutsideDomainException;

/**
 * Second moments of the gradient of Σ s_i f_i on its way down, per unit: of each block of inputs and
 * class of positions. What a node's gradient does for a layer of weights is added up on the way:
 *
 * <pre>
 * Σ_w ∂f_i/∂w ∂f_j/∂w = C_out Σ_ab G_ij[a, b] S_ij[a, b]
 * </pre>
 *
 * in NTK parameterisation, S the covariance that the weights make (Jacot, Gabriel and Hongler 2018;
 * Arora et al. 2019). Numbers are kept in the range of doubles by a common factor.
 */
final class Descent {
  private static final double LARGE = 1e60;

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;

  /** [node][part][block][class], in units of exp lnUnit; null where none has arrived. */
  private final double @Nullable [][][][] gradients;

  /** [node][part]: what arrived through activations of a batch-normed node. */
  private final double[][] throughBatchNorm;

  private final List<Contribution> contributions = new ArrayList<>();
  private final double[] lnGradient;
  private double lnUnit;

  private Descent(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
    gradients = new double[signals.size()][][][];
    throughBatchNorm = new double[signals.size()][];
    lnGradient = new double[graph.depth()];
  }

  /** Signs of the inputs' outputs. */
  enum Start {
    /** s_i = 1: products of all pairs. */
    EQUAL,
    /** Independent signs: products of each input with itself. */
    INDEPENDENT
  }

  /**
   * What a layer of weights adds, in units of exp lnUnit.
   *
   * @param layer 0 is the read-out
   * @param lnUnit of the numbers
   * @param ntk Σ ∂f_i/∂ω ∂f_j/∂ω by block, NTK parameterisation
   * @param weights the same of the weights themselves, in standard parameterisation
   * @param biases of biases, in standard parameterisation; 0 without
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  record Contribution(int layer, double lnUnit, double[] ntk, double[] weights, double[] biases) {}

  /**
   * Goes down.
   *
   * @throws OutsideDomainException where there is no theory
   */
  static Descent of(Setting setting, LayerGraph graph, List<Signal> signals, Start start) {
    Descent descent = new Descent(setting, graph, signals);
    InputPairs inputs = setting.inputs();
    double[][] top = new double[inputs.blocks()][1];
    for (int block = 0; block < top.length; block++) {
      top[block][0] = start == Start.EQUAL || inputs.isOwn(block) ? 1 : 0;
    }
    descent.gradients[graph.readout()] = new double[][][] {top};
    descent.passFrom(graph.readout());
    return descent;
  }

  /**
   * The same of independent gradients of unit variance at z_L, by unit, position and input, in place
   * of the read-out's.
   */
  static Descent ofTop(Setting setting, LayerGraph graph, List<Signal> signals) {
    Descent descent = new Descent(setting, graph, signals);
    int node = graph.layers().get(graph.depth() - 1);
    PositionPairs pairs = signals.get(node).pairs();
    double[][][] top = descent.zero(node);
    for (double[][] part : top) {
      for (int block = 0; block < part.length; block++) {
        for (int c = 0; c < part[block].length; c++) {
          part[block][c] = setting.inputs().isOwn(block) && pairs.isDiagonal(c) ? 1 : 0;
        }
      }
    }
    descent.gradients[node] = top;
    descent.passFrom(node);
    return descent;
  }

  private void passFrom(int top) {
    for (int node = top; node >= 0; node--) {
      pass(node);
    }
  }

  /** ln Σ‖∂f/∂z_l‖² over units and positions, averaged over inputs; index l − 1. */
  double[] lnGradient() {
    return lnGradient;
  }

  /** From the top down. */
  List<Contribution> contributions() {
    return contributions;
  }

  private void pass(int at) {
    Node node = graph.nodes().get(at);
    double[][][] gradient = gradients[at];
    if (gradient == null && throughBatchNorm[at] == null) {
      return;
    }
    double[][][] own = gradient == null ? zero(at) : gradient;
    rescale(own);
    for (int l = 1; l <= graph.depth(); l++) {
      if (graph.layers().get(l - 1) == at) {
        lnGradient[l - 1] = lnUnit + meanLnTotal(at, own);
      }
    }
    node.operation().read(new Step(at, node, own));
    gradients[at] = null;
  }

  /** Adds what a node's gradient makes of those below; says nothing. */
  private final class Step implements Operation.Reader<@Nullable Void> {
    private final int at;
    private final Node node;
    private final double[][][] own;

    Step(int at, Node node, double[][][] own) {
      this.at = at;
      this.node = node;
      this.own = own;
    }

    private int from() {
      return node.from().get(0);
    }

    private Signal below() {
      return signals.get(from());
    }

    @Override
    public @Nullable Void given(Operation.Given given) {
      return null;
    }

    @Override
    public @Nullable Void tokens(Operation.Tokens tokens) {
      return null;
    }

    @Override
    public @Nullable Void weighted(Operation.Weighted weighted) {
      throughWeights(at, own[0], weighted);
      return null;
    }

    @Override
    public @Nullable Void activate(Operation.Activate activate) {
      throughActivation(at, from(), own);
      return null;
    }

    @Override
    public @Nullable Void normalise(Operation.Normalise normalise) {
      if (normalise.norm() == Norm.BATCH) {
        throughBatchNorm(at, from(), own, normalise.gamma());
      } else {
        throughFeatureNorm(at, from(), own, normalise.gamma());
      }
      return null;
    }

    @Override
    public @Nullable Void sum(Operation.Sum sum) {
      for (int i = 0; i < node.from().size(); i++) {
        double factor = sum.factors().get(i);
        add(node.from().get(i), 0, map(own[0], (block, c, g) -> factor * factor * g));
      }
      return null;
    }

    @Override
    public @Nullable Void concatenate(Operation.Concatenate concatenate) {
      int part = 0;
      for (int source : node.from()) {
        for (int p = 0; p < signals.get(source).parts().size(); p++) {
          add(source, p, own[part++]);
        }
      }
      return null;
    }

    @Override
    public @Nullable Void attend(Operation.Attend attend) {
      throughAttention(node, own[0]);
      return null;
    }

    @Override
    public @Nullable Void pool(Operation.Pool pool) {
      return windows(setting.windows(pool, below().shape().grid()));
    }

    @Override
    public @Nullable Void average(Operation.Average average) {
      return windows(setting.everything(below().shape().grid()));
    }

    private @Nullable Void windows(WindowPairs windows) {
      for (int p = 0; p < own.length; p++) {
        add(from(), p, Arrays.stream(own[p]).map(windows::down).toArray(double[][]::new));
      }
      return null;
    }

    @Override
    public @Nullable Void flatten(Operation.Flatten flatten) {
      PositionPairs pairs = below().pairs();
      for (int p = 0; p < below().parts().size(); p++) {
        add(from(), p, fill(from(), (b, c) -> pairs.isDiagonal(c) ? own[0][b][0] : 0));
      }
      return null;
    }
  }

  private void throughWeights(int at, double[][] gradient, Operation.Weighted weighted) {
    int from = graph.nodes().get(at).from().get(0);
    Signal below = signals.get(from);
    Signal.WeightLayer layer = signals.get(at).layer();
    if (layer == null) {
      throw new IllegalStateException("no weights at node " + at);
    }
    contribute(at, weighted, layer, gradient);
    double factor =
        layer.gain()
            * weighted.channels()
            / (weighted.taps().fan(below.shape().grid()) * below.channels());
    TapPairs taps = setting.taps(weighted.taps(), below.shape().grid());
    double[][] next = new double[gradient.length][];
    for (int block = 0; block < next.length; block++) {
      next[block] = taps.down(factor, gradient[block]);
    }
    for (int p = 0; p < below.parts().size(); p++) {
      add(from, p, next);
    }
  }

  private void contribute(
      int at, Operation.Weighted weighted, Signal.WeightLayer layer, double[][] gradient) {
    Node node = graph.nodes().get(at);
    Signal below = signals.get(node.from().get(0));
    double sigmaB2 = layer.biased() ? setting.network().sigmaB2() : 0;
    double kept = setting.network().keepProbability() * weighted.fanIn(below.shape());
    int blocks = gradient.length;
    double[] ntk = new double[blocks];
    double[] weights = new double[blocks];
    double[] biases = new double[blocks];
    PositionPairs pairs = signals.get(at).pairs();
    for (int block = 0; block < blocks; block++) {
      double products = 0;
      double sum = 0;
      for (int c = 0; c < pairs.classes(); c++) {
        double g = pairs.multiplicity(c) * gradient[block][c];
        sum += g;
        // Of channels that do not mix, products of different positions are not known, nor needed.
        products += g == 0 ? 0 : g * layer.base().of(block, c);
      }
      ntk[block] =
          weighted.channels() * (setting.tangentGain(weighted) * products + sigmaB2 * sum);
      weights[block] = weighted.channels() * kept * products;
      biases[block] = sigmaB2 > 0 ? weighted.channels() * sum : 0;
    }
    contributions.add(new Contribution(node.layer(), lnUnit, ntk, weights, biases));
  }

  private void throughActivation(int at, int from, double[][][] own) {
    for (int p = 0; p < own.length; p++) {
      Part below = signals.get(from).parts().get(p);
      if (below.law() == Law.SPHERE) {
        double[][] g = own[p];
        double through =
            BatchNorm.through(
                setting.activation().batch(below.gamma()),
                setting.inputs().count(),
                g[0][0],
                g[1][0]);
        batchNormed(from)[p] += through;
        continue;
      }
      double[][] slopes = signals.get(at).parts().get(p).slopes();
      if (slopes == null) {
        add(from, p, own[p]); // the identity
        continue;
      }
      PositionPairs pairs = signals.get(at).pairs();
      boolean isMixture = below.law() == Law.MIXTURE;
      add(
          from,
          p,
          map(
              own[p],
              (block, c, g) -> {
                OutsideDomainException.unless(
                    !isMixture || g == 0 || pairs.isDiagonal(c) && setting.inputs().isOwn(block),
                    "channels that do not mix: no gradients of what positions or inputs share");
                return g == 0 ? 0 : g * slopes[block][c];
              }));
    }
  }

  private double[] batchNormed(int node) {
    double[] sums = throughBatchNorm[node];
    if (sums == null) {
      sums = new double[signals.get(node).parts().size()];
      throughBatchNorm[node] = sums;
    }
    return sums;
  }

  private void throughBatchNorm(int at, int from, double[][][] own, double gamma) {
    double[] activated = batchNormed(at);
    for (int p = 0; p < own.length; p++) {
      int batch = setting.inputs().count();
      double linear = BatchNorm.throughLinear(gamma, batch, own[p][0][0], own[p][1][0]);
      double[] down = BatchNorm.down(signals.get(from).parts().get(p), activated[p] + linear);
      add(from, p, new double[][] {{down[0]}, {down[1]}});
    }
    throughBatchNorm[at] = new double[0];
  }

  /** The norm's own projection, of order 1/channels, is left out. */
  private void throughFeatureNorm(int at, int from, double[][][] own, double gamma) {
    double[][] deviation = signals.get(at).deviation();
    PositionPairs pairs = signals.get(at).pairs();
    InputPairs inputs = setting.inputs();
    for (int p = 0; p < own.length; p++) {
      add(
          from,
          p,
          map(
              own[p],
              (block, c, g) ->
                  gamma
                      * gamma
                      * g
                      / deviation[inputs.first(block)][pairs.kind(pairs.first(c))]
                      / deviation[inputs.second(block)][pairs.kind(pairs.second(c))]));
    }
  }

  private void throughAttention(Node node, double[][] own) {
    Part queries = signals.get(node.from().get(0)).only();
    Part keys = signals.get(node.from().get(1)).only();
    Part values = signals.get(node.from().get(2)).only();
    double[][][] next = new double[3][own.length][];
    for (int block = 0; block < own.length; block++) {
      double[][] down = setting.attention().down(queries, keys, values, block, own[block]);
      for (int i = 0; i < 3; i++) {
        next[i][block] = down[i];
      }
    }
    for (int i = 0; i < 3; i++) {
      add(node.from().get(i), 0, next[i]);
    }
  }

  private interface Entry {
    double of(int block, int c, double g);
  }

  private static double[][] map(double[][] gradient, Entry entry) {
    double[][] next = new double[gradient.length][];
    for (int block = 0; block < next.length; block++) {
      next[block] = new double[gradient[block].length];
      for (int c = 0; c < next[block].length; c++) {
        next[block][c] = entry.of(block, c, gradient[block][c]);
      }
    }
    return next;
  }

  private interface Value {
    double of(int block, int c);
  }

  private double[][] fill(int node, Value value) {
    double[][] zeros = new double[setting.inputs().blocks()][signals.get(node).pairs().classes()];
    return map(zeros, (block, c, g) -> value.of(block, c));
  }

  private double[][][] zero(int node) {
    double[][][] zero = new double[signals.get(node).parts().size()][][];
    Arrays.setAll(zero, p -> fill(node, (block, c) -> 0));
    return zero;
  }

  private void add(int node, int part, double[][] gradient) {
    double[][][] sum = gradients[node];
    if (sum == null) {
      sum = zero(node);
      gradients[node] = sum;
    }
    for (int block = 0; block < gradient.length; block++) {
      for (int c = 0; c < gradient[block].length; c++) {
        sum[part][block][c] += gradient[block][c];
      }
    }
  }

  /** Changes the unit where a node's gradient would leave the range of doubles. */
  private void rescale(double[][][] own) {
    double largest = 0;
    for (double[][] part : own) {
      for (double[] block : part) {
        for (double g : block) {
          largest = Math.max(largest, Math.abs(g));
        }
      }
    }
    if (!(largest > LARGE || largest > 0 && largest < 1 / LARGE)) {
      return;
    }
    lnUnit += Math.log(largest);
    for (int node = 0; node < gradients.length; node++) {
      double[][][] pending = gradients[node];
      if (pending != null) {
        multiply(pending, 1 / largest);
      }
      double[] sums = throughBatchNorm[node];
      for (int p = 0; sums != null && p < sums.length; p++) {
        sums[p] /= largest;
      }
    }
  }

  private static void multiply(double[][][] gradient, double factor) {
    for (double[][] part : gradient) {
      for (double[] block : part) {
        for (int c = 0; c < block.length; c++) {
          block[c] *= factor;
        }
      }
    }
  }

  private double meanLnTotal(int node, double[][][] own) {
    InputPairs inputs = setting.inputs();
    PositionPairs pairs = signals.get(node).pairs();
    double mean = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      double total = 0;
      for (int p = 0; p < own.length; p++) {
        for (int k = 0; k < pairs.kinds(); k++) {
          double g = own[p][inputs.own(i)][pairs.diagonal(k)];
          total += signals.get(node).parts().get(p).channels() * pairs.share(k) * g;
        }
      }
      mean += Math.log(total) / inputs.kinds();
    }
    return mean;
  }
}
