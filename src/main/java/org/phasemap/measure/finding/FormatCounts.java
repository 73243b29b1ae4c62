package org.phasemap.measure.finding;

import java.util.Arrays;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.theory.precision.FloatFormat;

/**
 * How many entries of a layer number formats can hold.
 *
 * @param nonZero entries that are not 0 in float32, which arithmetic is in
 * @param fp16 of IEEE binary16
 * @param bf16 of bfloat16
 * @param int8 of 8-bit integers; none for gradients
 */
public record FormatCounts(long nonZero, Held fp16, Held bf16, Held int8) {
  private static final int FLOAT_BOUNDS = 7;

  /**
   * What one format can hold.
   *
   * @param kept entries that do not round to 0
   * @param normal entries from the smallest normal number on; of integers all that are not 0
   * @param overflow entries beyond the largest number
   */
  record Held(long kept, long normal, long overflow) {}

  /** Counts the entries of gradients. */
  public static FormatCounts ofGradients(Kernel kernel, Matrix delta) {
    float[] bounds = floatBounds(FLOAT_BOUNDS);
    return of(kernel.countOutside(negative(bounds), bounds, delta));
  }

  /**
   * Counts the entries of activations.
   *
   * @param step of the 8-bit grid, which goes from −128 to 127 steps
   */
  static FormatCounts ofSignals(Kernel kernel, Matrix h, double step) {
    float[] high = floatBounds(FLOAT_BOUNDS + 2);
    high[FLOAT_BOUNDS] = (float) (0.5 * step);
    high[FLOAT_BOUNDS + 1] = (float) (127 * step);
    float[] low = negative(high);
    low[FLOAT_BOUNDS + 1] = (float) (-128 * step);
    return of(kernel.countOutside(low, high, h));
  }

  /** The step with which no entry saturates: the largest magnitude over 127. */
  static double calibratedStep(Matrix h) {
    float largest = 0;
    for (float x : h.read()) {
      largest = Math.abs(x) > largest ? Math.abs(x) : largest;
    }
    return largest / 127.0;
  }

  /** Magnitudes above which an entry counts: 0, then those of {@link Held} for each format. */
  public static float[] floatBounds(int length) {
    float[] bounds = new float[length];
    int i = 1;
    for (FloatFormat format : new FloatFormat[] {FloatFormat.FP16, FloatFormat.BF16}) {
      bounds[i++] = (float) format.largestFlushed();
      bounds[i++] = Math.nextDown((float) format.minNormal());
      bounds[i++] = (float) format.largest();
    }
    return bounds;
  }

  private static float[] negative(float[] bounds) {
    float[] negative = bounds.clone();
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -negative[i];
    }
    return negative;
  }

  /**
   * Of counts that were made elsewhere.
   *
   * @param counts entries outside each of {@link #floatBounds}, and of activations outside half a
   *     step and outside the grid
   */
  public static FormatCounts of(long[] counts) {
    long[] all = Arrays.copyOf(counts, FLOAT_BOUNDS + 2);
    return new FormatCounts(
        all[0],
        new Held(all[1], all[2], all[3]),
        new Held(all[4], all[5], all[6]),
        new Held(all[7], all[0], all[8]));
  }
}
