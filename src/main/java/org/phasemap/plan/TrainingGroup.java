package org.phasemap.plan;

import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;

/**
 * How many networks of one shape are trained side by side. It pays only where a layer takes about a
 * microsecond. Replicates never stand together, because their minibatches differ.
 */
public final class TrainingGroup {
  /** Activations of a layer, all networks together: from there on calls cost next to nothing. */
  private static final int ENTRIES = 1 << 12;

  private static final int MOST = 16;

  private TrainingGroup() {}

  /**
   * Networks that go through their minibatches together: several where they are small MLPs. Graphs
   * of layers are trained one at a time.
   */
  public static int capacity(NetworkConfig network, Task.Training task) {
    if (!network.architecture().equals(Architecture.MLP)) {
      return 1;
    }
    long entries = (long) network.width() * task.recipe().batchSize();
    return (int) Math.max(1, Math.min(MOST, ENTRIES / entries));
  }
}
