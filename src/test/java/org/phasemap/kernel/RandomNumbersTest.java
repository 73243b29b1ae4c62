package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomNumbersTest {
  private static final Stream STREAM = new Stream(2024, 3, 5, Stream.Purpose.WEIGHTS);
  private static final int MANY = 1 << 20;

  @Test
  void gaussianIsTheBoxMullerTransformOfTheWords() {
    int count = 64 * 1024;
    float[] drawn = gaussian(STREAM, count);
    int[] words = PhiloxWords.of(STREAM, count);
    for (int first = 0; first < count; first += 1024) {
      for (int pair = 0; pair < 512; pair++) {
        double u = 1 - ((words[first + 2 * pair] >>> 9) + 0.5) * 0x1p-23;
        double t = (words[first + 2 * pair + 1] >>> 9) * 0x1p-23 - 0.5;
        double r = Math.sqrt(-2 * Math.log(u));
        assertThat((double) drawn[first + pair])
            .isCloseTo(r * Math.cos(2 * Math.PI * t), within(4e-7 * r));
        assertThat((double) drawn[first + 512 + pair])
            .isCloseTo(r * Math.sin(2 * Math.PI * t), within(4e-7 * r));
      }
    }
  }

  @Test
  void uniformIsTheTop23BitsOfTheWords() {
    int count = 4096;
    float[] drawn = uniform(STREAM, count);
    int[] words = PhiloxWords.of(STREAM, count);
    for (int i = 0; i < count; i++) {
      int place = i % 1024;
      int word = i - place + (place < 512 ? 2 * place : 2 * (place - 512) + 1);
      assertThat(drawn[i]).isEqualTo((words[word] >>> 9) * 0x1p-23f);
    }
  }

  @Test
  void numbersDependOnNameAndPlaceAlone() {
    float[] all = gaussian(STREAM, 5000);
    for (int count : new int[] {1, 2, 511, 513, 1024, 1025, 4999}) {
      assertThat(gaussian(STREAM, count)).containsExactly(Arrays.copyOf(all, count));
    }
  }

  /** Stored results are comparable only as long as these bits stay what they are. */
  @Test
  void bitsAreThoseOfEveryReleaseAndMachine() {
    assertThat(Arrays.hashCode(gaussian(STREAM, 100_000))).isEqualTo(-1006349897);
    assertThat(Arrays.hashCode(uniform(STREAM, 100_000))).isEqualTo(-514474309);
  }

  static List<Stream> streams() {
    return List.of(
        STREAM,
        new Stream(0, 0, 0, Stream.Purpose.WEIGHTS),
        new Stream(-1, Integer.MAX_VALUE, (1 << 24) - 1, Stream.Purpose.BATCHES),
        new Stream(1, 0, 1, Stream.Purpose.MASK));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void gaussianMomentsAreThoseOfTheNormalLaw(Stream stream) {
    float[] x = gaussian(stream, MANY);
    assertThat(z(x, 1, 0, 1)).isBetween(-4.0, 4.0);
    assertThat(z(x, 2, 1, 2)).isBetween(-4.0, 4.0);
    assertThat(z(x, 3, 0, 15)).isBetween(-4.0, 4.0);
    assertThat(z(x, 4, 3, 96)).isBetween(-4.0, 4.0);
    assertThat(z(x, 6, 15, 10395 - 225)).isBetween(-4.0, 4.0);
    for (int lag : new int[] {1, 2, 3, 4, 256, 512, 1023, 1024}) {
      assertThat(zOfCorrelation(x, Arrays.copyOfRange(x, lag, MANY))).isBetween(-4.0, 4.0);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void uniformNumbersFillTheirIntervalEvenly(Stream stream) {
    int bins = 1000;
    int[] counts = new int[bins];
    for (float u : uniform(stream, MANY)) {
      assertThat(u >= 0 && u < 1).isTrue();
      counts[(int) (u * bins)]++;
    }
    double expected = (double) MANY / bins;
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat((chiSquare - (bins - 1)) / Math.sqrt(2.0 * (bins - 1))).isBetween(-4.0, 4.0);
  }

  @Test
  void streamsWithDifferentNamesAreIndependent() {
    float[] base = gaussian(STREAM, MANY);
    List<Stream> others =
        List.of(
            new Stream(2025, 3, 5, Stream.Purpose.WEIGHTS),
            new Stream(2024 + (1L << 32), 3, 5, Stream.Purpose.WEIGHTS),
            new Stream(2024, 4, 5, Stream.Purpose.WEIGHTS),
            new Stream(2024, 3, 6, Stream.Purpose.WEIGHTS),
            new Stream(2024, 3, 5, Stream.Purpose.BIASES));
    for (Stream other : others) {
      float[] x = gaussian(other, MANY);
      assertThat(zOfCorrelation(base, x)).as("%s", other).isBetween(-4.0, 4.0);
      assertThat(zOfCorrelation(squares(base), squares(x))).as("%s", other).isBetween(-4.0, 4.0);
    }
  }

  /** z-score of the mean of x^power, whose expectation and variance are given. */
  private static double z(float[] x, int power, double expectation, double variance) {
    double sum = 0;
    for (float value : x) {
      sum += Math.pow(value, power) - expectation;
    }
    return sum / Math.sqrt(variance * x.length);
  }

  /** z-score of the sum of products of numbers of mean 0 and variance 1. */
  private static double zOfCorrelation(float[] x, float[] y) {
    int count = Math.min(x.length, y.length);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum / Math.sqrt(count);
  }

  private static float[] squares(float[] x) {
    float[] squares = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      squares[i] = (float) ((x[i] * x[i] - 1) / Math.sqrt(2));
    }
    return squares;
  }

  private static float[] gaussian(Stream stream, int count) {
    float[] all = new float[count];
    new RandomNumbers()
        .gaussian(stream, count, (at, x, n) -> System.arraycopy(x, 0, all, (int) at, n));
    return all;
  }

  private static float[] uniform(Stream stream, int count) {
    float[] all = new float[count];
    new RandomNumbers()
        .uniform(stream, count, (at, x, n) -> System.arraycopy(x, 0, all, (int) at, n));
    return all;
  }
}
