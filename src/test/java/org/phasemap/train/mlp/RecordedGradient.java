package org.phasemap.train.mlp;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.ReferenceNetwork;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.GradientSink;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;

/** Writes gradients down in the shape of a {@link ReferenceNetwork} and updates nothing. */
final class RecordedGradient implements GradientSink {
  private final Kernel kernel;
  private final ReferenceNetwork gradient;

  RecordedGradient(Kernel kernel, ReferenceNetwork zeros) {
    this.kernel = kernel;
    this.gradient = zeros;
  }

  @Override
  public void accept(int layer, LayerGradient made) {
    try (Arena arena = new Arena(kernel)) {
      int fanOut = gradient.weights[layer].length;
      Blocks weights = arena.blocks(fanOut, gradient.weights[layer][0].length, 1);
      Blocks bias = arena.blocks(fanOut, 1, 1);
      made.addTo(kernel, new double[] {1}, 0, new Layer(weights, bias, null));
      gradient.weights[layer] = ReferenceNetwork.rows(weights.block(0));
      gradient.biases[layer] = ReferenceNetwork.columns(bias.block(0))[0];
    }
  }

  ReferenceNetwork gradient() {
    return gradient;
  }
}
