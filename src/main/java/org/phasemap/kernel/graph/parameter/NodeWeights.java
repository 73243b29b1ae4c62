package org.phasemap.kernel.graph.parameter;

import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Matrix;

/**
 * Parameters of a {@link org.phasemap.network.graph.Operation.Weighted}, or anything else of their
 * shape. Groups stand side by side as blocks of (C_out/groups) × (taps · C_in/groups); the channels
 * of a tap stand side by side.
 *
 * @param weights W
 * @param bias b, C_out × 1; null where there is none
 * @param mask 1 where a weight is kept and 0 elsewhere, as W; null where all are kept
 */
public record NodeWeights(Blocks weights, @Nullable Matrix bias, @Nullable Matrix mask)
    implements NodeParameters {
  @Override
  public void close() {
    weights.all().close();
    if (bias != null) {
      bias.close();
    }
    if (mask != null) {
      mask.close();
    }
  }
}
