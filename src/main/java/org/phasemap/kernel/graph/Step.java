package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;

/**
 * What one node does to a batch. Values are channels × (inputs · positions). It keeps what it needs
 * of the last forward pass for the derivatives there.
 */
interface Step extends AutoCloseable {
  /** Overwrites {@code out} with the node's value. */
  void forward(List<Matrix> in, Matrix out);

  /** Overwrites {@code out} with J v, of tangents v of all that goes in. */
  void tangent(List<Matrix> in, Matrix out);

  /**
   * Overwrites {@code out} with Jᵀ g by one of the things that go in.
   *
   * @param gradient g
   * @param index its place among them
   */
  void backward(Matrix gradient, int index, Matrix out);

  @Override
  default void close() {}
}
