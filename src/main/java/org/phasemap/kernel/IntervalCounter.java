package org.phasemap.kernel;

/**
 * Counts the floats that lie outside of intervals around 0, from their bits: as integers,
 * magnitudes have the order of the numbers, with NaN above all. So its loop has no branches, and
 * the JIT compiler vectorises it.
 */
public final class IntervalCounter {
  private static final int MAGNITUDE = 0x7fffffff;

  private final int[] low;
  private final int[] high;
  private final long[] counts;

  IntervalCounter(float[] low, float[] high) {
    if (low.length != high.length) {
      throw new IllegalArgumentException(
          "Cannot countOutside: %d lower bounds and %d upper".formatted(low.length, high.length));
    }
    this.low = new int[low.length];
    this.high = new int[low.length];
    counts = new long[low.length];
    for (int k = 0; k < low.length; k++) {
      if (!(low[k] <= 0 && high[k] >= 0)) {
        throw new IllegalArgumentException(
            "Cannot countOutside: 0 is not from %s to %s".formatted(low[k], high[k]));
      }
      this.low[k] = Float.floatToRawIntBits(low[k]) & MAGNITUDE;
      this.high[k] = Float.floatToRawIntBits(high[k]) & MAGNITUDE;
    }
  }

  /**
   * Adds the bits of the next entries.
   *
   * @param bits {@link Chunk#LENGTH} of them; zeros count nowhere
   */
  public void add(int[] bits) {
    int smallest = smallest(bits);
    int largest = largest(bits);
    for (int k = 0; k < counts.length; k++) {
      if (smallest > Math.max(low[k], high[k])) {
        counts[k] += Chunk.LENGTH;
      } else if (largest > Math.min(low[k], high[k])) {
        counts[k] += outside(bits, low[k], high[k]);
      }
    }
  }

  // Most chunks lie on one side of most bounds.

  private static int smallest(int[] bits) {
    int smallest = MAGNITUDE;
    for (int i = 0; i < Chunk.LENGTH; i++) {
      smallest = Math.min(smallest, bits[i] & MAGNITUDE);
    }
    return smallest;
  }

  private static int largest(int[] bits) {
    int largest = 0;
    for (int i = 0; i < Chunk.LENGTH; i++) {
      largest = Math.max(largest, bits[i] & MAGNITUDE);
    }
    return largest;
  }

  /**
   * How many numbers lie outside.
   *
   * @param bits {@link Chunk#LENGTH} numbers'
   * @param low bits of the lower bound's magnitude
   * @param high bits of the upper bound
   */
  static int outside(int[] bits, int low, int high) {
    int sum = 0;
    for (int i = 0; i < Chunk.LENGTH; i++) {
      int bound = high ^ ((high ^ low) & (bits[i] >> 31));
      sum += (bound - (bits[i] & MAGNITUDE)) >>> 31;
    }
    return sum;
  }

  /** A number for each interval. */
  long[] result() {
    return counts;
  }
}
