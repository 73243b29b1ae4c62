package org.phasemap.kernel;

import java.util.Arrays;

/**
 * Adds up an {@link Activity} from chunks of a column-major matrix in their order. Its loops have
 * no branches, so that the JIT compiler vectorises them; lanes are emptied into float64 often
 * enough that a sum keeps float32's precision.
 */
final class ActivityCounter {
  private static final int LANES = HeapElements.CHUNK;
  private static final int ADDITIONS = 64;
  private static final float HUGE = 0x1p120f;

  private final int rows;
  private final float[] steepest;
  private final float[] sums = new float[LANES];
  private final float[] flat = new float[LANES];
  private int additions;
  private long next;
  private double sum;
  private double saturated;

  ActivityCounter(int rows) {
    this.rows = rows;
    steepest = new float[rows];
  }

  /**
   * Adds the next entries.
   *
   * @param length at most {@link HeapElements#CHUNK}
   */
  void add(float[] values, float[] slopes, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += values[i];
    }
    for (int i = 0; i < length; i++) {
      float below = Math.max(Activity.SATURATED - Math.abs(slopes[i]), 0);
      flat[i] += Math.min(below * HUGE, 1);
    }
    for (int i = 0; i < length; ) {
      int row = (int) ((next + i) % rows);
      int count = Math.min(length - i, rows - row);
      steepen(slopes, i, row, count);
      i += count;
    }
    next += length;
    if (++additions == ADDITIONS) {
      flush();
    }
  }

  private void steepen(float[] slopes, int first, int row, int count) {
    for (int i = 0; i < count; i++) {
      steepest[row + i] = Math.max(steepest[row + i], Math.abs(slopes[first + i]));
    }
  }

  private void flush() {
    for (int i = 0; i < LANES; i++) {
      sum += sums[i];
      saturated += flat[i];
    }
    Arrays.fill(sums, 0);
    Arrays.fill(flat, 0);
    additions = 0;
  }

  Activity result() {
    flush();
    int dead = 0;
    for (float slope : steepest) {
      dead += slope == 0 ? 1 : 0;
    }
    return new Activity(sum, saturated, dead);
  }
}
