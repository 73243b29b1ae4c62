package org.phasemap.plan;

import org.phasemap.network.SplitMix64;

/** Seeds of cells that share no random numbers. */
public final class Seeds {
  private Seeds() {}

  /**
   * A cell's own seed: the spec's, mixed with the cell's id. For one spec's seed, different ids
   * give different seeds.
   */
  public static long of(long seed, Cell cell) {
    return SplitMix64.mixed(seed ^ Long.parseUnsignedLong(cell.id(), 16));
  }
}
