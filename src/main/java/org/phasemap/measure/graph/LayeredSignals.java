package org.phasemap.measure.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.Attention;
import org.phasemap.measure.finding.Signal;
import org.phasemap.measure.finding.TokenSignal;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.quantity.Probe;

/**
 * Statistics of the layers of a network, φ of layer l as {@code LayerGraph} has it. A unit is a
 * channel: dead where φ′ is 0 at all positions of all inputs.
 */
final class LayeredSignals {
  private static final Attention NONE = new Attention(Double.NaN, Double.NaN, new double[0]);

  private final LayeredNetwork network;
  private final boolean formats;
  private final double[][] grams;

  /**
   * @param probes what is wanted; statistics always are
   */
  LayeredSignals(LayeredNetwork network, List<Probe> probes) {
    this.network = network;
    formats = probes.contains(Probe.PRECISION);
    grams = new double[network.depth()][];
    Arrays.setAll(grams, l -> network.gram(network.z(l + 1)));
  }

  /** Products of the inputs' z_l, index l − 1. */
  double[][] grams() {
    return grams;
  }

  /** Fills a variant's signals, formats and tokens. */
  void fill(VariantState state) {
    for (int layer = 1; layer <= network.depth(); layer++) {
      int phi = network.graph().activation(layer).orElse(-1);
      state.addSignal(signal(layer, phi));
      PositionSquares positions = new PositionSquares(network.z(layer), network.inputs());
      state.addTokens(new TokenSignal(positions.cosine(), positions.spread(), attention(layer)));
      if (formats) {
        state.addFormats(network.kernel(), phi < 0 ? network.z(layer) : network.pass().value(phi));
      }
    }
  }

  private Signal signal(int layer, int phi) {
    double[] gram = grams[layer - 1];
    int m = network.inputs();
    double square = 0;
    double cosines = 0;
    for (int a = 0; a < m; a++) {
      square += gram[a * (m + 1)];
      for (int b = 0; b < a; b++) {
        cosines += gram[a * m + b] / Math.sqrt(gram[a * (m + 1)] * gram[b * (m + 1)]);
      }
    }
    double q = square / network.node(network.nodeOfLayer(layer)).shape().size() / m;
    double c = m == 1 ? Double.NaN : 2 * cosines / (m * (m - 1.0));
    if (phi < 0) {
      return new Signal(q, c, Double.NaN, Double.NaN, Double.NaN);
    }
    Activity activity = network.pass().activity(phi).orElseThrow();
    double channels = network.node(phi).shape().channels();
    double entries = (double) network.node(phi).shape().size() * m;
    return new Signal(
        q, c, activity.sum() / entries, activity.dead() / channels, activity.saturated() / entries);
  }

  private Attention attention(int layer) {
    List<Node> nodes = network.graph().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() == layer && nodes.get(i).operation() instanceof Operation.Attend) {
        return network.pass().attention(i).orElse(NONE);
      }
    }
    return NONE;
  }

  /**
   * ln of the mean square of what the read-out sees over that of the input, averaged over inputs.
   *
   * @param inputGram XᵀX
   * @param dimension n₀
   */
  double lnNormRatio(double[] inputGram, int dimension) {
    Node readout = network.node(network.graph().readout());
    Matrix seen = network.pass().value(Objects.requireNonNull(readout.from().get(0)));
    double[] squares = network.squares(seen);
    double size = network.from(readout).size();
    double sum = 0;
    for (int a = 0; a < squares.length; a++) {
      double square = inputGram[a * (squares.length + 1)] / dimension;
      sum += Math.log(squares[a] / size / square);
    }
    return sum / squares.length;
  }
}
