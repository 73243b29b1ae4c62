package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
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
    Operation operation = node.operation();
    if (operation instanceof Operation.Given) {
      return given(node.shape());
    }
    Signal from = signals.get(node.from().get(0));
    if (operation instanceof Operation.Tokens tokens) {
      return tokens(tokens, from, node.shape());
    }
    if (operation instanceof Operation.Weighted weighted) {
      return weighted(weighted, from, node.shape());
    }
    if (operation instanceof Operation.Normalise normalise) {
      return normalise.norm() == Norm.BATCH
          ? of(node, parts(from, part -> BatchNorm.of(part, normalise.gamma())))
          : FeatureNorms.of(normalise, from);
    }
    return of(node, parts(operation, node, from));
  }

  private List<Part> parts(Operation operation, Node node, Signal from) {
    if (operation instanceof Operation.Activate) {
      return parts(from, setting.activation()::of);
    }
    if (operation instanceof Operation.Sum sum) {
      return List.of(sum(sum, node));
    }
    if (operation instanceof Operation.Concatenate) {
      return node.from().stream().flatMap(i -> signals.get(i).parts().stream()).toList();
    }
    if (operation instanceof Operation.Attend) {
      return List.of(
          setting
              .attention()
              .up(
                  from.only(),
                  signals.get(node.from().get(1)).only(),
                  signals.get(node.from().get(2)).only()));
    }
    if (operation instanceof Operation.Average) {
      return parts(from, this::averaged);
    }
    if (operation instanceof Operation.Flatten) {
      return List.of(flattened(from));
    }
    throw new OutsideDomainException("no formula for " + operation);
  }

  private interface Step {
    Part of(Part part);
  }

  private static List<Part> parts(Signal from, Step step) {
    List<Part> parts = new ArrayList<>();
    for (Part part : from.parts()) {
      parts.add(step.of(part));
    }
    return parts;
  }

  private Signal of(Node node, List<Part> parts) {
    return Signal.of(node.shape(), setting.pairs(node.shape().grid()), parts);
  }

  /** Numbers of an input are as large everywhere and do not depend on each other. */
  private Signal given(Shape shape) {
    PositionPairs pairs = setting.pairs(shape.grid());
    OutsideDomainException.unless(
        inputs.areExchangeable() || pairs.positions() == 1,
        "images of given inputs: only vectors have a theory");
    Covariance s = Covariance.zero(inputs, pairs);
    fill(s, 0);
    return Signal.of(shape, pairs, List.of(Part.centred(shape.channels(), Law.OTHER, s)));
  }

  private Signal tokens(Operation.Tokens tokens, Signal from, Shape shape) {
    OutsideDomainException.unless(
        inputs.areExchangeable(), "tokens of given inputs: only vectors have a theory");
    PositionPairs pairs = setting.pairs(shape.grid());
    Covariance s = Covariance.zero(inputs, pairs);
    fill(s, tokens.cosine());
    return Signal.of(shape, pairs, List.of(Part.centred(shape.channels(), Law.OTHER, s)));
  }

  /** The inputs' own covariances, times a factor where positions differ. */
  private void fill(Covariance s, double factor) {
    for (int i = 0; i < inputs.kinds(); i++) {
      java.util.Arrays.fill(s.q()[i], inputs.square(i));
    }
    for (int block = 0; block < inputs.blocks(); block++) {
      double mean = 0.5 * (s.first(block, 0) + s.second(block, 0));
      double apart = inputs.deficit(block);
      for (int c = 0; c < s.deficit()[block].length; c++) {
        s.deficit()[block][c] =
            s.pairs().isDiagonal(c) ? apart : mean - factor * (mean - apart);
      }
    }
  }

  private Signal weighted(Operation.Weighted weighted, Signal from, Shape shape) {
    OutsideDomainException.unless(
        weighted.groups() == 1 || from.parts().size() == 1,
        "groups of channels of different laws");
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
    return new Signal(
        shape,
        pairs,
        List.of(Part.centred(shape.channels(), law, s)),
        new Signal.WeightLayer(base, gain, weighted.biased()),
        new double[0][]);
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
        node.shape().channels(), isGaussian ? Law.GAUSSIAN : Law.OTHER, s, mean, 1, null);
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

  /** The mean over positions. */
  private Part averaged(Part part) {
    Covariance s = part.covariance();
    Covariance next = Covariance.zero(inputs, setting.pairs(List.of()));
    double[][] mean = Part.zeros(next);
    double[] own = new double[inputs.kinds()];
    for (int i = 0; i < inputs.kinds(); i++) {
      own[i] = s.meanDeficit(inputs.own(i));
      next.q()[i][0] = s.meanSquare(i) - own[i];
      for (int k = 0; k < s.pairs().kinds(); k++) {
        mean[i][0] += s.pairs().share(k) * part.mean()[i][k] / s.pairs().positions();
      }
    }
    for (int block = 0; block < inputs.blocks(); block++) {
      next.deficit()[block][0] =
          inputs.isOwn(block)
              ? 0
              : s.meanDeficit(block)
                  - 0.5 * (own[inputs.first(block)] + own[inputs.second(block)]);
    }
    return new Part(part.channels(), Law.OTHER, next, mean, 1, null);
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
    return new Part(
        from.shape().size(), Law.OTHER, next, new double[][] {{Double.NaN}}, 1, null);
  }
}
