package org.phasemap.network;

/**
 * The generator of Steele, Lea and Flood 2014, used by counter: number i of a seed depends on
 * nothing else.
 */
public final class SplitMix64 {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private SplitMix64() {}

  /** The finaliser: a bijection of 64 bits. */
  public static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Number {@code index} &gt;= 0 of a seed. */
  public static long at(long seed, long index) {
    return mixed(mixed(seed) + (index + 1) * GAMMA);
  }

  /** Standard normal number {@code index} of a seed, by Box and Muller, the same on every JVM. */
  public static double gaussian(long seed, long index) {
    double u = ((at(seed, 2 * index) >>> 11) + 1) * 0x1p-53;
    double angle = (at(seed, 2 * index + 1) >>> 11) * 0x1p-53;
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * angle);
  }
}
