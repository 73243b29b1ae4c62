package org.phasemap.plan.cost;

import org.phasemap.kernel.Speed;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Probe;

/**
 * What it takes to draw what the weights of a graph of dense layers do, in place of the weights.
 *
 * @param nodes that have weights, but for the read-out
 * @param ends rows of all that goes into them and comes out
 * @param widest rows of what comes out of one of them, at most
 * @param up what goes up
 * @param down what comes down
 */
record DrawnProducts(int nodes, double ends, double widest, Sent up, Sent down) {
  /** Of a column with one that was sent before it: two products, twice, and what comes out. */
  private static final double SECONDS_PER_PRODUCT = 0.04e-9;

  /** Calls on small matrices. */
  private static final double SECONDS_PER_SENDING = 1e-6;

  /**
   * What goes one way.
   *
   * @param times how often
   * @param columns each time
   */
  private record Sent(double times, double columns) {
    double all() {
      return times * columns;
    }

    /** Columns that room is made for, which is doubled. */
    double room() {
      double room = times > 0 ? columns : 0;
      while (room < all()) {
        room *= 2;
      }
      return room;
    }
  }

  static DrawnProducts of(LayerGraph graph, Task.Propagation task, boolean hasJets) {
    int nodes = 0;
    double ends = 0;
    double widest = 0;
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Operation.Weighted && node.layer() > 0) {
        double out = node.shape().channels();
        nodes++;
        ends += out + graph.nodes().get(node.from().get(0)).shape().channels();
        widest = Math.max(widest, out);
      }
    }
    double m = task.inputs().count();
    double tangents = task.probes().contains(Probe.JACOBIAN) ? 1 : 0;
    double jets = hasJets ? 3 : 0;
    boolean backward = PanelShape.hasBackward(task);
    double outputs = task.hasGradientPairs() && graph.couplesInputs() ? m : 0;
    return new DrawnProducts(
        nodes,
        ends,
        widest,
        new Sent(1 + tangents + jets, m),
        new Sent(backward ? 1 + tangents + outputs + jets : jets, m));
  }

  /** Seconds on one core: a column meets all that were sent before it, both ways. */
  double seconds(Speed speed) {
    double columns = up.all() + down.all();
    return nodes * (up.times + down.times) * SECONDS_PER_SENDING
        + ends * columns * (speed.perRandom() + columns * SECONDS_PER_PRODUCT);
  }

  /** Numbers: random ones, twice while room is made; those that come of them; what was sent. */
  double numbers() {
    return ends * 2 * (up.room() + down.room());
  }

  /** Numbers of a node's gradient by what its weights do. */
  double gradient() {
    return widest * up.all();
  }
}
