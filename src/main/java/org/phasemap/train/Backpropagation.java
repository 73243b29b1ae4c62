package org.phasemap.train;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;

/** Forward and backward pass of one network over batches of a fixed size. */
final class Backpropagation {
  private final Kernel kernel;
  private final Parameters parameters;
  private final Activation activation;
  private final int depth;
  private final double[] ones;
  private final Matrix input;
  private final List<Matrix> preActivations;
  private final List<Matrix> activations;
  private final Matrix logits;
  private final Matrix logitGradient;
  private final List<Matrix> deltas;

  /**
   * @param arena owner of the buffers: 2L + 2 of width × batch and three small ones
   * @param inputs n₀, components of an example
   * @param classes number of logits
   * @param batch examples of every pass
   */
  Backpropagation(
      Kernel kernel,
      Arena arena,
      NetworkConfig network,
      Parameters parameters,
      int inputs,
      int classes,
      int batch) {
    this.kernel = kernel;
    this.parameters = parameters;
    this.activation = network.activation();
    this.depth = network.depth();
    this.ones = new double[batch];
    Arrays.fill(ones, 1);
    this.input = arena.matrix(inputs, batch);
    this.preActivations = arena.matrices(network.width(), batch, depth);
    this.activations = arena.matrices(network.width(), batch, depth);
    this.logits = arena.matrix(classes, batch);
    this.logitGradient = arena.matrix(classes, batch);
    this.deltas = arena.matrices(network.width(), batch, 2);
  }

  /**
   * Computes the logits.
   *
   * @param features n₀ × batch
   * @return classes × batch
   */
  float[] forward(float[] features) {
    input.write(features);
    Matrix a = input;
    for (int l = 0; l < depth; l++) {
      Matrix z = preActivations.get(l);
      apply(parameters.layers().get(l), a, z);
      a = activations.get(l);
      kernel.activate(activation, z, a);
    }
    apply(parameters.layers().get(depth), a, logits);
    return logits.read();
  }

  /**
   * Hands the gradient of every layer, the read-out first, to {@code sink}. Uses up what {@link
   * #forward} left behind: one forward pass serves one backward pass.
   *
   * @param gradient ∂loss/∂logits, classes × batch
   */
  void backward(float[] gradient, GradientSink sink) {
    logitGradient.write(gradient);
    Matrix delta = logitGradient;
    for (int l = depth; l > 0; l--) {
      Matrix below = deltas.get(l % 2);
      Matrix slope = preActivations.get(l - 1);
      kernel.multiplyTransposed(parameters.layers().get(l).weights(), delta, below);
      kernel.derivative(activation, slope, slope);
      kernel.multiplyElements(slope, below);
      sink.accept(l, delta, activations.get(l - 1));
      delta = below;
    }
    sink.accept(0, delta, input);
  }

  private void apply(Layer layer, Matrix a, Matrix z) {
    kernel.multiply(layer.weights(), a, z);
    kernel.addBias(layer.bias(), ones, z);
  }
}
