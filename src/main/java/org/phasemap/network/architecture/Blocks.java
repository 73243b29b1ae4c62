package org.phasemap.network.architecture;

import java.util.List;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;

/** What families with skip connections have in common. */
final class Blocks {
  private Blocks() {}

  /** x + s·branch. */
  static int sum(LayerGraph.Builder builder, int x, int branch, double scale) {
    return builder.add(new Operation.Sum(List.of(1.0, scale)), x, branch);
  }
}
