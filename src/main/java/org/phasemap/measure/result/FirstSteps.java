package org.phasemap.measure.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;
import org.phasemap.theory.limit.AdamFirstStep;

/**
 * How far the first step of an optimiser moves each layer, relative to its weights and for a
 * learning rate of 1, when the loss is the read-out's mean over the inputs: half the mean squared
 * error where every residual is 1.
 *
 * @param lnSgd ln of η⁻¹‖ΔW_l‖/‖W_l‖ of gradient descent, l = 1 … L
 * @param lnAdam the same of Adam: ln of u/s, u the root mean square of g/(|g| + ε) over Gaussian
 *     entries g with the root mean square of those of the layer's gradient, and s = σ_w
 *     √(1/n_{l−1}) that of its weights; ε = 1e-8
 */
public record FirstSteps(double[] lnSgd, double[] lnAdam) {
  /** Kingma and Ba 2015, algorithm 1. */
  private static final double EPSILON = 1e-8;

  /** What is left of float32 gradients that cancel, as a share of their products' sizes. */
  public static final double ROUNDING = 1e-12;

  /** The same under a mask, where products themselves are rounded to float32. */
  public static final double MASKED_ROUNDING = 1e-6;

  /**
   * Weights of a layer.
   *
   * @param kept how many there are, by their mean
   * @param rootMeanSquare of those kept, by their law
   */
  public record LayerWeights(double kept, double rootMeanSquare) {
    /** Of layers 1 to L of a graph; each matrix counts with its entries. */
    public static List<LayerWeights> of(NetworkConfig network, LayerGraph graph) {
      double[] kept = new double[graph.depth() + 1];
      double[] squares = new double[kept.length];
      for (LayerGraph.Node node : graph.nodes()) {
        if (node.operation() instanceof Operation.Weighted weighted) {
          Shape from = graph.nodes().get(node.from().get(0)).shape();
          double count = network.keepProbability() * weighted.weights(from);
          double variance = weighted.variance(network.sigmaW2(), from);
          kept[node.layer()] += count;
          squares[node.layer()] += count * variance;
        }
      }
      List<LayerWeights> layers = new ArrayList<>();
      for (int l = 1; l < kept.length; l++) {
        layers.add(new LayerWeights(kept[l], Math.sqrt(squares[l] / kept[l])));
      }
      return layers;
    }
  }

  /**
   * From the norms of the layers' gradients.
   *
   * @param batchGradient ‖Σ_a ∂f_a/∂W_l‖² over the inputs a
   * @param inputs m
   * @param inputDimension n₀
   */
  public static FirstSteps of(
      NetworkConfig network, double[] batchGradient, int inputs, int inputDimension) {
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < batchGradient.length; l++) {
      int fanIn = l == 0 ? inputDimension : network.width();
      // ‖W_l‖² by its mean, which it has to a share of order 1/n.
      layers.add(
          new LayerWeights(
              network.keepProbability() * network.width() * fanIn,
              Math.sqrt(network.sigmaW2() / fanIn)));
    }
    return of(layers, batchGradient, inputs);
  }

  /** The same where the layers' weights are these. */
  public static FirstSteps of(List<LayerWeights> layers, double[] batchGradient, int inputs) {
    double[] lnSgd = new double[batchGradient.length];
    double[] lnAdam = new double[batchGradient.length];
    for (int l = 0; l < lnSgd.length; l++) {
      double weight = layers.get(l).rootMeanSquare();
      double gradient = Math.sqrt(batchGradient[l] / layers.get(l).kept()) / inputs;
      lnSgd[l] = Math.log(gradient / weight);
      lnAdam[l] = Math.log(AdamFirstStep.rootMeanSquareUpdate(gradient, EPSILON) / weight);
    }
    return new FirstSteps(lnSgd, lnAdam);
  }

  /**
   * ‖Σ_a ∂f_a/∂W_l‖²: 0 where the inputs' gradients cancel, as those of x and −x do for odd φ
   * without biases.
   *
   * @param products Σ over a layer's weights of ∂f_a/∂w · ∂f_b/∂w, m × m
   * @param rounding {@link #ROUNDING} or {@link #MASKED_ROUNDING}
   */
  public static double batchGradient(double[] products, double rounding) {
    double sum = 0;
    double sizes = 0;
    for (double product : products) {
      sum += product;
      sizes += Math.abs(product);
    }
    return batchGradient(sum, sizes, rounding);
  }

  /**
   * The same from products that were added up elsewhere.
   *
   * @param sum of the products
   * @param sizes sum of their magnitudes
   * @param rounding {@link #ROUNDING} or {@link #MASKED_ROUNDING}
   */
  public static double batchGradient(double sum, double sizes, double rounding) {
    return sum <= rounding * sizes ? 0 : sum;
  }

  /** The largest step of gradient descent, ln; NaN where nothing was measured. */
  public double lnSgdMax() {
    return Arrays.stream(lnSgd).max().orElse(Double.NaN);
  }

  /** The smallest. */
  public double lnSgdMin() {
    return Arrays.stream(lnSgd).min().orElse(Double.NaN);
  }

  /** The largest step of Adam, ln; NaN where nothing was measured. */
  public double lnAdamMax() {
    return Arrays.stream(lnAdam).max().orElse(Double.NaN);
  }

  /** The smallest. */
  public double lnAdamMin() {
    return Arrays.stream(lnAdam).min().orElse(Double.NaN);
  }
}
