package org.phasemap.predict.graph;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.NetworkConfig;
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

  /** What weights of another law may add to it: half of that, since they add to the next order. */
  static final double LARGEST_OF_LAW = 0.05;

  /** Positions of channels that do not mix: all are drawn together. */
  private static final int MOST_APART = 64;

  private final LayerGraph graph;

  private final LawExcess law;

  private boolean covered = true;

  private Readings(LayerGraph graph, NetworkConfig network) {
    this.graph = graph;
    law = new LawExcess(graph, network);
  }

  /** Of the weights at a node, part by part; empty where they see something else. */
  static Optional<List<Reading>> of(LayerGraph graph, NetworkConfig network, int weights) {
    Readings readings = new Readings(graph, network);
    List<Reading> found = readings.seen(readings.below(weights));
    return readings.covered ? Optional.of(found) : Optional.empty();
  }

  /** A stream as it is; empty where a node is no sum of what weights make. */
  static Optional<Reading> itself(LayerGraph graph, NetworkConfig network, int stream) {
    Readings readings = new Readings(graph, network);
    Reading found = readings.reading(Reading.View.ITSELF, stream);
    return readings.covered ? Optional.of(found) : Optional.empty();
  }

  /** Slopes of φ that reads a part of what arrives at an activation; empty of anything else. */
  static Optional<Reading> slopes(LayerGraph graph, NetworkConfig network, int part) {
    Readings readings = new Readings(graph, network);
    Reading found = readings.behind(Reading.View.SLOPE, part);
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
      return List.of(new Reading(Reading.View.APART, number, shape.channels()));
    }
    return operation instanceof Operation.Activate
        ? activated(below(number))
        : List.of(reading(Reading.View.ITSELF, number));
  }

  private List<Reading> activated(int number) {
    Operation operation = node(number).operation();
    if (operation instanceof Operation.Concatenate) {
      return node(number).from().stream().map(part -> reading(Reading.View.SQUARE, part)).toList();
    }
    return List.of(behind(Reading.View.SQUARE, number));
  }

  /** What an activation of a node leaves: of a stream, or of one behind a norm. */
  private Reading behind(Reading.View view, int number) {
    if (node(number).operation() instanceof Operation.Normalise normalise) {
      covered &= normalise.norm() != Norm.BATCH;
      Reading plain = reading(view, below(number));
      double gamma2 = normalise.gamma() * normalise.gamma();
      return new Reading(view, plain.stream(), plain.channels(), normalise.norm(), gamma2);
    }
    return reading(view, number);
  }

  private Reading reading(Reading.View view, int stream) {
    covered &= isStream(stream);
    return new Reading(view, stream, node(stream).shape().channels());
  }

  /** Whether channels are convolved one by one, around rings, and come from ReLU. */
  private boolean isApart(Weighted weighted, int number) {
    Shape from = node(below(number)).shape();
    return weighted.groups() == from.channels()
        && weighted.groups() == weighted.channels()
        && weighted.parameterisation() == Parameterisation.PLAIN
        && law.isNormal()
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
    return node.operation() instanceof Weighted weighted && hasGaussianChannels(weighted, number);
  }

  /**
   * Whether channels mix, and E z² and E z⁴ are those of normal weights to first order: a layer's
   * variance has twice the excess of E z⁴ in place of 5. Of many inputs this is not enough: {@link
   * ReadingPairs.Pair#ofLaw}.
   */
  private boolean hasGaussianChannels(Weighted weighted, int number) {
    return (weighted.groups() == 1 || weighted.groups() < node(below(number)).shape().channels())
        && weighted.parameterisation() != Parameterisation.SPECTRAL_NORM
        && 2 * law.of(number, 1) / ONE_LAYER <= LARGEST_OF_LAW;
  }

  /** Whether the weights of a node are as good as normal ones, and mix all channels. */
  static boolean areDense(LayerGraph graph, NetworkConfig network, int number) {
    return graph.nodes().get(number).operation() instanceof Weighted weighted
        && weighted.groups() == 1
        && !weighted.taps().transposed()
        && weighted.parameterisation() != Parameterisation.SPECTRAL_NORM
        && itself(graph, network, number).isPresent();
  }
}
