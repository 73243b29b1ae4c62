package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.ActivatedBatch;

/**
 * Second moments of the gradient of Σ s_i f_i on its way down, per unit, of each block of inputs
 * and class of positions; what weights add to tangent kernels is taken on the way.
 */
final class Descent {
  private static final double MOST_KEPT = 4e6;

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final boolean keeps;
  private final Gradients gradients;
  private final List<Contribution> contributions = new ArrayList<>();
  private final double[] lnGradient;

  /** At the outputs of activations: [block][class], each in a unit of its own. */
  private final Map<Integer, double[][]> atActivations = new HashMap<>();

  /** At all nodes, if these are no more numbers than {@link #MOST_KEPT}. */
  private final Map<Integer, Arrived> arrived = new HashMap<>();

  private Descent(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
    gradients = new Gradients(setting.inputs(), signals);
    lnGradient = new double[graph.depth()];
    double numbers =
        signals.stream().mapToDouble(s -> (double) s.parts().size() * s.pairs().classes()).sum();
    keeps = numbers * setting.inputs().blocks() <= MOST_KEPT;
  }

  /** Signs of the inputs' outputs. */
  enum Start {
    /** s_i = 1: products of all pairs. */
    EQUAL,
    /** Independent signs: products of each input with itself. */
    INDEPENDENT
  }

  /**
   * Goes down from the read-out.
   *
   * @throws OutsideDomainException where there is no theory
   */
  static Descent of(Setting setting, LayerGraph graph, List<Signal> signals, Start start) {
    InputPairs inputs = setting.inputs();
    return from(
        setting,
        graph,
        signals,
        graph.readout(),
        (block, c) -> start == Start.EQUAL || inputs.isOwn(block) ? 1 : 0);
  }

  /**
   * The same from independent gradients of unit variance at z_L, by unit, position and input, in
   * place of the read-out's.
   */
  static Descent ofTop(Setting setting, LayerGraph graph, List<Signal> signals) {
    int node = graph.layers().get(graph.depth() - 1);
    PositionPairs pairs = signals.get(node).pairs();
    InputPairs inputs = setting.inputs();
    return from(
        setting,
        graph,
        signals,
        node,
        (block, c) -> inputs.isOwn(block) && pairs.isDiagonal(c) ? 1 : 0);
  }

  private static Descent from(
      Setting setting, LayerGraph graph, List<Signal> signals, int top, Value start) {
    Descent descent = new Descent(setting, graph, signals);
    for (int p = 0; p < signals.get(top).parts().size(); p++) {
      descent.gradients.add(top, p, descent.fill(top, start));
    }
    for (int node = top; node >= 0; node--) {
      if (descent.gradients.hasArrived(node)) {
        descent.pass(node);
      }
    }
    return descent;
  }

  /** ln Σ‖∂f/∂z_l‖² over units and positions, averaged over inputs; index l − 1. */
  double[] lnGradient() {
    return lnGradient;
  }

  /** Second moments per unit at what an activation of one part puts out, up to a factor. */
  double[][] atActivation(int node) {
    return Objects.requireNonNull(atActivations.get(node), "no gradient");
  }

  /**
   * Second moments per unit at a node.
   *
   * @param lnUnit of the numbers
   * @param parts [part][block][class]
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  record Arrived(double lnUnit, double[][][] parts) {}

  /** At a node that outputs depend on; null at any other, or where none are kept. */
  @Nullable Arrived at(int node) {
    return arrived.get(node);
  }

  /** From the top down. */
  List<Contribution> contributions() {
    return contributions;
  }

  private void pass(int at) {
    double[][][] own = gradients.take(at);
    double[] fresh = ownMoments(at, own[0]);
    double[][] along = gradients.along(at);
    if (along != null) {
      addOwn(at, own[0], setting.streams().means(signals.get(at).only(), along));
    }
    int layer = graph.layers().indexOf(at);
    if (layer >= 0) {
      lnGradient[layer] = gradients.meanLnTotal(at, own);
    }
    if (keeps) {
      arrived.put(at, new Arrived(gradients.lnUnit(), own));
    }
    Node node = graph.nodes().get(at);
    double[][][][] below = node.operation().read(new Step(at, node, own, fresh, along));
    for (int i = 0; i < below.length; i++) {
      for (int p = 0; p < below[i].length; p++) {
        gradients.add(node.from().get(i), p, below[i][p]);
      }
    }
  }

  /** What a node's gradient makes of those below: [what goes in][part][block][class]. */
  private final class Step implements Operation.Reader<double[][][][]> {
    private final int at;
    private final Node node;
    private final double[][][] own;

    /** By input: what does not depend on the stream's own number. */
    private final double[] fresh;

    /** What does, at the points of its laws. */
    private final double @Nullable [][] along;

    Step(int at, Node node, double[][][] own, double[] fresh, double @Nullable [][] along) {
      this.at = at;
      this.node = node;
      this.own = own;
      this.fresh = fresh;
      this.along = along;
    }

    private int from() {
      return node.from().get(0);
    }

    private double[][][][] bent(Part from) {
      OutsideDomainException.unless(
          !graph.couplesInputs(), "no formula for batch norm in streams that an activation bends");
      double[][] under = setting.streams().under(from, fresh, along);
      InputPairs inputs = setting.inputs();
      PositionPairs pairs = below().pairs();
      double[][] averages =
          fill(from(), (block, c) -> inputs.isOwn(block) && pairs.isDiagonal(c) ? 0 : Double.NaN);
      if (from.stream() == null) {
        addOwn(from(), averages, setting.streams().means(from, under));
      } else {
        gradients.putAlong(from(), under);
      }
      return new double[][][][] {{averages}};
    }

    private Signal below() {
      return signals.get(from());
    }

    private double[][][][] each(BlockArrays.PartStep step) {
      double[][][] parts = new double[own.length][][];
      Arrays.setAll(parts, p -> step.of(p, own[p]));
      return new double[][][][] {parts};
    }

    @Override
    public double[][][][] given(Operation.Given given) {
      return new double[0][][][];
    }

    @Override
    public double[][][][] tokens(Operation.Tokens tokens) {
      return new double[0][][][];
    }

    @Override
    public double[][][][] weighted(Operation.Weighted weighted) {
      Signal above = signals.get(at);
      contributions.add(
          Contribution.of(setting, at, node, below(), above, gradients.lnUnit(), own[0]));
      double fan = weighted.taps().fan(below().shape().grid()) * below().channels();
      double factor = above.weights().gain() * weighted.channels() / fan;
      TapPairs taps = setting.taps(weighted.taps(), below().shape().grid());
      double[][] down = BlockArrays.blocks(own[0], gradient -> taps.down(factor, gradient));
      double[][][] parts = new double[below().parts().size()][][];
      Arrays.fill(parts, down);
      return new double[][][][] {parts};
    }

    @Override
    public double[][][][] activate(Operation.Activate activate) {
      atActivations.put(at, own[0]);
      Part from = below().parts().get(0);
      if (BatchNorm.scalar(gradients.throughBatchNorm(at, 0)) != 0) {
        return new double[][][][] {{throughNormedActivation(at, from, own[0])}};
      }
      if (along != null || from.stream() != null) {
        return bent(from);
      }
      return each((p, gradient) -> throughActivation(at, from(), p, gradient));
    }

    @Override
    public double[][][][] normalise(Operation.Normalise normalise) {
      double gamma = normalise.gamma();
      if (normalise.norm() != Norm.BATCH) {
        return each((p, gradient) -> throughFeatureNorm(signals.get(at), gradient, gamma));
      }
      if (graph.nodes().get(from()).operation() instanceof Operation.Activate) {
        double batch = setting.inputs().count();
        double centred = batch * gamma * gamma * (own[0][0][0] - own[0][1][0]);
        gradients.addThroughBatchNorm(from(), 0, new double[][] {{centred}});
        return new double[][][][] {{BlockArrays.map(own[0], (block, c, g) -> 0)}};
      }
      return each(
          (p, gradient) -> throughBatchNorm(at, below().parts().get(p), p, gradient, gamma));
    }

    @Override
    public double[][][][] sum(Operation.Sum sum) {
      StreamLaws stream = signals.get(at).only().stream();
      if (along != null && stream != null) {
        gradients.putAlong(from(), Streams.below(stream, along));
      }
      boolean isBent = along != null;
      double[][][][] terms = new double[node.from().size()][][][];
      Arrays.setAll(
          terms,
          i -> {
            boolean comesAlong = isBent && i == 0;
            double factor = comesAlong ? 0 : sum.factors().get(i) * sum.factors().get(i);
            return new double[][][] {BlockArrays.map(own[0], (block, c, g) -> factor * g)};
          });
      return terms;
    }

    @Override
    public double[][][][] concatenate(Operation.Concatenate concatenate) {
      double[][][][] sources = new double[node.from().size()][][][];
      int part = 0;
      for (int i = 0; i < sources.length; i++) {
        int parts = signals.get(node.from().get(i)).parts().size();
        sources[i] = Arrays.copyOfRange(own, part, part + parts);
        part += parts;
      }
      return sources;
    }

    @Override
    public double[][][][] attend(Operation.Attend attend) {
      Part queries = signals.get(node.from().get(0)).only();
      Part keys = signals.get(node.from().get(1)).only();
      Part values = signals.get(node.from().get(2)).only();
      double[][][][] next = new double[3][1][own[0].length][];
      for (int block = 0; block < own[0].length; block++) {
        double[][] down =
            signals.get(at).kept() instanceof GivenAttention given
                ? given.down(block, own[0][block])
                : setting.attention().down(queries, keys, values, block, own[0][block]);
        for (int i = 0; i < 3; i++) {
          next[i][0][block] = down[i];
        }
      }
      return next;
    }

    @Override
    public double[][][][] pool(Operation.Pool pool) {
      if (!(signals.get(at).kept() instanceof MaxPool maxima)) {
        return windows(setting.windows(pool, below().shape().grid()));
      }
      int underActivation = graph.nodes().get(from()).from().get(0);
      gradients.add(underActivation, 0, maxima.down(own[0]));
      return new double[][][][] {{fill(from(), (block, c) -> 0)}};
    }

    @Override
    public double[][][][] average(Operation.Average average) {
      return windows(setting.everything(below().shape().grid()));
    }

    private double[][][][] windows(WindowPairs windows) {
      return each((p, gradient) -> BlockArrays.blocks(gradient, windows::down));
    }

    @Override
    public double[][][][] flatten(Operation.Flatten flatten) {
      PositionPairs pairs = below().pairs();
      double[][][] parts = new double[below().parts().size()][][];
      double[][] down = fill(from(), (b, c) -> pairs.isDiagonal(c) ? own[0][b][0] : 0);
      Arrays.fill(parts, down);
      return new double[][][][] {parts};
    }
  }

  private double[][] throughActivation(int at, int from, int p, double[][] gradient) {
    Part below = signals.get(from).parts().get(p);
    PositionPairs pairs = signals.get(at).pairs();
    if (below.law() == Law.SPHERE) {
      gradients.addThroughBatchNorm(
          from,
          p,
          new double[][] {
            {
              BatchNorm.through(
                  setting.activation().batch(below.gamma()),
                  setting.inputs().count(),
                  gradient[0][0],
                  gradient[1][0])
            }
          });
      return BlockArrays.map(gradient, (block, c, g) -> 0);
    }
    if (below.law() == Law.FIELD) {
      gradients.addThroughBatchNorm(from, p, setting.positionBatches().down(below, gradient));
      return BlockArrays.map(gradient, (block, c, g) -> 0);
    }
    double[][] slopes = signals.get(at).parts().get(p).slopes();
    if (slopes == null) {
      return gradient; // φ is the identity
    }
    boolean isMixture = below.law() == Law.MIXTURE;
    return BlockArrays.map(
        gradient,
        (block, c, g) -> {
          OutsideDomainException.unless(
              !isMixture || g == 0 || (pairs.isDiagonal(c) && setting.inputs().isOwn(block)),
              "channels that do not mix: no gradients of what positions or inputs share");
          return g == 0 ? 0 : g * slopes[block][c];
        });
  }

  /** φ of Gaussian units that a batch norm alone sees. */
  private double[][] throughNormedActivation(int at, Part below, double[][] gradient) {
    OutsideDomainException.unless(
        Arrays.stream(gradient).flatMapToDouble(Arrays::stream).allMatch(g -> g == 0),
        "no formula for an activation that is seen with batch norm and without");
    ActivatedBatch batch = setting.activation().activated(below);
    double through = BatchNorm.scalar(gradients.throughBatchNorm(at, 0));
    return new double[][] {{through * batch.own()}, {through * batch.cross()}};
  }

  private double[][] throughBatchNorm(
      int at, Part below, int p, double[][] gradient, double gamma) {
    double[][] through = gradients.throughBatchNorm(at, p);
    boolean isVector = below.covariance().pairs().positions() == 1;
    if (!isVector || !setting.inputs().areExchangeable()) {
      Part normed = signals.get(at).parts().get(p);
      double[][] down = setting.positionBatches().downLinear(normed, gradient);
      return through.length == 0
          ? down
          : BlockArrays.map(down, (block, c, g) -> g + through[block][c]);
    }
    int batch = setting.inputs().count();
    double linear = BatchNorm.throughLinear(gamma, batch, gradient[0][0], gradient[1][0]);
    double[] down = BatchNorm.down(below, BatchNorm.scalar(through) + linear);
    return new double[][] {{down[0]}, {down[1]}};
  }

  /** The norm's own projection, of order 1/channels, is left out. */
  private double[][] throughFeatureNorm(Signal above, double[][] gradient, double gamma) {
    double[][] deviation = above.deviation();
    PositionPairs pairs = above.pairs();
    InputPairs inputs = setting.inputs();
    return BlockArrays.map(
        gradient,
        (block, c, g) ->
            gamma
                * gamma
                * g
                / deviation[inputs.first(block)][pairs.kind(pairs.first(c))]
                / deviation[inputs.second(block)][pairs.kind(pairs.second(c))]);
  }

  /** Second moments by input and kind of position. */
  private double[] ownMoments(int node, double[][] gradient) {
    PositionPairs pairs = signals.get(node).pairs();
    InputPairs inputs = setting.inputs();
    double[] moments = new double[inputs.kinds() * pairs.kinds()];
    Arrays.setAll(
        moments, n -> gradient[inputs.own(n / pairs.kinds())][pairs.diagonal(n % pairs.kinds())]);
    return moments;
  }

  /** Adds means by input and kind of position. */
  private void addOwn(int node, double[][] gradient, double[] means) {
    PositionPairs pairs = signals.get(node).pairs();
    for (int n = 0; n < means.length; n++) {
      int own = setting.inputs().own(n / pairs.kinds());
      gradient[own][pairs.diagonal(n % pairs.kinds())] += means[n];
    }
  }

  private interface Value {
    double of(int block, int c);
  }

  private double[][] fill(int node, Value value) {
    double[][] zeros = new double[setting.inputs().blocks()][signals.get(node).pairs().classes()];
    return BlockArrays.map(zeros, (block, c, g) -> value.of(block, c));
  }
}
