package org.phasemap.kernel.graph.parameter;

import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Matrix;

/** Parameters of a {@link org.phasemap.network.graph.Operation.Weighted}, as passes use them. */
public sealed interface NodeParameters extends AutoCloseable permits NodeWeights, UnseenWeights {
  /** W, or what is known of it: gradients by W have its shape. */
  Blocks weights();

  /** b, C_out × 1; null where there is none. */
  @Nullable Matrix bias();

  /** 1 where a weight is kept and 0 elsewhere, as W; null where all are kept. */
  @Nullable Matrix mask();

  @Override
  void close();
}
