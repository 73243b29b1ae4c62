package org.phasemap.train;

import org.phasemap.kernel.Matrix;

/**
 * Takes a layer's gradient as factors: ∂loss/∂W = δ aᵀ and ∂loss/∂b = δ 1. When it is called,
 * nothing needs the layer's parameters any more, so it may update them at once.
 */
interface GradientSink {
  /**
   * Takes one layer's gradient.
   *
   * @param layer index, 0 for the first hidden layer, L for the read-out
   * @param delta δ = ∂loss/∂z, fan-out × batch
   * @param input a, fan-in × batch
   */
  void accept(int layer, Matrix delta, Matrix input);
}
