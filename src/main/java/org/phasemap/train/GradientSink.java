package org.phasemap.train;

import org.phasemap.kernel.Blocks;

/**
 * Takes a layer's gradients as factors: ∂loss/∂W = δ aᵀ and ∂loss/∂b = δ 1. When it is called,
 * nothing needs the layer's parameters any more, so it may update them at once.
 */
interface GradientSink {
  /**
   * Takes one layer's gradients.
   *
   * @param layer index, 0 for the first hidden layer, L for the read-out
   * @param delta δ = ∂loss/∂z, blocks of fan-out × batch
   * @param input a, fan-in × batch, a block for each network; one for all in the first layer
   */
  void accept(int layer, Blocks delta, Blocks input);
}
