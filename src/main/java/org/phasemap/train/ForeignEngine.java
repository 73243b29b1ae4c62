package org.phasemap.train;

import java.util.List;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;

/**
 * Another library that trains networks. It makes the updates and nothing else: it starts from our
 * parameters and takes our minibatches, and everything is measured by our code. Rows of two engines
 * therefore differ by the updates alone.
 */
public interface ForeignEngine {
  /**
   * A network with the given parameters.
   *
   * @param rate learning rate
   * @param start the hidden layers, then the read-out
   */
  ForeignNetwork open(NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start);
}
