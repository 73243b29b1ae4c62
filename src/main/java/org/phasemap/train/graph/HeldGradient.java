package org.phasemap.train.graph;

import java.util.Arrays;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;

/**
 * A layer's gradient as numbers, of one network.
 *
 * @param gradient of the layer's shape
 */
record HeldGradient(Layer gradient) implements LayerGradient {
  @Override
  public void addTo(Kernel kernel, double[] alpha, double beta, Layer sum) {
    add(kernel, alpha[0], gradient.weights(), beta, sum.weights());
    if (gradient.bias() != null && sum.bias() != null) {
      add(kernel, alpha[0], gradient.bias(), beta, sum.bias());
    }
  }

  private static void add(Kernel kernel, double alpha, Blocks from, double beta, Blocks to) {
    if (beta == 0) {
      kernel.copy(from.block(0), to.block(0));
      scale(kernel, alpha, to);
    } else {
      scale(kernel, beta, to);
      kernel.add(alpha, from.block(0), to.block(0));
    }
  }

  private static void scale(Kernel kernel, double factor, Blocks blocks) {
    if (factor != 1) {
      double[] scale = new double[blocks.columns()];
      Arrays.fill(scale, factor);
      kernel.scaleColumns(scale, blocks.block(0));
    }
  }
}
