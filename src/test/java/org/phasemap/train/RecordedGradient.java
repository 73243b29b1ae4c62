package org.phasemap.train;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** Writes gradients down in the shape of a {@link ReferenceNetwork} and updates nothing. */
final class RecordedGradient implements GradientSink {
  private final Kernel kernel;
  private final ReferenceNetwork gradient;

  RecordedGradient(Kernel kernel, ReferenceNetwork zeros) {
    this.kernel = kernel;
    this.gradient = zeros;
  }

  @Override
  public void accept(int layer, Matrix delta, Matrix input) {
    try (Matrix weights = kernel.matrix(delta.rows(), input.rows());
        Matrix bias = kernel.matrix(delta.rows(), 1)) {
      kernel.addOuterProduct(1, delta, input, weights);
      kernel.addRowSums(1, delta, bias);
      gradient.weights[layer] = ReferenceNetwork.rows(weights);
      gradient.biases[layer] = ReferenceNetwork.columns(bias)[0];
    }
  }

  ReferenceNetwork gradient() {
    return gradient;
  }
}
