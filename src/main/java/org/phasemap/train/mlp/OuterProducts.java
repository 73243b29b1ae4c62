package org.phasemap.train.mlp;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;

/**
 * A fully connected layer's gradient as factors: ∂loss/∂W = δ aᵀ and ∂loss/∂b = δ 1.
 *
 * @param delta δ = ∂loss/∂z, blocks of fan-out × batch
 * @param input a, fan-in × batch, a block for each network; one for all in the first layer
 */
record OuterProducts(Blocks delta, Blocks input) implements LayerGradient {
  @Override
  public void addTo(Kernel kernel, double[] alpha, double beta, Layer sum) {
    kernel.addOuterProducts(alpha, delta, input, beta, sum.weights());
    if (sum.bias() != null) {
      kernel.addRowSums(alpha, delta, beta, sum.bias());
    }
  }
}
