package org.phasemap.plan;

import java.io.Serializable;
import java.util.List;

/**
 * A batch of replicates measured together: same width, weight law, mask and task, one replicate
 * number. Formed by the plan alone, so results do not depend on how the work is distributed.
 *
 * @param seed of the spec
 * @param replicate number of the random network
 * @param cells what is measured; training units have one
 */
public record Unit(long seed, int replicate, List<Cell> cells) implements Serializable {
  /** The task all cells share. */
  public Task task() {
    return cells.get(0).task();
  }
}
