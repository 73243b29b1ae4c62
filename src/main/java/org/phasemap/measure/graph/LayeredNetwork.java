package org.phasemap.measure.graph;

import java.util.stream.IntStream;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.kernel.graph.parameter.NetworkParameters;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/**
 * One network whose inputs have been sent up.
 *
 * @param inputs m
 */
record LayeredNetwork(
    Kernel kernel,
    NetworkConfig network,
    LayerGraph graph,
    NetworkParameters parameters,
    GraphPass pass,
    int inputs) {
  int depth() {
    return graph.depth();
  }

  Node node(int number) {
    return graph.nodes().get(number);
  }

  /** Number of layer l's node. */
  int nodeOfLayer(int layer) {
    return graph.layers().get(layer - 1);
  }

  /** z_l, channels × (m · positions). */
  Matrix z(int layer) {
    return pass.value(nodeOfLayer(layer));
  }

  /** Shape of what goes into a node. */
  Shape from(Node node) {
    return node(node.from().get(0)).shape();
  }

  boolean isWeighted(int node) {
    return node(node).operation() instanceof Operation.Weighted;
  }

  /** Whether an output depends on the other inputs of the batch. */
  boolean isCoupled() {
    return graph.couplesInputs();
  }

  /** Variance of a node's weights before the mask. */
  double weightVariance(Node node) {
    Operation.Weighted weighted = (Operation.Weighted) node.operation();
    return weighted.variance(network.sigmaW2(), from(node));
  }

  /** Weights and biases. */
  long parameterCount() {
    return IntStream.range(0, graph.nodes().size())
        .filter(this::isWeighted)
        .mapToLong(
            i -> {
              boolean biased = parameters.of(i).bias() != null;
              Operation.Weighted weighted = (Operation.Weighted) node(i).operation();
              return weighted.weights(from(node(i))) + (biased ? node(i).shape().channels() : 0);
            })
        .sum();
  }

  /** Products of inputs with all their channels and positions, m × m. */
  double[] gram(Matrix value) {
    return kernel.gramOfParts(value, inputs);
  }

  /** Squared length of each input, all channels and positions. */
  double[] squares(Matrix value) {
    return squares(value.read(), inputs);
  }

  /** Squared lengths of so many parts of a list, side by side. */
  static double[] squares(float[] entries, int parts) {
    double[] squares = new double[parts];
    int size = entries.length / parts;
    for (int part = 0; part < parts; part++) {
      double even = 0;
      double odd = 0;
      for (int i = part * size; i < (part + 1) * size - 1; i += 2) {
        even += (double) entries[i] * entries[i];
        odd += (double) entries[i + 1] * entries[i + 1];
      }
      double last = size % 2 == 0 ? 0 : entries[(part + 1) * size - 1];
      squares[part] = even + odd + last * last;
    }
    return squares;
  }
}
