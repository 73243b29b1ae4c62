package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;
import org.phasemap.theory.OutsideDomainException;

/**
 * The second moments at every node of a graph, in the limit of many channels. Each operation says
 * what it does to them, and where its formula does not hold it says so.
 */
final class Ascent {
  private final Setting setting;
  private final InputPairs inputs;
  private final List<Node> nodes;
  private final List<Signal> signals = new ArrayList<>();

  private Ascent(Setting setting, LayerGraph graph) {
    this.setting = setting;
    inputs = setting.inputs();
    nodes = graph.nodes();
  }

  /**
   * Of all nodes.
   *
   * @param below nodes of another graph of this setting
   * @param known their signals; those of equal first nodes are the same
   * @throws OutsideDomainException where there is no theory
   */
  static List<Signal> of(Setting setting, LayerGraph graph, List<Node> below, List<Signal> known) {
    Ascent ascent = new Ascent(setting, graph);
    int same = 0;
    while (same < known.size()
        && same < graph.nodes().size()
        && below.get(same).equals(graph.nodes().get(same))) {
      ascent.signals.add(known.get(same++));
    }
    for (Node node : graph.nodes().subList(same, graph.nodes().size())) {
      ascent.signals.add(ascent.signal(node));
    }
    return ascent.signals;
  }

  private Signal signal(Node node) {
    List<Signal> from = node.from().stream().map(signals::get).toList();
    return node.operation().read(new Step(node, from));
  }

  /** What comes out of a node. */
  private final class Step implements Operation.Reader<Signal> {
    private final Node node;
    private final List<Signal> from;

    Step(Node node, List<Signal> from) {
      this.node = node;
      this.from = from;
    }

    private Signal one() {
      return from.get(0);
    }

    private Signal of(List<Part> parts) {
      return Signal.of(node.shape(), setting.pairs(node.shape().grid()), parts);
    }

    private Signal each(UnaryOperator<Part> step) {
      return of(one().parts().stream().map(step).toList());
    }

    /**
     * Numbers of a Gaussian input are as large everywhere and do not depend on each other. Images
     * that are given have the products of their own numbers.
     */
    @Override
    public Signal given(Operation.Given given) {
      if (inputs.areExchangeable() || node.shape().positions() == 1) {
        return shown(0);
      }
      PositionPairs pairs = setting.pairs(node.shape().grid());
      ImageProducts.check(inputs, pairs);
      Covariance s = Covariance.zero(inputs, pairs);
      new ImageProducts(inputs, given).fill(s);
      return of(List.of(Part.centred(node.shape().channels(), Law.OTHER, s)));
    }

    @Override
    public Signal tokens(Operation.Tokens tokens) {
      OutsideDomainException.unless(
          inputs.areExchangeable(),
          "tokens of given inputs: only vectors and images have a theory");
      return shown(tokens.cosine());
    }

    private Part afterActivation(Operation.Normalise normalise, Signal below) {
      return BatchNorm.afterActivation(
          setting.network().activation(), below.only(), node.shape().channels(), normalise.gamma());
    }

    private Signal shown(double cosine) {
      Covariance s = Covariance.zero(inputs, setting.pairs(node.shape().grid()));
      fill(s, cosine);
      return of(List.of(Part.centred(node.shape().channels(), Law.OTHER, s)));
    }

    @Override
    public Signal weighted(Operation.Weighted weighted) {
      boolean areAlike = inputs.areExchangeable() || node.from().get(0) > 0;
      OutsideDomainException.unless(
          weighted.groups() == 1 || one().channels() == 1 || areAlike,
          "groups of channels of given images");
      return Ascent.this.weighted(weighted, one(), node.shape());
    }

    @Override
    public Signal activate(Operation.Activate activate) {
      return each(this::active);
    }

    private Part active(Part part) {
      StreamLaws stream = part.stream();
      if (stream != null) {
        return setting.streams().activate(part, stream);
      }
      if (part.law() == Law.FIELD) {
        return setting.positionBatches().activate(part);
      }
      Part active = setting.activation().of(part);
      return part.law() == Law.GAUSSIAN ? active.along(setting.streams().active(part)) : active;
    }

    @Override
    public Signal normalise(Operation.Normalise normalise) {
      if (normalise.norm() != Norm.BATCH) {
        return FeatureNorms.of(normalise, one());
      }
      Node under = nodes.get(node.from().get(0));
      return under.operation() instanceof Operation.Activate && one().parts().size() == 1
          ? of(List.of(afterActivation(normalise, signals.get(under.from().get(0)))))
          : each(part -> normed(part, normalise.gamma()));
    }

    private Part normed(Part part, double gamma) {
      return node.shape().positions() == 1 && inputs.areExchangeable()
          ? BatchNorm.of(part, gamma)
          : setting.positionBatches().of(part, gamma);
    }

    @Override
    public Signal sum(Operation.Sum sum) {
      return of(List.of(Ascent.this.sum(sum, node)));
    }

    @Override
    public Signal concatenate(Operation.Concatenate concatenate) {
      return of(from.stream().flatMap(signal -> signal.parts().stream()).toList());
    }

    @Override
    public Signal attend(Operation.Attend attend) {
      Part queries = from.get(0).only();
      Part keys = from.get(1).only();
      Part values = from.get(2).only();
      if (inputs.areExchangeable() || node.shape().positions() == 1) {
        return of(List.of(setting.attention().up(queries, keys, values)));
      }
      GivenAttention given = new GivenAttention(queries, keys, values);
      return Signal.of(node.shape(), given.up(node.shape().channels()), given);
    }

    @Override
    public Signal pool(Operation.Pool pool) {
      if (pool.kept() == Operation.Kept.MAX) {
        MaxPool maxima = setting.maxima(pool, underActivation());
        return Signal.of(node.shape(), maxima.part(), maxima);
      }
      OutsideDomainException.unless(
          one().parts().stream().allMatch(Part::isKnown),
          "no formula for a pool of channels that do not mix");
      return each(setting.windows(pool, one().shape().grid())::up);
    }

    /** What the activation of a max pool sees. */
    private Signal underActivation() {
      Node active = nodes.get(node.from().get(0));
      boolean isActive = active.operation() instanceof Operation.Activate;
      Signal under = isActive ? signals.get(active.from().get(0)) : one();
      OutsideDomainException.unless(
          isActive && under.parts().size() == 1 && under.only().law() == Law.GAUSSIAN,
          "no formula for a max pool of what is not an activation of Gaussians");
      return under;
    }

    @Override
    public Signal average(Operation.Average average) {
      return each(setting.everything(one().shape().grid())::up);
    }

    @Override
    public Signal flatten(Operation.Flatten flatten) {
      return of(List.of(flattened(one())));
    }
  }

  /** The inputs' own covariances, times a factor where positions differ. */
  private void fill(Covariance s, double factor) {
    for (int i = 0; i < inputs.kinds(); i++) {
      Arrays.fill(s.q()[i], inputs.square(i));
    }
    for (int block = 0; block < inputs.blocks(); block++) {
      double mean = 0.5 * (s.first(block, 0) + s.second(block, 0));
      double apart = inputs.deficit(block);
      for (int c = 0; c < s.deficit()[block].length; c++) {
        s.deficit()[block][c] = s.pairs().isDiagonal(c) ? apart : mean - factor * (mean - apart);
      }
    }
  }

  private Signal weighted(Operation.Weighted weighted, Signal from, Shape shape) {
    OutsideDomainException.unless(
        weighted.groups() == 1 || from.parts().size() == 1, "groups of channels of different laws");
    PositionPairs pairs = setting.pairs(shape.grid());
    Covariance base = Covariance.zero(inputs, pairs);
    setting
        .taps(weighted.taps(), from.shape().grid())
        .up(1 / weighted.taps().fan(from.shape().grid()), from.covariance(), base);
    double gain = setting.gain(weighted, weighted.fanIn(from.shape()));
    Covariance s = Covariance.zero(inputs, pairs);
    s.add(gain, base);
    if (weighted.biased()) {
      s.addCommon(setting.network().sigmaB2());
    }
    boolean mixes = weighted.groups() < from.channels() || from.channels() == 1;
    Law law = mixes ? Law.GAUSSIAN : Law.MIXTURE;
    return Signal.of(
        shape, Part.centred(shape.channels(), law, s), new Signal.WeightLayer(base, gain));
  }

  /** Of terms that are independent and have no mean, but one. */
  private Part sum(Operation.Sum sum, Node node) {
    Covariance s = Covariance.zero(inputs, setting.pairs(node.shape().grid()));
    boolean isGaussian = true;
    double[][] mean = Part.zeros(s);
    int dependent = 0;
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < node.from().size(); i++) {
      Signal term = signals.get(node.from().get(i));
      double factor = sum.factors().get(i);
      OutsideDomainException.unless(
          term.parts().size() == 1, "a sum of channels of different laws");
      Part part = term.only();
      s.add(factor * factor, part.covariance());
      isGaussian &= part.law() == Law.GAUSSIAN || factor == 0;
      int source = source(node.from().get(i));
      boolean isIndependent = source >= 0 && !sources.contains(source) && part.isCentred();
      dependent += isIndependent ? 0 : 1;
      sources.add(source);
      if (!part.isCentred()) {
        mean = scaled(factor, part.mean());
      }
    }
    OutsideDomainException.unless(
        dependent <= 1, "a sum of terms that depend on each other or have a mean");
    return new Part(
        node.shape().channels(),
        isGaussian ? Law.GAUSSIAN : Law.OTHER,
        s,
        mean,
        1,
        null,
        isGaussian ? null : stream(sum, node),
        null);
  }

  /** Laws of x + s·branch. */
  private @Nullable StreamLaws stream(Operation.Sum sum, Node node) {
    boolean isStream = node.from().size() == 2 && sum.factors().get(0) == 1;
    return isStream
        ? setting
            .streams()
            .sum(
                signals.get(node.from().get(0)).only(),
                signals.get(node.from().get(1)).only(),
                sum.factors().get(1))
        : null;
  }

  /** The weights that a term comes from, through what acts on each channel alone; −1 if none. */
  private int source(int node) {
    Operation operation = nodes.get(node).operation();
    if (operation instanceof Operation.Weighted) {
      return node;
    }
    boolean passes =
        operation instanceof Operation.Normalise || operation instanceof Operation.Activate;
    return passes ? source(nodes.get(node).from().get(0)) : -1;
  }

  private static double[][] scaled(double factor, double[][] mean) {
    double[][] scaled = new double[mean.length][mean[0].length];
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < mean[i].length; k++) {
        scaled[i][k] = factor * mean[i][k];
      }
    }
    return scaled;
  }

  /** Channels of all positions: their moments on average. */
  private Part flattened(Signal from) {
    Covariance s = from.covariance();
    Covariance next = Covariance.zero(inputs, setting.pairs(List.of()));
    for (int i = 0; i < inputs.kinds(); i++) {
      next.q()[i][0] = s.meanSquare(i);
    }
    PositionPairs pairs = s.pairs();
    for (int block = 0; block < inputs.blocks(); block++) {
      for (int k = 0; k < pairs.kinds(); k++) {
        next.deficit()[block][0] +=
            pairs.share(k) / pairs.positions() * s.deficit()[block][pairs.diagonal(k)];
      }
    }
    return new Part(from.shape().size(), Law.OTHER, next, new double[][] {{Double.NaN}}, 1, null);
  }
}
