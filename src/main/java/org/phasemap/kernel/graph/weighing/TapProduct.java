package org.phasemap.kernel.graph.weighing;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Matrix;

/** Products of weights and what their taps see. */
sealed interface TapProduct extends AutoCloseable permits PatchProduct, TiledProduct {
  /**
   * Overwrites z with W and the patches of h.
   *
   * @param weights for each group, out × (taps · in)
   */
  void multiply(Blocks weights, Matrix h, Matrix z);

  @Override
  void close();
}
