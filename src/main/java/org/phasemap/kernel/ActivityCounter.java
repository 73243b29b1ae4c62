package org.phasemap.kernel;

import java.util.Arrays;

/**
 * Adds up an {@link Activity} from chunks of a column-major matrix in their order. Its loops have
 * no branches, so that the JIT compiler vectorises them; lanes are emptied into float64 often
 * enough that a sum keeps float32's precision.
 */
public final class ActivityCounter {
  private static final int LANES = Chunk.LENGTH;
  private static final int FEW = 16;
  private static final int ADDITIONS = 64;
  private static final float HUGE = 0x1p120f;

  private int rows;

  /**
   * Σ |φ′| of each unit, zero exactly if the unit is dead; several of a unit where all chunks begin
   * with the same one.
   */
  private float[] slopeSums = new float[0];

  private final float[] sums = new float[LANES];
  private final float[] flat = new float[LANES];

  /** What is added to a chunk, each number where the chunk has its own. */
  private final float[] aligned = new float[LANES];

  private int additions;
  private long next;
  private double sum;
  private double saturated;

  /** Begins a matrix. */
  public void start(int rows) {
    this.rows = rows;
    int sums = LANES % rows == 0 ? LANES : rows;
    if (slopeSums.length == sums) {
      Arrays.fill(slopeSums, 0);
    } else {
      slopeSums = new float[sums];
    }
    next = 0;
    sum = 0;
    saturated = 0;
  }

  /**
   * Adds the next entries.
   *
   * @param length at most {@link Chunk#LENGTH}
   */
  public void add(float[] values, float[] slopes, int length) {
    addValues(values, sums, length);
    countFlat(slopes, flat, length);
    if (slopeSums.length == LANES) {
      addSlopes(slopes, slopeSums, 0, length);
    } else {
      addShiftedSlopes(slopes, length);
    }
    next += length;
    if (++additions == ADDITIONS) {
      flush();
    }
  }

  private void addShiftedSlopes(float[] slopes, int length) {
    for (int i = 0; i < length; ) {
      int row = (int) ((next + i) % rows);
      int count = Math.min(length - i, rows - row);
      System.arraycopy(slopeSums, row, aligned, i, count);
      addSlopes(slopes, aligned, i, i + count);
      System.arraycopy(aligned, i, slopeSums, row, count);
      i += count;
    }
  }

  // A method for each loop: small enough for the compiler to vectorise.

  private static void addValues(float[] values, float[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += values[i];
    }
  }

  private static void countFlat(float[] slopes, float[] flat, int length) {
    for (int i = 0; i < length; i++) {
      float below = Math.max(Activity.SATURATED - Math.abs(slopes[i]), 0);
      flat[i] += Math.min(below * HUGE, 1);
    }
  }

  private static void fold(float[] lanes, float[] upper, int half) {
    for (int i = 0; i < half; i++) {
      lanes[i] += upper[i];
    }
  }

  /** Two arrays with one index: with two the compiler does not vectorise. */
  private static void addSlopes(float[] slopes, float[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] += Math.abs(slopes[i]);
    }
  }

  private void flush() {
    sum += emptied(sums);
    saturated += emptied(flat);
    additions = 0;
  }

  private double emptied(float[] lanes) {
    for (int half = LANES / 2; half >= FEW; half /= 2) {
      System.arraycopy(lanes, half, aligned, 0, half);
      fold(lanes, aligned, half);
    }
    double sum = 0;
    for (int i = 0; i < FEW; i++) {
      sum += lanes[i];
    }
    Arrays.fill(lanes, 0);
    return sum;
  }

  public Activity result() {
    flush();
    int dead = 0;
    for (int row = 0; row < rows; row++) {
      float slopes = 0;
      for (int i = row; i < slopeSums.length; i += rows) {
        slopes += slopeSums[i];
      }
      dead += slopes == 0 ? 1 : 0;
    }
    return new Activity(sum, saturated, dead);
  }
}
