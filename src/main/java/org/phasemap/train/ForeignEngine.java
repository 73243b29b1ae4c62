package org.phasemap.train;

import java.util.List;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;

/** Another library that trains networks. */
public interface ForeignEngine {
  /**
   * A network with the given parameters.
   *
   * @param rate learning rate
   * @param start the hidden layers, then the read-out
   */
  ForeignNetwork open(NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start);
}
