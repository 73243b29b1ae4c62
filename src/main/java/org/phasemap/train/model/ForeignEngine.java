package org.phasemap.train.model;

import java.util.List;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.spec.Recipe;

/**
 * Another library that trains networks. It makes the updates and nothing else: it starts from our
 * parameters and takes our minibatches, and everything is measured by our code. Rows of two engines
 * therefore differ by the updates alone.
 */
public interface ForeignEngine {
  /**
   * A network of fully connected layers with the given parameters.
   *
   * @param rate learning rate
   * @param start the hidden layers, then the read-out
   */
  ForeignNetwork open(NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start);

  /**
   * A network that a graph of layers describes, with the given parameters.
   *
   * @param graph its read-out has an output for each class
   * @param network says its activation
   * @param rate learning rate
   * @param start of the nodes that have parameters, in order
   */
  ForeignNetwork open(
      LayerGraph graph, NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start);
}
