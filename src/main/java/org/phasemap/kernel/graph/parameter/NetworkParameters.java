package org.phasemap.kernel.graph.parameter;

/** The parameters of one network, node by node. */
public interface NetworkParameters extends AutoCloseable {
  /**
   * Those of a node.
   *
   * @throws NullPointerException if it has none
   */
  NodeParameters of(int node);

  @Override
  void close();
}
