package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.width.Band;

/**
 * What wide networks of a graph do at initialisation. Layers are those of the graph, l = 1 … L;
 * what has no theory is NaN.
 */
public final class NetworkTheory {
  /** What the brightness of images may add to a spread over positions. */
  private static final double LARGEST_BRIGHTNESS = 0.002;

  private final LayerGraph graph;
  private final InputPairs inputs;
  private final List<Signal> signals;
  private final Optional<Fluctuations> means;
  private final Optional<LengthFluctuations> lengths;
  private @Nullable Descent descent;
  private Optional<NormAfterGradients> gradients = Optional.empty();
  private double[] lnGradient;
  private double lnJacobian = Double.NaN;
  private @Nullable TangentKernel kernel;
  private @Nullable String whyNoGradient;

  private NetworkTheory(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.graph = graph;
    this.inputs = setting.inputs();
    this.signals = signals;
    means = Fluctuations.of(setting, graph, signals);
    lengths = means.map(LengthFluctuations::new);
    lnGradient = new double[graph.depth()];
    Arrays.fill(lnGradient, Double.NaN);
  }

  /** From the covariances of all nodes; gradients that have no theory are left out. */
  static NetworkTheory of(Setting setting, LayerGraph graph, List<Signal> signals) {
    NetworkTheory theory = new NetworkTheory(setting, graph, signals);
    try {
      theory.descend(setting);
    } catch (OutsideDomainException e) {
      theory.whyNoGradient = e.getMessage();
    }
    return theory;
  }

  private void descend(Setting setting) {
    Descent equal = Descent.of(setting, graph, signals, Descent.Start.EQUAL);
    Descent independent =
        graph.couplesInputs()
            ? Descent.of(setting, graph, signals, Descent.Start.INDEPENDENT)
            : equal;
    lnGradient = independent.lnGradient();
    gradients = NormAfterGradients.of(setting, graph, signals, equal);
    descent = equal;
    kernel = new TangentKernel(inputs, equal.contributions(), independent.contributions());
    lnJacobian = Descent.ofTop(setting, graph, signals).lnGradient()[0];
    lnJacobian -= Math.log(graph.layer(1).shape().size());
  }

  /** Why there are no gradients and kernels; empty where there are. */
  public Optional<String> whyNoGradient() {
    return Optional.ofNullable(whyNoGradient);
  }

  /** What has no theory and why; empty where all has. */
  public Optional<String> missing() {
    List<String> missing = new ArrayList<>();
    if (whyNoGradient != null) {
      missing.add("gradients: " + whyNoGradient);
    }
    if (whyNoGradient == null && couplesGiven()) {
      missing.add("kernels, ln_weight_gradient_ratio: no formula for batch norm of given inputs");
    }
    if (Double.isInfinite(weightGradientRatio())) {
      missing.add(
          "ln_weight_gradient_ratio: infinite, the weights of one layer alone have gradients of 0,"
              + " always or where all signs of a batch are alike");
    }
    boolean knowsInputs = inputs.count() == 1 || !Double.isNaN(c(depth()));
    boolean knowsPositions =
        graph.layer(depth()).shape().positions() == 1 || !Double.isNaN(positionCosine(depth()));
    if (!knowsInputs || !knowsPositions) {
      missing.add(
          "products of different inputs and positions: no formula for channels that do not mix, or"
              + " where an activation acts on a sum");
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
  }

  private boolean couplesGiven() {
    return graph.couplesInputs() && !inputs.areExchangeable();
  }

  /** L. */
  public int depth() {
    return graph.depth();
  }

  private Covariance covariance(int layer) {
    return signals.get(graph.layers().get(layer - 1)).covariance();
  }

  /** E z_l², averaged over units, positions and inputs. */
  public double q(int layer) {
    return covariance(layer).meanSquare();
  }

  /** Cosine of the whole of z_l of two inputs, averaged over pairs; NaN of one input. */
  public double c(int layer) {
    Covariance s = covariance(layer);
    double sum = 0;
    double pairs = 0;
    for (int block = 0; block < inputs.blocks(); block++) {
      if (!inputs.isOwn(block)) {
        double norms = s.meanSquare(inputs.first(block)) * s.meanSquare(inputs.second(block));
        sum += inputs.multiplicity(block) * s.meanProduct(block) / Math.sqrt(norms);
        pairs += inputs.multiplicity(block);
      }
    }
    return sum / pairs;
  }

  /** Cosine of z_l at two positions of an input, averaged over pairs; NaN of vectors. */
  public double positionCosine(int layer) {
    Covariance s = covariance(layer);
    double sum = 0;
    double pairs = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      int own = inputs.own(i);
      for (int c = 0; c < s.pairs().classes(); c++) {
        if (!s.pairs().isDiagonal(c)) {
          double norms = Math.sqrt(s.first(own, c) * s.second(own, c));
          sum += s.pairs().multiplicity(c) * s.of(own, c) / norms;
          pairs += s.pairs().multiplicity(c);
        }
      }
    }
    return sum / pairs;
  }

  /** E φ of the activation that reads z_l, averaged over channels, positions and inputs. */
  public double meanActivation(int layer) {
    OptionalInt node = graph.activation(layer);
    return node.isPresent() ? signals.get(node.getAsInt()).mean() : Double.NaN;
  }

  /** ln of the mean square of what the read-out sees over the input's, averaged over inputs. */
  public double lnNormRatio() {
    Covariance seen = signals.get(graph.nodes().get(graph.readout()).from().get(0)).covariance();
    double mean = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      mean += Math.log(seen.meanSquare(i) / inputs.square(i)) / inputs.kinds();
    }
    return mean;
  }

  /** E z_l[a] z_l[b] of one unit at two positions, averaged over inputs. */
  public double covariance(int layer, int a, int b) {
    Covariance s = covariance(layer);
    double sum = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      sum += s.of(inputs.own(i), s.pairs().of(a, b));
    }
    return sum / inputs.kinds();
  }

  /** E f², averaged over inputs. */
  public double readout() {
    return signals.get(graph.readout()).covariance().meanSquare();
  }

  /** Laws of ln q_l, l = 1 … L, over networks of the graph's widths; empty where none is known. */
  public List<Band> lnQ() {
    return lengths.map(LengthFluctuations::lnQ).orElse(List.of());
  }

  /** The same of {@link #lnNormRatio}. */
  public Band lnNormRatioBand() {
    return lengths.map(law -> law.lnNormRatio(lnNormRatio())).orElse(Band.NONE);
  }

  /** The law of ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs. */
  public Band lnGradientGainBand() {
    double limit = lnGradient(1) - lnGradient(depth());
    Descent ofAll = descent;
    if (gradients.isPresent() || means.isEmpty() || ofAll == null) {
      return gradients.map(law -> law.lnGain(limit)).orElse(Band.NONE);
    }
    return StreamGradients.lnGain(means.get(), ofAll, limit);
  }

  /** ln ‖∂f/∂z_l‖² over units and positions, averaged over inputs. */
  public double lnGradient(int layer) {
    return lnGradient[layer - 1];
  }

  /** ln tr JJᵀ over the dimensions of z_1, J = ∂z_L/∂z_1. */
  public double lnJacobianMean() {
    return lnJacobian;
  }

  /** Θ over the inputs, NTK parameterisation. */
  public KernelSpectrum ntk() {
    return kernel == null ? KernelSpectrum.ABSENT : kernel.spectrum((c, block) -> c.ntk()[block]);
  }

  /** Θ over the inputs, standard parameterisation. */
  public KernelSpectrum standardNtk() {
    return kernel == null
        ? KernelSpectrum.ABSENT
        : kernel.spectrum((c, block) -> c.weights()[block] + c.biases()[block]);
  }

  /** ln(tr Θ_l/m) of a layer's weights and biases, NTK parameterisation; 0 is the read-out. */
  public double lnNtk(int layer) {
    return kernel == null ? Double.NaN : kernel.lnDiagonal((c, block) -> c.ntk()[block], layer);
  }

  /** The same in standard parameterisation. */
  public double lnNtkStandard(int layer) {
    return kernel == null
        ? Double.NaN
        : kernel.lnDiagonal((c, block) -> c.weights()[block] + c.biases()[block], layer);
  }

  /**
   * ln ‖∂f/∂W_1‖²/‖∂f/∂W_L‖² of all weights of the layers; under batch norm of Σ s_i f_i, averaged
   * over signs. NaN where one of them may be 0.
   */
  public double lnWeightGradientRatio() {
    double ratio = weightGradientRatio();
    return Double.isFinite(ratio) ? ratio : Double.NaN;
  }

  private double weightGradientRatio() {
    if (kernel == null || couplesGiven()) {
      return Double.NaN;
    }
    TangentKernel.Entries weights = (c, b) -> c.weights()[b];
    return graph.couplesInputs()
        ? kernel.meanLnRatioOfSigns(weights, 1, depth())
        : kernel.lnDiagonal(weights, 1) - kernel.lnDiagonal(weights, depth());
  }

  /** ‖Σ_i ∂f_i/∂W_l‖² over the inputs, of all weights of a layer. */
  public double batchGradient(int layer) {
    return kernel == null ? Double.NaN : kernel.sum((c, b) -> c.weights()[b], layer);
  }

  /**
   * ln of ‖∂f/∂W_Q‖² + ‖∂f/∂W_K‖² over ‖∂f/∂W_V‖² of a layer; NaN where it has no attention, or one
   * token alone.
   */
  public double lnQueryKeyGradient(int layer) {
    for (Node node : graph.nodes()) {
      boolean isAttention = node.layer() == layer && node.operation() instanceof Operation.Attend;
      if (isAttention && kernel != null && node.shape().positions() > 1) {
        return lnWeightGradient(kernel, node.from().subList(0, 2))
            - lnWeightGradient(kernel, node.from().subList(2, 3));
      }
    }
    return Double.NaN;
  }

  private static double lnWeightGradient(TangentKernel kernel, List<Integer> nodes) {
    return kernel.meanLn((c, block) -> c.weights()[block], c -> nodes.contains(c.node()));
  }

  /**
   * Variance over positions of E z_l² at each, over the squared mean; NaN of vectors, and of images
   * that are drawn of so few numbers that some positions are brighter than others.
   */
  public double positionSpread(int layer) {
    if (brightness() > LARGEST_BRIGHTNESS) {
      return Double.NaN;
    }
    Covariance s = covariance(layer);
    double mean = s.meanSquare();
    double sum = 0;
    for (int k = 0; k < s.pairs().kinds(); k++) {
      int kind = k;
      double q = Arrays.stream(s.q()).mapToDouble(row -> row[kind]).average().orElseThrow();
      sum += s.pairs().share(k) * (q / mean - 1) * (q / mean - 1);
    }
    return s.pairs().positions() == 1 ? Double.NaN : sum / s.pairs().positions();
  }

  /**
   * By how much the mean over inputs of x² under the taps of a first layer varies from place to
   * place, over the squared mean: 2/k of k numbers of one input. 0 of given images, which are
   * known.
   */
  private double brightness() {
    double largest = 0;
    for (Node node : graph.nodes()) {
      boolean readsImages = node.from().contains(0) && node.shape().positions() > 1;
      if (inputs.areExchangeable()
          && readsImages
          && node.operation() instanceof Operation.Weighted weighted) {
        largest = Math.max(largest, 2 / weighted.fanIn(graph.nodes().get(0).shape()));
      }
    }
    Covariance images = signals.get(0).covariance();
    double share = 0;
    for (int block = 0; block < inputs.blocks(); block++) {
      double cosine = images.meanProduct(block) / images.meanSquare();
      share += inputs.multiplicity(block) / inputs.count() / inputs.count() * cosine * cosine;
    }
    return largest * share;
  }

  /**
   * Effective variance of the logits in a row, of the layer's attention; NaN where it has none, or
   * one token alone.
   */
  public double logitVariance(int layer) {
    return graph.layer(layer).shape().positions() == 1
        ? Double.NaN
        : attention(layer, TokenAttention::logitVariance, GivenAttention::logitVariance);
  }

  /** Mean entropy of attention weights in nats; NaN where the layer has none. */
  public double attentionEntropy(int layer) {
    return attention(layer, TokenAttention::entropy, GivenAttention::entropy);
  }

  private interface OfAttention {
    double of(Part queries, Part keys);
  }

  private double attention(
      int layer, OfAttention quantity, ToDoubleFunction<GivenAttention> ofGiven) {
    List<Double> found = new ArrayList<>();
    for (int at = 0; at < graph.nodes().size(); at++) {
      Node node = graph.nodes().get(at);
      if (node.layer() == layer && node.operation() instanceof Operation.Attend) {
        found.add(
            signals.get(at).kept() instanceof GivenAttention given
                ? ofGiven.applyAsDouble(given)
                : quantity.of(
                    signals.get(node.from().get(0)).only(),
                    signals.get(node.from().get(1)).only()));
      }
    }
    return found.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
  }
}
