package org.phasemap.kernel.graph.weighing;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Matrix;

/** z = W h + b, in one geometry or another. */
public interface Weighing extends AutoCloseable {
  /** Overwrites z with W h. */
  void up(Blocks weights, Matrix h, Matrix z);

  /** Overwrites {@code out} with Wᵀ g. */
  void down(Blocks weights, Matrix g, Matrix out);

  /**
   * gradient += alpha Σ over inputs of ∂(g · z)/∂W.
   *
   * @param first of the inputs
   * @param count of them
   */
  void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient);

  @Override
  default void close() {}
}
