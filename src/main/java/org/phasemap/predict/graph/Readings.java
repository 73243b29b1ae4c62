package org.phasemap.predict.graph;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;

/** Finds what weights see: ReLU, with a norm or without, of sums of what other weights make. */
final class Readings {
  /** Of the variance of a layer, as a share: its root is then right to 5 %. */
  static final double LARGEST_SHARE = 0.1;

  /** n Var ln of one layer, first order. */
  static final double ONE_LAYER = 5;

  /** E (relu z)⁴/(E (relu z)²)², of which a row's norm leaves k/(k + 2). */
  private static final double LARGER_FOURTH = 6;

  /** Positions of channels that do not mix: all are drawn together. */
  private static final int MOST_APART = 64;

  private final LayerGraph graph;
  private boolean covered = true;

  private Readings(LayerGraph graph) {
    this.graph = graph;
  }

  /** Of the weights at a node, part by part; empty where they see something else. */
  static Optional<List<Reading>> of(LayerGraph graph, int weights) {
    Readings readings = new Readings(graph);
    List<Reading> found = readings.seen(readings.below(weights));
    return readings.covered ? Optional.of(found) : Optional.empty();
  }

  /** A stream as it is; empty where a node is no sum of what weights make. */
  static Optional<Reading> itself(LayerGraph graph, int stream) {
    Readings readings = new Readings(graph);
    Reading found = readings.reading(Reading.View.ITSELF, stream, 1);
    return readings.covered ? Optional.of(found) : Optional.empty();
  }

  private Node node(int number) {
    return graph.nodes().get(number);
  }

  private int below(int number) {
    return node(number).from().get(0);
  }

  private List<Reading> seen(int number) {
    Operation operation = node(number).operation();
    if (operation instanceof Operation.Given) {
      return List.of();
    }
    if (operation instanceof Operation.Flatten) {
      return seen(below(number));
    }
    if (operation instanceof Operation.Normalise normalise && normalise.norm() != Norm.BATCH) {
      return List.of(); // its mean square is γ²
    }
    if (operation instanceof Weighted weighted && isApart(weighted, number)) {
      Shape shape = node(number).shape();
      return List.of(new Reading(Reading.View.APART, number, shape.channels(), 1));
    }
    return operation instanceof Operation.Activate
        ? activated(below(number))
        : List.of(reading(Reading.View.ITSELF, number, 1));
  }

  private List<Reading> activated(int number) {
    Operation operation = node(number).operation();
    if (operation instanceof Operation.Concatenate) {
      return node(number).from().stream()
          .map(part -> reading(Reading.View.RECTIFIED, part, 1))
          .toList();
    }
    if (operation instanceof Operation.Normalise normalise) {
      covered &= normalise.norm() != Norm.BATCH;
      boolean isCentred = normalise.norm() == Norm.LAYER;
      Reading.View view = isCentred ? Reading.View.CENTRED : Reading.View.NORMED;
      return List.of(reading(view, below(number), normalise.gamma() * normalise.gamma()));
    }
    return List.of(reading(Reading.View.RECTIFIED, number, 1));
  }

  private Reading reading(Reading.View view, int stream, double gamma2) {
    covered &= isStream(stream);
    return new Reading(view, stream, node(stream).shape().channels(), gamma2);
  }

  /** Whether channels are convolved one by one, around rings, and come from ReLU. */
  private boolean isApart(Weighted weighted, int number) {
    Shape from = node(below(number)).shape();
    return weighted.groups() == from.channels()
        && weighted.groups() == weighted.channels()
        && weighted.parameterisation() == Parameterisation.PLAIN
        && from.positions() <= MOST_APART
        && (weighted.taps().kernel() == 1 || weighted.taps().padding() == Padding.CIRCULAR)
        && node(below(number)).operation() instanceof Operation.Activate;
  }

  private boolean isStream(int number) {
    Node node = node(number);
    if (node.operation() instanceof Operation.Sum sum) {
      boolean isSum = true;
      for (int i = 0; i < node.from().size(); i++) {
        isSum &= sum.factors().get(i) == 0 || isStream(node.from().get(i));
      }
      return isSum;
    }
    return node.operation() instanceof Weighted weighted
        && hasGaussianChannels(weighted, node(below(number)).shape());
  }

  /**
   * Whether channels mix, and E z² and E z⁴ are those of normal weights to first order. Rows over
   * their norm keep E z², and E z⁴ is k/(k + 2) of it: a layer's variance 6/(k + 2) − 1/n in place
   * of 5/n.
   */
  private static boolean hasGaussianChannels(Weighted weighted, Shape from) {
    return (weighted.groups() == 1 || weighted.groups() < from.channels())
        && switch (weighted.parameterisation()) {
          case PLAIN -> true;
          case WEIGHT_NORM ->
              2 * LARGER_FOURTH / (weighted.fanIn(from) * ONE_LAYER) <= LARGEST_SHARE;
          case SPECTRAL_NORM -> false;
        };
  }

  /** Whether the weights of a node are as good as normal ones, and mix all channels. */
  static boolean areDense(LayerGraph graph, int number) {
    return graph.nodes().get(number).operation() instanceof Weighted weighted
        && weighted.groups() == 1
        && !weighted.taps().transposed()
        && weighted.parameterisation() != Parameterisation.SPECTRAL_NORM
        && itself(graph, number).isPresent();
  }
}
