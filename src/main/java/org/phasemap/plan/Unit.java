package org.phasemap.plan;

import java.io.Serializable;
import java.util.List;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.Architecture;

/**
 * A batch of replicates measured together: same task, backend and replicate number; what else they
 * have in common, their architecture says. Formed by the plan alone, so results do not depend on
 * how the work is distributed.
 *
 * @param seed of the random numbers: the spec's, or for independent cells one of their own
 * @param replicate number of the random network
 * @param sampler how the networks are drawn
 * @param sharing whether cells share random numbers; a unit of independent ones has one cell
 * @param backend who measures
 * @param cells what is measured
 */
public record Unit(
    long seed, int replicate, Sampler sampler, Sharing sharing, Backend backend, List<Cell> cells)
    implements Serializable {
  /** Of the default backend. */
  public Unit(long seed, int replicate, Sampler sampler, Sharing sharing, List<Cell> cells) {
    this(seed, replicate, sampler, sharing, Backends.preferred(), cells);
  }

  /** Which cells share random numbers. */
  public enum Sharing {
    /** Replicate r of every cell draws the same numbers. */
    COMMON,
    /** No two cells share any. */
    INDEPENDENT
  }

  /** One of the cells, drawn as with the others. */
  public Unit alone(Cell cell) {
    return new Unit(seed, replicate, sampler, sharing, backend, List.of(cell));
  }

  /** The same cells, drawn as another replicate. */
  public Unit again(int other) {
    return new Unit(seed, other, sampler, sharing, backend, cells);
  }

  /** The task all cells share. */
  public Task task() {
    return cells.get(0).task();
  }

  /** The architecture all cells share. */
  public Architecture architecture() {
    return cells.get(0).network().architecture();
  }
}
