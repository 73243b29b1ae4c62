package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;

/** As {@link GradientSink}, of several gradients that come down side by side. */
public interface GradientsSink {
  /**
   * All that comes down to a node has come.
   *
   * @param node its number
   * @param gradients by its value, each of the value's shape; valid during the call
   */
  void at(int node, List<Matrix> gradients);
}
