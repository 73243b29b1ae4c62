package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.theory.dual.ArcCosine;
import org.phasemap.theory.width.Band;

/**
 * How ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖² fluctuates over chains of ReLU layers with a norm over features
 * after φ, of normal weights, or of others that are as good ({@link LawExcess}), to first order in
 * 1/n. A layer passes D Wᵀg on, D its mask: by chance of the mask and of W it is longer or shorter.
 * Norms divide it by the length that they find (ARCHITECTURES 2.3).
 */
final class NormAfterGradients {
  private static final double LARGEST_VARIANCE = 0.5;

  /** A layer: z, φ, and the norm over features after it. */
  private record Layer(int z, int active, Norm norm) {}

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final List<Layer> layers;
  private final Descent descent;

  private NormAfterGradients(
      Setting setting,
      LayerGraph graph,
      List<Signal> signals,
      List<Layer> layers,
      Descent descent) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
    this.layers = layers;
    this.descent = descent;
  }

  /**
   * Of such a network; empty of any other.
   *
   * @param descent of the gradients of all outputs, products of different inputs among them
   */
  static Optional<NormAfterGradients> of(
      Setting setting, LayerGraph graph, List<Signal> signals, Descent descent) {
    List<Layer> layers = layers(graph, setting.network());
    boolean isChain =
        layers.stream().map(Layer::z).toList().equals(graph.layers())
            && Fluctuations.isOfRectifiers(setting.network())
            && setting.inputs().areExchangeable();
    return isChain
        ? Optional.of(new NormAfterGradients(setting, graph, signals, layers, descent))
        : Optional.empty();
  }

  /** Of a chain; others than the layers of any other network. */
  private static List<Layer> layers(LayerGraph graph, NetworkConfig network) {
    List<Layer> layers = new ArrayList<>();
    int at = 1;
    while (at < graph.readout() && Readings.areDense(graph, network, at) && follows(graph, at)) {
      int z = at++;
      if (!(graph.nodes().get(at).operation() instanceof Operation.Activate)) {
        return layers;
      }
      int active = at++;
      Norm after = norm(graph, at++);
      boolean isCovered = after == Norm.LAYER || after == Norm.RMS;
      if (!isCovered || graph.nodes().get(z).shape().positions() > 1) {
        return layers;
      }
      layers.add(new Layer(z, active, after));
    }
    return layers;
  }

  private static boolean follows(LayerGraph graph, int at) {
    return graph.nodes().get(at).from().equals(List.of(at - 1));
  }

  private static Norm norm(LayerGraph graph, int at) {
    return graph.nodes().get(at).operation() instanceof Operation.Normalise normalise
        ? normalise.norm()
        : Norm.NONE;
  }

  /** A number of a pair of inputs, by their cosines. */
  private interface OfPair {
    double of(double signals, double gradients);
  }

  /** What layers add: variances of all inputs together and of one, and what moves means. */
  private final class Sum {
    private double all;
    private double alone;
    private double mean;

    void add(Layer layer, double factor, OfPair f) {
      all += factor * average(layer, f) / channels(layer);
      alone += factor * f.of(1, 1) / channels(layer);
    }
  }

  /**
   * The law.
   *
   * @param limit at infinite width
   */
  Band lnGain(double limit) {
    if (layers.size() < 2) {
      return Band.NONE;
    }
    Sum sum = new Sum();
    LawExcess law = new LawExcess(graph, setting.network());
    boolean isWide = true;
    double ofLaw = 0;
    for (int l = 1; l < layers.size(); l++) {
      Layer layer = layers.get(l - 1);
      addNormed(sum, layer);
      ofLaw += 2 * law.ofGradient(layers.get(l).z) / channels(layer);
      isWide &= LengthFluctuations.isWide((int) channels(layer), true);
    }
    boolean isReliable =
        isWide && sum.all <= LARGEST_VARIANCE && ofLaw <= Readings.LARGEST_OF_LAW * sum.all;
    return new Band(limit + sum.mean, Math.sqrt(sum.all), isReliable);
  }

  private double channels(Layer layer) {
    return graph.nodes().get(layer.z).shape().channels();
  }

  /** Over pairs of inputs, of vectors. */
  private double average(Layer layer, OfPair f) {
    InputPairs inputs = setting.inputs();
    Covariance z = signals.get(layer.z).covariance();
    double[][] y = descent.atActivation(layer.active);
    double sum = 0;
    for (int block = 0; block < inputs.blocks(); block++) {
      double c = z.of(block, 0) / z.meanSquare();
      double rho = y[block][0] / y[inputs.own(inputs.first(block))][0];
      sum += inputs.multiplicity(block) * f.of(c, rho);
    }
    return sum / inputs.count() / inputs.count();
  }

  /** Chance of the mask and of Wᵀ, and of the length. */
  private void addNormed(Sum sum, Layer layer) {
    boolean centres = layer.norm == Norm.LAYER;
    double start = sum.alone;
    sum.add(layer, 1, (c, rho) -> 4 * ArcCosine.steps(c) * (1 + 2 * rho * rho) - 1);
    addLengths(sum, layer, centres, sum.alone - start);
  }

  /** What relu makes of z, which the norm divides by. */
  private void addLengths(Sum sum, Layer layer, boolean centres, double masks) {
    double n = channels(layer);
    double m2 = centres ? 1 / (2 * Math.PI) : 0;
    double variance = 0.5 - m2;
    double start = sum.alone;
    sum.add(
        layer,
        1 / (variance * variance),
        (c, rho) ->
            rectified(c)
                + m2 * (4 * (0.5 * ArcCosine.kappa1(c) - 1 / (2 * Math.PI)) - 2 * c * (2 + c)));
    double lengths = sum.alone - start;
    sum.add(layer, -4 / variance, (c, rho) -> ArcCosine.stepSquare(c) - 0.25 - m2 * c);
    // Directions that the norm takes from the gradient: h, and 1.
    double along = (0.5 - 3 * m2 * 0.5) / variance;
    double taken = centres ? 1 + 2 * along : 2;
    sum.mean += -0.5 * masks + 0.5 * lengths + (centres ? 1 / n : 0) - taken / n;
  }

  /** Cov(relu², relu²) of two units of unit variance. */
  private static double rectified(double c) {
    return ArcCosine.squares(c) - 0.25;
  }
}
