package org.phasemap.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.kernel.formula.Elements;

/**
 * The entries of a chunk that lie in the tails of a formula.
 *
 * <p>Mostly there are none, which a sum of eighth powers tells at the cost of three products an
 * entry. Where signals explode, half of all entries lie so far out that φ and φ′ have reached their
 * limits: these are set without a branch, by masks of their bits. Only those between are looked for
 * and computed one by one. All other loops have constant counts and no branches, so that the JIT
 * compiler vectorises them.
 */
final class TailEntries {
  private static final int CHUNK = Chunk.LENGTH;

  /** Partial sums, of four entries each, and of four of those. */
  private static final int SUMS = CHUNK / 4;

  private static final int LAST = SUMS / 4;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.nativeOrder());
  private final IntBuffer asInts = memory.asIntBuffer();
  private final FloatBuffer asFloats = memory.asFloatBuffer();
  private final float[] sums = new float[SUMS];
  private final int[] arguments = new int[CHUNK];
  private final int[] results = new int[CHUNK];

  /** Those that are computed one by one, and how many. */
  private final int[] place = new int[CHUNK];

  private int found;

  /** Bits of the magnitudes beyond which entries are limits, and whether some are. */
  private int farBelow;

  private int farAbove;
  private boolean far;

  /** As {@link Elements#find}. */
  boolean find(float low, float[] x, float high, float limit) {
    found = 0;
    far = false;
    if (areInside(x, Math.min(-low, high))) {
      return false;
    }
    asFloats.put(0, x);
    asInts.get(0, arguments);
    farBelow = low > Float.NEGATIVE_INFINITY ? Float.floatToRawIntBits(limit) : INFINITY;
    farAbove = high < Float.POSITIVE_INFINITY ? Float.floatToRawIntBits(limit) : INFINITY;
    int below = Float.floatToRawIntBits(-low);
    int above = Float.floatToRawIntBits(high);
    markBetween(arguments, below, above, farBelow, farAbove, results);
    collectMarked();
    // NaN counts, too, but has no limit.
    far = IntervalCounter.outside(arguments, farBelow, farAbove) > 0;
    return far || found > 0;
  }

  /** Whether all magnitudes are surely below a bound: none is NaN, and Σ x⁸ is below bound⁸/2. */
  private boolean areInside(float[] x, float bound) {
    if (!(bound > 0)) {
      return false;
    }
    sumEighths(x, sums);
    sumSums(sums);
    float sum = 0;
    float other = 0;
    for (int i = 0; i < LAST / 2; i++) {
      sum += sums[i];
      other += sums[i + LAST / 2];
    }
    return sum + other < 0.5f * eighth(bound);
  }

  // As sums of sums from left to right: other ways are not vectorised.

  private static void sumEighths(float[] x, float[] sums) {
    for (int i = 0; i < SUMS; i++) {
      sums[i] =
          eighth(x[i]) + eighth(x[i + SUMS]) + eighth(x[i + 2 * SUMS]) + eighth(x[i + 3 * SUMS]);
    }
  }

  private static void sumSums(float[] sums) {
    for (int i = 0; i < LAST; i++) {
      sums[i] = sums[i] + sums[i + LAST] + sums[i + 2 * LAST] + sums[i + 3 * LAST];
    }
  }

  private static float eighth(float x) {
    float square = x * x;
    float fourth = square * square;
    return fourth * fourth;
  }

  /** Mostly they are few: eight marks are looked at together. */
  private void collectMarked() {
    for (int i = 0; i < CHUNK; i += 8) {
      int first = results[i] | results[i + 1] | results[i + 2] | results[i + 3];
      int second = results[i + 4] | results[i + 5] | results[i + 6] | results[i + 7];
      if ((first | second) < 0) {
        for (int k = i; k < i + 8; k++) {
          if (results[k] < 0) {
            place[found++] = k;
          }
        }
      }
    }
  }

  /** Negative where a magnitude is beyond the first bound and not beyond the second. */
  private static void markBetween(
      int[] bits, int below, int above, int farBelow, int farAbove, int[] marks) {
    for (int i = 0; i < CHUNK; i++) {
      int magnitude = bits[i] & MAGNITUDE;
      int sign = bits[i] >> 31;
      int near = above ^ ((above ^ below) & sign);
      int far = farAbove ^ ((farAbove ^ farBelow) & sign);
      marks[i] = (near - magnitude) & ~(far - magnitude);
    }
  }

  /** As {@link Elements#replace}. */
  void replace(DoubleUnaryOperator f, float below, float above, float[] out) {
    if (far) {
      asFloats.put(0, out);
      asInts.get(0, results);
      int limitBelow = Float.floatToRawIntBits(below);
      int limitAbove = Float.floatToRawIntBits(above);
      setLimits(arguments, farBelow, farAbove, limitBelow, limitAbove, results);
      asInts.put(0, results);
      asFloats.get(0, out);
    }
    for (int i = 0; i < found; i++) {
      int at = place[i];
      out[at] = (float) f.applyAsDouble(Float.intBitsToFloat(arguments[at]));
    }
  }

  /** Where a magnitude is beyond its bound, and not NaN. */
  private static void setLimits(
      int[] bits, int farBelow, int farAbove, int below, int above, int[] out) {
    for (int i = 0; i < CHUNK; i++) {
      int magnitude = bits[i] & MAGNITUDE;
      int sign = bits[i] >> 31;
      int far = farAbove ^ ((farAbove ^ farBelow) & sign);
      int limit = above ^ ((above ^ below) & sign);
      int mask = ((far - magnitude) & ~(INFINITY - magnitude)) >> 31;
      out[i] ^= (out[i] ^ limit) & mask;
    }
  }
}
