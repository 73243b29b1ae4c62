package org.phasemap.measure.graph;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.NodeParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;

/** Gradients of several outputs by the weights of one node, and products of them. */
final class NodeGradients implements AutoCloseable {
  private final LayeredNetwork network;
  private final Kernel kernel;
  private final int node;
  private final int count;
  private final NodeParameters own;

  /** Side by side, each as the weights. */
  private final Matrix weights;

  /** A column for each output. */
  private final Matrix biases;

  /**
   * @param count of the outputs
   */
  NodeGradients(LayeredNetwork network, int node, int count) {
    this.network = network;
    this.node = node;
    this.count = count;
    kernel = network.kernel();
    own = network.parameters().of(node);
    Blocks like = own.weights();
    weights = kernel.matrix(like.rows(), Math.multiplyExact(like.all().columns(), count));
    biases = kernel.matrix(network.node(node).shape().channels(), count);
  }

  /**
   * Sets an output's gradient.
   *
   * @param output its number
   * @param gradient by the node's value
   * @param first of the inputs that it is summed over
   * @param inputs how many
   */
  void add(int output, Matrix gradient, int first, int inputs) {
    Blocks like = own.weights();
    int columns = like.all().columns();
    Blocks into =
        new Blocks(weights.view(output * columns, columns), like.columns(), like.stride());
    network
        .pass()
        .addWeightGradient(
            node,
            gradient,
            1,
            first,
            inputs,
            new NodeWeights(into, biases.view(output, 1), own.mask()));
  }

  /**
   * Products over the weights, outputs × outputs.
   *
   * @param pairs whether those of different outputs are wanted; else they are 0
   */
  double[] products(boolean pairs) {
    if (pairs && count > 1) {
      return kernel.gramOfParts(weights, count);
    }
    double[] squares = LayeredNetwork.squares(weights.read(), count);
    double[] products = new double[count * count];
    for (int j = 0; j < count; j++) {
      products[j * (count + 1)] = squares[j];
    }
    return products;
  }

  /** Products over the biases, outputs × outputs. */
  double[] biasProducts() {
    return kernel.gram(biases, count);
  }

  @Override
  public void close() {
    weights.close();
    biases.close();
  }
}
