package org.phasemap.train;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;

/** Writes gradients down in the shape of a {@link ReferenceNetwork} and updates nothing. */
final class RecordedGradient implements GradientSink {
  private final Kernel kernel;
  private final ReferenceNetwork gradient;

  RecordedGradient(Kernel kernel, ReferenceNetwork zeros) {
    this.kernel = kernel;
    this.gradient = zeros;
  }

  @Override
  public void accept(int layer, Blocks delta, Blocks input) {
    try (Arena arena = new Arena(kernel)) {
      Blocks weights = arena.blocks(delta.rows(), input.rows(), 1);
      Blocks bias = arena.blocks(delta.rows(), 1, 1);
      new Layer(weights, bias, null).addGradient(kernel, new double[] {1}, delta, input, 0);
      gradient.weights[layer] = ReferenceNetwork.rows(weights.block(0));
      gradient.biases[layer] = ReferenceNetwork.columns(bias.block(0))[0];
    }
  }

  ReferenceNetwork gradient() {
    return gradient;
  }
}
