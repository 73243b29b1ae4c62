package org.phasemap.kernel.graph;

import org.phasemap.kernel.Matrix;

/** Takes gradients on their way down. */
public interface GradientSink {
  /**
   * All that comes down to a node has come.
   *
   * @param node its number
   * @param gradient by its value, of the value's shape; valid during the call
   */
  void at(int node, Matrix gradient);
}
