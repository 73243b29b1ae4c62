package org.phasemap.train.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;

/**
 * The tangent kernel of a network that a graph describes, from the gradient of each output of each
 * example. With batch norm an output depends on the whole minibatch, and so does its gradient.
 */
final class GraphTangentKernel {
  /** Gradients that are held at once, 256 MiB; a layer that is larger is held alone. */
  private static final long HELD = 1L << 26;

  private final Kernel kernel;
  private final Parameters parameters;
  private final int size;
  private final double[] theta;

  private GraphTangentKernel(Kernel kernel, Parameters parameters, int size) {
    this.kernel = kernel;
    this.parameters = parameters;
    this.size = size;
    this.theta = new double[Math.multiplyExact(size, size)];
  }

  /**
   * Measures Θ of the first examples of a minibatch.
   *
   * @param pass that has just taken the minibatch up
   * @param network its parameters
   * @return Θ, as {@link Model#tangentKernel}
   */
  static double[] of(Kernel kernel, Pass pass, Parameters network, int examples, int classes) {
    GraphTangentKernel sum = new GraphTangentKernel(kernel, network, examples * classes);
    for (List<Integer> layers : sum.chunks()) {
      sum.add(pass, layers, examples, classes);
    }
    return sum.theta;
  }

  /** Layers whose gradients are held together. */
  private List<List<Integer>> chunks() {
    List<List<Integer>> chunks = new ArrayList<>();
    long held = Long.MAX_VALUE;
    for (int index = 0; index < parameters.layers().size(); index++) {
      long needed = (long) entries(index) * size;
      if (held > HELD - needed) {
        chunks.add(new ArrayList<>());
        held = 0;
      }
      held += needed;
      chunks.get(chunks.size() - 1).add(index);
    }
    return chunks;
  }

  /** Weights and biases of a layer. */
  private int entries(int index) {
    Layer layer = parameters.layers().get(index);
    return layer.weights().rows() * layer.weights().columns()
        + (layer.bias() == null ? 0 : layer.bias().rows());
  }

  private void add(Pass pass, List<Integer> layers, int examples, int classes) {
    try (Arena arena = new Arena(kernel)) {
      List<Matrix> gradients =
          layers.stream().map(index -> arena.matrix(entries(index), size)).toList();
      for (int row = 0; row < size; row++) {
        float[] seed = new float[pass.logitStep()];
        seed[row % examples * classes + row / examples] = 1;
        int column = row;
        pass.backward(
            parameters,
            seed,
            (index, gradient) -> {
              int place = layers.indexOf(index);
              if (place >= 0) {
                gradients.get(place).view(column, 1).write(entriesOf(index, gradient));
              }
            });
      }
      for (Matrix gradient : gradients) {
        double[] gram = kernel.gram(gradient, size);
        for (int k = 0; k < theta.length; k++) {
          theta[k] += gram[k];
        }
      }
    }
  }

  /** A layer's gradient by kept parameters, one number after the other. */
  private float[] entriesOf(int index, LayerGradient gradient) {
    try (Arena arena = new Arena(kernel)) {
      Layer layer = parameters.layers().get(index);
      Layer sum = layer.zeros(arena);
      gradient.addTo(kernel, new double[] {1}, 0, sum);
      layer.applyMask(kernel, sum);
      float[] weights = sum.weights().block(0).read();
      if (sum.bias() == null) {
        return weights;
      }
      float[] bias = sum.bias().block(0).read();
      float[] all = Arrays.copyOf(weights, weights.length + bias.length);
      System.arraycopy(bias, 0, all, weights.length, bias.length);
      return all;
    }
  }
}
