package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link TailEntries} against entries taken one by one. */
class TailEntriesTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private final TailEntries tails = new TailEntries();

  /**
   * Intervals of formulas; the last is that of an activation without one, and has nothing in it.
   */
  @ParameterizedTest
  @CsvSource({
    "-37, 37, 53",
    "-13, Infinity, 15",
    "-80, 80, 110",
    "-88.72, Infinity, 110",
    "Infinity, -Infinity, Infinity"
  })
  void replacesWhatLiesOutside(float low, float high, float far) {
    float[] special = {0, -0f, Float.NaN, INF, -INF, low, high, far, -far};
    Random random = new Random(1);
    for (double deviation : new double[] {1, 10, 30, 100, 1e10}) {
      float[] x = new float[Chunk.LENGTH];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (deviation * random.nextGaussian());
      }
      assertReplaced(low, x, high, far);
      for (float number : special) {
        for (float next : new float[] {Math.nextDown(number), number, Math.nextUp(number)}) {
          x[random.nextInt(x.length)] = next;
        }
      }
      assertReplaced(low, x, high, far);
    }
  }

  @Test
  void findsTheOnlyEntryWhereverItIs() {
    for (int i = 0; i < Chunk.LENGTH; i++) {
      float[] x = new float[Chunk.LENGTH];
      for (float number : new float[] {Math.nextDown(-13f), -15, Math.nextDown(-15f), -INF}) {
        x[i] = number;
        assertThat(tails.find(-13, x, INF, 15)).as("%s at %d", number, i).isTrue();
      }
      x[i] = -13;
      assertThat(tails.find(-13, x, INF, 15)).isFalse();
    }
  }

  private void assertReplaced(float low, float[] x, float high, float far) {
    float[] expected = x.clone();
    for (int i = 0; i < x.length; i++) {
      if (x[i] < low || x[i] > high) {
        expected[i] = x[i] < -far ? -0f : x[i] > far ? 7 : (float) Math.cbrt(x[i]);
      }
    }
    float[] out = x.clone();
    if (tails.find(low, x, high, far)) {
      tails.replace(Math::cbrt, -0f, 7, out);
    }
    assertThat(bits(out)).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(x[i]));
    return bits;
  }
}
