package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;
import org.phasemap.theory.architecture.weights.DeepAutoencoder;
import org.phasemap.theory.dual.ArcCosine;
import org.phasemap.theory.width.Band;

/**
 * How lengths fluctuate over ReLU networks without biases, of any widths, on vectors or on rings,
 * of plain weights or of rows over their norm (ARCHITECTURES 6), whose inputs have one norm: the
 * mean over inputs and positions of the conditional variance is a martingale up to a constant, to
 * whose logarithm layer l adds the variance (4/n_l) mean[K₂(c_l) − ¼] over all pairs of inputs and
 * positions; z_L itself has (2/n_L) mean c_L² more (ARCHITECTURES 1.9 and 7, first order in 1/n).
 */
final class ChainFluctuations {
  /** Of the variance of a layer, as a share: its root is then right to 5 %. */
  private static final double LARGEST_SHARE = 0.1;

  /** n Var ln of one layer, first order. */
  private static final double ONE_LAYER = 5;

  /** E (relu z)⁴/(E (relu z)²)², of which a row's norm leaves k/(k + 2). */
  private static final double LARGER_FOURTH = 6;

  /** Beyond this the first order in L/n is rough. */
  private static final double LARGEST_VARIANCE = 1;

  private final LayerGraph graph;
  private final List<Signal> signals;

  /** Up to layer l, index l: of the mean over inputs, and of one input. */
  private final double[] together;

  private final double[] alone;

  private ChainFluctuations(LayerGraph graph, List<Signal> signals) {
    this.graph = graph;
    this.signals = signals;
    together = new double[graph.depth() + 1];
    alone = new double[graph.depth() + 1];
    for (int l = 1; l <= graph.depth(); l++) {
      together[l] = together[l - 1] + 4 * mean(l, false, ChainFluctuations::squares) / width(l);
      alone[l] = alone[l - 1] + 4 * mean(l, true, ChainFluctuations::squares) / width(l);
    }
  }

  /** Of such a network; empty of any other. */
  static Optional<ChainFluctuations> of(
      NetworkConfig network, LayerGraph graph, List<Signal> signals) {
    boolean isCovered =
        network.activation().equals(Activations.RELU)
            && network.sigmaB2() == 0
            && network.keepProbability() == 1
            && network.weightLaw() == WeightLaw.NORMAL
            && signals.get(0).covariance().inputs().areExchangeable()
            && LayerChain.law(network, graph).isPresent()
            && graph.nodes().stream().allMatch(node -> isCovered(graph, node));
    return isCovered ? Optional.of(new ChainFluctuations(graph, signals)) : Optional.empty();
  }

  private static boolean isCovered(LayerGraph graph, Node node) {
    if (node.operation() instanceof Weighted weighted) {
      Taps taps = weighted.taps();
      boolean wraps = taps.kernel() == 1 || taps.padding() == Padding.CIRCULAR;
      return wraps
          && taps.stride() == 1
          && weighted.groups() == 1
          && hasGaussianRows(weighted, graph.nodes().get(node.from().get(0)).shape());
    }
    return true;
  }

  /**
   * Whether E z² and E z⁴ are those of normal weights to first order. Rows over their norm keep E
   * z², and E z⁴ is k/(k + 2) of it: a layer's variance 6/(k + 2) − 1/n in place of 5/n.
   */
  private static boolean hasGaussianRows(Weighted weighted, Shape from) {
    return switch (weighted.parameterisation()) {
      case PLAIN -> true;
      case WEIGHT_NORM -> 2 * LARGER_FOURTH / (weighted.fanIn(from) * ONE_LAYER) <= LARGEST_SHARE;
      case SPECTRAL_NORM -> false;
    };
  }

  private int width(int layer) {
    return graph.layer(layer).shape().channels();
  }

  /** Cov(relu², relu²) of two units of unit variance. */
  private static double squares(double c) {
    return ArcCosine.squares(c) - 0.25;
  }

  private interface OfCosine {
    double of(double c);
  }

  /** Over pairs of positions, of one input or of any two. */
  private double mean(int layer, boolean alone, OfCosine f) {
    Covariance s = signals.get(graph.layers().get(layer - 1)).covariance();
    InputPairs inputs = s.inputs();
    double sum = 0;
    double weights = 0;
    for (int block = 0; block < inputs.blocks(); block++) {
      for (int c = 0; c < s.pairs().classes(); c++) {
        if (!alone || inputs.isOwn(block)) {
          double size = Math.sqrt(s.first(block, c) * s.second(block, c));
          double weight = inputs.multiplicity(block) * s.pairs().multiplicity(c);
          sum += weight * f.of(s.of(block, c) / size);
          weights += weight;
        }
      }
    }
    return sum / weights;
  }

  /** ln of the mean of z_l² over units, positions and inputs. */
  Band lnQ(int layer) {
    double variance = together[layer - 1] + 2 * mean(layer, false, c -> c * c) / width(layer);
    double q = signals.get(graph.layers().get(layer - 1)).covariance().meanSquare();
    return new Band(Math.log(q) - 0.5 * variance, Math.sqrt(variance), isReliable(layer, variance));
  }

  /** {@link #lnQ} of each layer. */
  List<Band> lnQ() {
    List<Band> bands = new ArrayList<>();
    for (int l = 1; l <= graph.depth(); l++) {
      bands.add(lnQ(l));
    }
    return bands;
  }

  /**
   * ln of the mean square of what the read-out sees over the input's, averaged over inputs; none
   * where it sees a mean over positions.
   *
   * @param limit at infinite width
   */
  Band lnNormRatio(double limit) {
    boolean isAveraged =
        graph.nodes().stream().anyMatch(node -> node.operation() instanceof Operation.Average);
    int top = graph.depth();
    return isAveraged
        ? Band.NONE
        : new Band(limit - 0.5 * alone[top], Math.sqrt(together[top]), isReliable(top, alone[top]));
  }

  private boolean isReliable(int layer, double variance) {
    boolean isFirstOrder = variance <= LARGEST_VARIANCE;
    for (int l = 1; l <= layer; l++) {
      DeepAutoencoder one = new DeepAutoencoder(new int[] {width(l)}, 1);
      double share = one.logVariance() * width(l) / ONE_LAYER - 1;
      isFirstOrder &= Math.abs(share) <= LARGEST_SHARE;
    }
    return isFirstOrder;
  }
}
