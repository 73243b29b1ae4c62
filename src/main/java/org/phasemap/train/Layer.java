package org.phasemap.train;

import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Weights;
import org.phasemap.network.NetworkConfig;

/**
 * Parameters of one layer, z = W a + b.
 *
 * @param weights W, fan-out × fan-in
 * @param bias b, fan-out × 1
 * @param mask 1 where a weight is kept and 0 elsewhere, fan-out × fan-in; null where all are kept
 */
record Layer(Matrix weights, Matrix bias, @Nullable Matrix mask) {
  /** A layer of zeros, with a mask if the network has masks. */
  static Layer zeros(Arena arena, NetworkConfig network, int fanOut, int fanIn) {
    return new Layer(
        arena.matrix(fanOut, fanIn),
        arena.matrix(fanOut, 1),
        network.keepProbability() < 1 ? arena.matrix(fanOut, fanIn) : null);
  }

  /** Draws all parameters by the network's laws. */
  void draw(
      Kernel kernel,
      NetworkConfig network,
      Stream weightStream,
      Stream biasStream,
      Stream maskStream) {
    Weights.draw(kernel, network.weightLaw(), network.sigmaW2(), weightStream, weights);
    Weights.drawBias(kernel, network.sigmaB2(), biasStream, bias);
    if (mask != null) {
      Weights.drawMask(kernel, network.keepProbability(), maskStream, mask);
      applyMask(kernel);
    }
  }

  /** Sets the weights that the mask drops to zero. */
  void applyMask(Kernel kernel) {
    if (mask != null) {
      kernel.multiplyElements(mask, weights);
    }
  }
}
