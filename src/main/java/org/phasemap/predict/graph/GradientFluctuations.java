package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.theory.dual.ArcCosine;
import org.phasemap.theory.width.Band;

/**
 * How ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖² fluctuates over chains of ReLU layers of normal weights, or of
 * others that are as good ({@link LawExcess}), to first order in 1/n. A layer passes D Wᵀg on, D
 * its mask: by chance of the mask and of W it is longer or shorter. Norms over features divide it
 * by the length that they find (ARCHITECTURES 2.3). Where the read-out sees a mean over positions,
 * gradients are along the signals by more than is small.
 */
final class GradientFluctuations {
  private static final double LARGEST_VARIANCE = 1;

  /**
   * Of the variance, times Σ 1/n_l: Wᵀg has a part along h that is z·g = f at every layer of a
   * chain without norms, 2/n_l of the mean square, whose χ²₁ all layers share.
   */
  private static final double ALONG_SIGNAL = 2 * 2 * 2 / 5.0;

  /** A layer: z, φ, and the norm over features that goes with it, if any. */
  private record Layer(int z, int active, Norm norm, boolean isBefore) {}

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final List<Layer> layers;
  private final Descent descent;

  private GradientFluctuations(
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
  static Optional<GradientFluctuations> of(
      Setting setting, LayerGraph graph, List<Signal> signals, Descent descent) {
    List<Layer> layers = layers(graph, setting.network());
    boolean isChain =
        layers.stream().map(Layer::z).toList().equals(graph.layers())
            && LengthFluctuations.isOfRectifiers(setting.network())
            && setting.inputs().areExchangeable()
            && graph.nodes().stream().noneMatch(GradientFluctuations::mixesPositions);
    return isChain
        ? Optional.of(new GradientFluctuations(setting, graph, signals, layers, descent))
        : Optional.empty();
  }

  private static boolean mixesPositions(Node node) {
    return node.operation() instanceof Operation.Average
        || node.operation() instanceof Operation.Pool;
  }

  /** Of a chain; others than the layers of any other network. */
  private static List<Layer> layers(LayerGraph graph, NetworkConfig network) {
    List<Layer> layers = new ArrayList<>();
    int at = 1;
    while (at < graph.readout() && Readings.areDense(graph, network, at) && follows(graph, at)) {
      int z = at++;
      Norm before = norm(graph, at);
      at += before == Norm.NONE ? 0 : 1;
      if (!(graph.nodes().get(at).operation() instanceof Operation.Activate)) {
        return layers;
      }
      int active = at++;
      Norm after = norm(graph, at);
      at += after == Norm.NONE ? 0 : 1;
      boolean isCovered = before != Norm.BATCH && after != Norm.BATCH;
      boolean isVector = graph.nodes().get(z).shape().positions() == 1;
      boolean isPlain = before == Norm.NONE && after == Norm.NONE;
      if (!isCovered || !(isVector || isPlain)) {
        return layers;
      }
      Norm norm = before == Norm.NONE ? after : before;
      layers.add(new Layer(z, active, norm, after == Norm.NONE));
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
    if (layers.get(0).norm == Norm.NONE) {
      addMasks(sum);
    } else {
      for (int l = 1; l < layers.size(); l++) {
        addNormed(sum, l);
      }
    }
    LawExcess law = new LawExcess(graph, setting.network());
    boolean isReliable = sum.all <= LARGEST_VARIANCE;
    double narrow = 0;
    double ofLaw = 0;
    for (int l = 1; l < layers.size(); l++) {
      Layer layer = layers.get(l - 1);
      ofLaw += 2 * law.ofGradient(layers.get(l).z) / channels(layer);
      isReliable &= LengthFluctuations.isWide((int) channels(layer), layer.norm != Norm.NONE);
      narrow += 1 / channels(layer);
    }
    isReliable &=
        layers.get(0).norm != Norm.NONE || ALONG_SIGNAL * narrow <= Readings.LARGEST_SHARE;
    isReliable &= ofLaw <= Readings.LARGEST_OF_LAW * sum.all;
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

  /**
   * Chance of the masks and of Wᵀ, layer by layer, at all positions. ReLU keeps half of any
   * gradient, so what a position has is a linear map of what those above it have.
   */
  private void addMasks(Sum sum) {
    double[] reach = new double[signals.get(layers.get(0).z).pairs().kinds()];
    Arrays.fill(reach, 1);
    for (int l = 1; l <= layers.size(); l++) {
      Layer layer = layers.get(l - 1);
      addMask(sum, layer, reach, l == layers.size());
      if (l < layers.size()) {
        reach = above(layers.get(l).z, reach);
      }
    }
    sum.mean = -0.5 * sum.alone;
  }

  /** How much of ‖∂f/∂z_1‖² a squared gradient at each position above makes. */
  private double[] above(int z, double[] reach) {
    Node node = graph.nodes().get(z);
    Weighted weighted = (Weighted) node.operation();
    List<Integer> grid = graph.nodes().get(node.from().get(0)).shape().grid();
    double factor = 0.5 / weighted.taps().fan(grid);
    return setting.taps(weighted.taps(), grid).upPositions(factor, reach);
  }

  private void addMask(Sum sum, Layer layer, double[] reach, boolean isTop) {
    InputPairs inputs = setting.inputs();
    PositionPairs pairs = signals.get(layer.z).pairs();
    double[][] y = descent.atActivation(layer.active);
    double[] size = new double[pairs.kinds()];
    double total = 0;
    double plain = 0;
    for (int k = 0; k < size.length; k++) {
      size[k] = y[inputs.own(0)][pairs.diagonal(k)];
      total += pairs.share(k) * 0.5 * reach[k] * size[k];
      plain += pairs.share(k) * 0.5 * size[k];
    }
    Covariance z = signals.get(layer.z).covariance();
    for (int block = 0; block < inputs.blocks(); block++) {
      double part = 0;
      for (int c = 0; c < pairs.classes(); c++) {
        int a = pairs.kind(pairs.first(c));
        int b = pairs.kind(pairs.second(c));
        double va = reach[a] / total - (isTop ? 1 / plain : 0);
        double vb = reach[b] / total - (isTop ? 1 / plain : 0);
        double own = size[a] * size[b];
        double both = own + 2 * y[block][c] * y[block][c];
        double cosine = z.of(block, c) / Math.sqrt(z.first(block, c) * z.second(block, c));
        double covariance = ArcCosine.steps(cosine) * both - 0.25 * own;
        part += pairs.multiplicity(c) * va * vb * covariance;
      }
      part /= channels(layer);
      sum.all += inputs.multiplicity(block) / inputs.count() / inputs.count() * part;
      sum.alone += inputs.isOwn(block) ? part : 0;
    }
  }

  /** What the layers l and l + 1 add, l &lt; L, where norms divide by lengths. */
  private void addNormed(Sum sum, int l) {
    Layer layer = layers.get(l - 1);
    boolean centres = layer.norm == Norm.LAYER;
    boolean before = layer.isBefore;
    double start = sum.alone;
    sum.add(
        layer,
        1,
        (c, rho) ->
            4 * ArcCosine.steps(c) * (1 + 2 * rho * rho)
                - 1
                - (centres && before ? 2 / Math.PI * c : 0));
    double masks = sum.alone - start;
    if (before) {
      addLengthsBefore(sum, l, centres, masks);
    } else {
      addLengthsAfter(sum, layer, centres, masks);
    }
  }

  /** z̄² of layer l by its weights, and by what relu made of the sphere below. */
  private void addLengthsBefore(Sum sum, int l, boolean centres, double masks) {
    Layer layer = layers.get(l - 1);
    double n = channels(layer);
    double start = sum.alone;
    sum.add(layer, 1, (c, rho) -> 2 * c * c);
    if (l > 1) {
      double share = share(l);
      Layer below = layers.get(l - 2);
      sum.add(
          below, 4 * share * share, (c, rho) -> centres ? Reading.centred(c) : Reading.normed(c));
    }
    double lengths = sum.alone - start;
    if (l > 1) {
      // What is under it passed its own mask: half of u² is kept, and more where more units are on.
      sum.add(
          layers.get(l - 2),
          -8 * share(l),
          (c, rho) -> ArcCosine.stepSquare(c) - 0.25 - (centres ? c / Math.PI : 0));
    }
    // g has no part along z = Wh + b, so Wᵀg has less along h than elsewhere, and of that the norm
    // takes what b leaves. Layer norm takes another direction from z, 1, and from the gradient only
    // the part of it that is not along h, 1 − (Σh)²/(n‖h‖²).
    double kept = share(l + 1);
    double along = -2 * kept - (1 - kept) + (centres ? 2 / Math.PI * kept : 0);
    sum.mean += -0.5 * masks + 0.5 * lengths + along / n;
  }

  /** The share of a layer's variance that is not its biases'. */
  private double share(int l) {
    double q = signals.get(layers.get(l - 1).z).covariance().meanSquare();
    return 1 - setting.network().sigmaB2() / q;
  }

  /** What relu makes of z, which the norm divides by. */
  private void addLengthsAfter(Sum sum, Layer layer, boolean centres, double masks) {
    double n = channels(layer);
    double m2 = centres ? 1 / (2 * Math.PI) : 0;
    double variance = 0.5 - m2;
    double start = sum.alone;
    sum.add(
        layer,
        1 / (variance * variance),
        (c, rho) ->
            Reading.rectified(c)
                + m2 * (4 * (0.5 * ArcCosine.kappa1(c) - 1 / (2 * Math.PI)) - 2 * c * (2 + c)));
    double lengths = sum.alone - start;
    sum.add(layer, -4 / variance, (c, rho) -> ArcCosine.stepSquare(c) - 0.25 - m2 * c);
    // Directions that the norm takes from the gradient: h, and 1.
    double along = (0.5 - 3 * m2 * 0.5) / variance;
    double taken = centres ? 1 + 2 * along : 2;
    sum.mean += -0.5 * masks + 0.5 * lengths + (centres ? 1 / n : 0) - taken / n;
  }
}
