package org.phasemap.plan;

/** Seeds of cells that share no random numbers. */
final class Seeds {
  private Seeds() {}

  /**
   * A cell's own seed: the spec's, mixed with the cell's id. For one spec's seed, different ids
   * give different seeds.
   */
  static long of(long seed, Cell cell) {
    return mixed(seed ^ Long.parseUnsignedLong(cell.id(), 16));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection of 64 bits. */
  static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
