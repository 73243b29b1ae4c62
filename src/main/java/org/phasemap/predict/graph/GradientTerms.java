package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;

/**
 * What a gradient at a stream is the sum of: D Wᵀg of each activation that reads it, Wᵀg of weights
 * that read it as it is, and what a later sum hands down.
 */
final class GradientTerms {
  /** Terms that are seldom of this share of a gradient are not told apart. */
  private static final double NONE = 1e-9;

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final Descent descent;
  private final Map<Integer, List<Term>> terms = new HashMap<>();
  private final Map<Integer, List<Part>> made = new HashMap<>();

  GradientTerms(Fluctuations means, Descent descent) {
    setting = means.setting();
    graph = means.graph();
    signals = means.signals();
    this.descent = descent;
  }

  /**
   * A term.
   *
   * @param slopes the reading of φ′² that Wᵀg goes through; empty without
   * @param weights node of W; −1 of what a later sum hands down
   * @param active node and part of the activation; −1 without
   * @param normalise node of a norm below that; −1 without
   * @param moments E of its products, [block][class]
   * @param parts what it is made of
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  record Term(
      Optional<Reading> slopes,
      int weights,
      int active,
      int part,
      int normalise,
      double[][] moments,
      List<Part> parts) {
    boolean isFresh() {
      return weights >= 0;
    }
  }

  /** What Wᵀg of some weights is of a gradient, and the slopes that it came through. */
  record Part(Optional<Reading> slopes, double size) {}

  /** The terms at a stream; empty where something else reads it. */
  Optional<List<Term>> of(int stream, double lnUnit) {
    List<Term> found = new ArrayList<>();
    for (int at = stream + 1; at <= graph.readout(); at++) {
      Node node = graph.nodes().get(at);
      boolean isRead = descent.at(at) != null && reads(node, stream);
      if (isRead && !add(at, node, stream, lnUnit, found)) {
        return Optional.empty();
      }
    }
    terms.put(stream, found);
    return Optional.of(found);
  }

  private boolean reads(Node node, int stream) {
    for (int from : node.from()) {
      Operation operation = graph.nodes().get(from).operation();
      boolean passes =
          operation instanceof Operation.Concatenate || operation instanceof Operation.Normalise;
      if (from == stream || (passes && graph.nodes().get(from).from().contains(stream))) {
        return !(node.operation() instanceof Operation.Concatenate
            || node.operation() instanceof Operation.Normalise);
      }
    }
    return false;
  }

  private boolean add(int at, Node node, int stream, double lnUnit, List<Term> found) {
    Operation operation = node.operation();
    if (operation instanceof Operation.Sum sum) {
      addHandedDown(at, node, sum, stream, lnUnit, found);
      return true;
    }
    if (operation instanceof Operation.Weighted weighted) {
      double[][] y = through(at, weighted, lnUnit);
      found.add(fresh(Optional.empty(), at, -1, 0, -1, y));
      return node.from().get(0) == stream;
    }
    if (operation instanceof Operation.Flatten || operation instanceof Operation.Average) {
      double[][] y = moments(stream, 0, lnUnit);
      found.add(fresh(Optional.empty(), graph.readout(), -1, 0, -1, y));
      return node.from().get(0) == stream;
    }
    return operation instanceof Operation.Activate && addActive(at, node, stream, lnUnit, found);
  }

  private void addHandedDown(
      int at, Node node, Operation.Sum sum, int stream, double lnUnit, List<Term> found) {
    for (int i = 0; i < node.from().size(); i++) {
      int from = node.from().get(i);
      boolean isNormed = from != stream && graph.nodes().get(from).from().contains(stream);
      double factor = sum.factors().get(i);
      if (factor != 0 && (from == stream || isNormed)) {
        double[][] moments = scaled(factor * factor, moments(at, 0, lnUnit));
        int norm = isNormed ? from : -1;
        double[][] own = isNormed ? divided(from, moments) : moments;
        found.add(new Term(Optional.empty(), -1, -1, 0, norm, own, parts(at)));
      }
    }
  }

  private boolean addActive(int at, Node node, int stream, double lnUnit, List<Term> found) {
    int below = node.from().get(0);
    Node from = graph.nodes().get(below);
    boolean isOfParts = from.operation() instanceof Operation.Concatenate;
    int part = isOfParts ? from.from().indexOf(stream) : 0;
    int read = isOfParts ? stream : below;
    Optional<Reading> slopes = Readings.slopes(graph, setting.network(), read);
    if (slopes.isEmpty()) {
      return false;
    }
    double[][] y = moments(at, part, lnUnit);
    double[][] factors = signals.get(at).parts().get(part).slopes();
    double[][] moments =
        factors == null ? y : BlockArrays.map(y, (block, c, g) -> g * factors[block][c]);
    boolean isNormed = from.operation() instanceof Operation.Normalise;
    moments = isNormed ? divided(below, moments) : moments;
    found.add(fresh(slopes, weightsAbove(at), at, part, isNormed ? below : -1, moments));
    return true;
  }

  private double[][] divided(int at, double[][] moments) {
    double gamma = ((Operation.Normalise) graph.nodes().get(at).operation()).gamma();
    double[][] deviation = signals.get(at).deviation();
    PositionPairs pairs = signals.get(at).pairs();
    InputPairs inputs = setting.inputs();
    return BlockArrays.map(
        moments,
        (block, c, g) ->
            gamma
                * gamma
                * g
                / deviation[inputs.first(block)][pairs.kind(pairs.first(c))]
                / deviation[inputs.second(block)][pairs.kind(pairs.second(c))]);
  }

  private int weightsAbove(int active) {
    for (int at = active + 1; at <= graph.readout(); at++) {
      Node node = graph.nodes().get(at);
      if (node.operation() instanceof Weighted && node.from().get(0) == active) {
        return at;
      }
    }
    return graph.readout();
  }

  private Term fresh(
      Optional<Reading> slopes, int weights, int active, int part, int normalise, double[][] m) {
    double size = own(m);
    return new Term(slopes, weights, active, part, normalise, m, List.of(new Part(slopes, size)));
  }

  /** Mean over positions of the squares. */
  private double own(double[][] moments) {
    double[] own = moments[setting.inputs().own(0)];
    double sum = 0;
    double count = 0;
    PositionPairs pairs = pairs(own.length);
    for (int k = 0; k < pairs.kinds(); k++) {
      sum += pairs.share(k) * own[pairs.diagonal(k)];
      count += pairs.share(k);
    }
    return sum / count;
  }

  private PositionPairs pairs(int classes) {
    return signals.stream()
        .map(Signal::pairs)
        .filter(p -> p.classes() == classes)
        .findFirst()
        .orElseThrow();
  }

  /** What the gradient at a stream is made of. */
  private List<Part> parts(int stream) {
    return made.computeIfAbsent(
        stream,
        s -> {
          List<Part> all = new ArrayList<>();
          double total = 0;
          for (Term term : terms.getOrDefault(s, List.of())) {
            all.addAll(term.parts());
            total += own(term.moments());
          }
          double least = NONE * total;
          all.removeIf(part -> part.size() < least);
          return all;
        });
  }

  /** E of products at a node, in a unit. */
  double[][] moments(int at, int part, double lnUnit) {
    Descent.Arrived arrived = Objects.requireNonNull(descent.at(at), "no gradient");
    return scaled(Math.exp(arrived.lnUnit() - lnUnit), arrived.parts()[part]);
  }

  private double[][] through(int at, Weighted weighted, double lnUnit) {
    Signal below = signals.get(graph.nodes().get(at).from().get(0));
    double fan = weighted.taps().fan(below.shape().grid()) * below.channels();
    double factor = signals.get(at).weights().gain() * weighted.channels() / fan;
    TapPairs taps = setting.taps(weighted.taps(), below.shape().grid());
    return BlockArrays.blocks(moments(at, 0, lnUnit), g -> taps.down(factor, g));
  }

  private static double[][] scaled(double factor, double[][] of) {
    return BlockArrays.map(of, (block, c, g) -> factor * g);
  }
}
