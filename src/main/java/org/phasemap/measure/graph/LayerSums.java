package org.phasemap.measure.graph;

import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Taps;

/**
 * Products ∂f_a/∂w · ∂f_b/∂w over the weights and biases of each layer, and what they add to the
 * tangent kernels. In NTK parameterisation W = √(gain² σ_w²/fan-in) ω and b = σ_b β; weights over a
 * norm count as the W that they make.
 */
final class LayerSums {
  /** An estimate of what moving a gradient by a weight takes, in multiplications. */
  private static final double PASSES = 32;

  private final LayeredNetwork network;
  private final Kernel kernel;
  private final int inputs;
  private final boolean pairs;

  /** Of weights, m × m, standard parameterisation; index l is layer l, 0 the read-out. */
  private final double[][] weights;

  /** With biases. */
  private final double[][] standard;

  /** In NTK parameterisation. */
  private final double[][] ntk;

  /** ‖Σ_i s_i ∂f_i/∂W_l‖²/m where outputs depend on all inputs. */
  private final double[] signed;

  private final AttentionGradients attention;

  /** The node whose columns were multiplied last, and their products. */
  private int lastSource = -1;

  private double[] lastProducts = {};

  /**
   * @param pairs whether products of different inputs are wanted
   */
  LayerSums(LayeredNetwork network, boolean pairs) {
    this.network = network;
    this.pairs = pairs;
    kernel = network.kernel();
    inputs = network.inputs();
    int layers = network.depth() + 1;
    weights = new double[layers][inputs * inputs];
    standard = new double[layers][inputs * inputs];
    ntk = new double[layers][inputs * inputs];
    signed = new double[layers];
    attention = new AttentionGradients(network.graph(), inputs);
  }

  /** Adds a node whose gradient is, at each input, that of the input's output. */
  void addInputs(int node, Matrix gradient) {
    if (isBestByColumns(node, gradient)) {
      addColumns(node, gradient);
      return;
    }
    try (NodeGradients gradients = new NodeGradients(network, node, inputs)) {
      for (int a = 0; a < inputs; a++) {
        gradients.add(a, gradient, a, 1);
      }
      add(node, gradients.products(pairs), gradients.biasProducts());
    }
  }

  /** Whether a position is by itself, and products of columns take less than those of weights. */
  private boolean isBestByColumns(int number, Matrix gradient) {
    Node node = network.node(number);
    Operation.Weighted weighted = (Operation.Weighted) node.operation();
    if (!weighted.taps().equals(Taps.ONE)
        || weighted.groups() > 1
        || network.parameters().of(number).mask() != null) {
      return false;
    }
    double in = network.from(node).channels();
    double out = node.shape().channels();
    double columns = gradient.columns();
    double beside = pairs ? columns : columns / inputs;
    return columns == inputs || columns * beside * (in + out) <= PASSES * inputs * in * out;
  }

  /** Σ over positions s of a and t of b of (δ_s·δ_t)(h_s·h_t): no gradient is formed. */
  private void addColumns(int node, Matrix gradient) {
    int source = network.node(node).from().get(0);
    Matrix from = network.pass().value(source);
    double[] deltas = columnProducts(gradient);
    double[] values = columnProducts(source, from);
    double[] products = new double[inputs * inputs];
    double[] bias = new double[inputs * inputs];
    int positions = gradient.columns() / inputs;
    int rows = pairs ? gradient.columns() : positions;
    for (int s = 0, at = 0; s < gradient.columns(); s++) {
      int own = s / positions * inputs;
      for (int pair = pairs ? own : own + s / positions, t = 0; t < rows; pair++) {
        double product = products[pair];
        double delta = bias[pair];
        for (int end = t + positions; t < end; t++, at++) {
          product += deltas[at] * values[at];
          delta += deltas[at];
        }
        products[pair] = product;
        bias[pair] = delta;
      }
    }
    add(node, products, bias);
  }

  /** Of all columns, or of those of one input with one another. */
  private double[] columnProducts(Matrix columns) {
    return pairs ? kernel.wideGram(columns) : kernel.gram(columns, columns.columns() / inputs);
  }

  /** Queries, keys and values of a block see one value, one after the other. */
  private double[] columnProducts(int node, Matrix value) {
    if (node != lastSource) {
      lastProducts = columnProducts(value);
      lastSource = node;
    }
    return lastProducts;
  }

  /** Adds a node of several outputs, whose gradients reach all inputs. */
  void addOutputs(int node, List<Matrix> outputs) {
    try (NodeGradients gradients = new NodeGradients(network, node, inputs)) {
      for (int i = 0; i < inputs; i++) {
        gradients.add(i, outputs.get(i), 0, inputs);
      }
      add(node, gradients.products(true), gradients.biasProducts());
    }
  }

  /** Adds a node whose gradient is that of Σ_i s_i f_i. */
  void addSigned(int node, Matrix gradient) {
    try (NodeGradients gradients = new NodeGradients(network, node, 1)) {
      gradients.add(0, gradient, 0, inputs);
      signed[network.node(node).layer()] += gradients.products(true)[0] / inputs;
    }
  }

  private void add(int number, double[] products, double[] bias) {
    Node node = network.node(number);
    int layer = node.layer();
    attention.add(number, products);
    double scale = network.weightVariance(node);
    boolean biased = network.parameters().of(number).bias() != null;
    double sigmaB2 = biased ? network.network().sigmaB2() : 0;
    for (int i = 0; i < products.length; i++) {
      weights[layer][i] += products[i];
      standard[layer][i] += products[i] + (biased ? bias[i] : 0);
      ntk[layer][i] += scale * products[i] + sigmaB2 * bias[i];
    }
  }

  /** Hands over what was added. */
  void fill(Backward pass) {
    boolean isVector = network.z(1).columns() == inputs;
    double rounding =
        isVector && network.network().keepProbability() == 1 && !network.isCoupled()
            ? FirstSteps.ROUNDING
            : FirstSteps.MASKED_ROUNDING;
    for (int l = 1; l < weights.length; l++) {
      pass.lnWeightGradient[l - 1] =
          network.isCoupled() ? Math.log(signed[l]) : meanLnDiagonal(weights[l]);
      pass.batchGradient[l - 1] = FirstSteps.batchGradient(weights[l], rounding);
      for (int a = 0; a < inputs; a++) {
        pass.layerTrace[l - 1] += ntk[l][a * (inputs + 1)];
        pass.standardLayerTrace[l - 1] += standard[l][a * (inputs + 1)];
      }
    }
    pass.lnQueryKeyGradient = attention.lnRatios();
    for (int l = 0; l < weights.length; l++) {
      for (int i = 0; i < inputs * inputs; i++) {
        pass.theta[i] += ntk[l][i];
        pass.standardTheta[i] += standard[l][i];
      }
    }
  }

  private double meanLnDiagonal(double[] square) {
    double sum = 0;
    for (int a = 0; a < inputs; a++) {
      sum += Math.log(square[a * (inputs + 1)]);
    }
    return sum / inputs;
  }
}
