package org.phasemap.plan;

import java.io.Serializable;
import java.util.List;

/**
 * A batch of replicates measured together: same task and one replicate number; same width, weight
 * law and mask, or where they are trained the same activation, depth and width. Formed by the plan
 * alone, so results do not depend on how the work is distributed.
 *
 * @param seed of the random numbers: the spec's, or for independent cells one of their own
 * @param replicate number of the random network
 * @param sampler how the networks are drawn
 * @param sharing whether cells share random numbers; a unit of independent ones has one cell
 * @param cells what is measured
 */
public record Unit(long seed, int replicate, Sampler sampler, Sharing sharing, List<Cell> cells)
    implements Serializable {
  /** Which cells share random numbers. */
  public enum Sharing {
    /** Replicate r of every cell draws the same numbers. */
    COMMON,
    /** No two cells share any. */
    INDEPENDENT
  }

  /** One of the cells, drawn as with the others. */
  public Unit alone(Cell cell) {
    return new Unit(seed, replicate, sampler, sharing, List.of(cell));
  }

  /** The same cells, drawn as another replicate. */
  Unit again(int other) {
    return new Unit(seed, other, sampler, sharing, cells);
  }

  /** The task all cells share. */
  public Task task() {
    return cells.get(0).task();
  }
}
