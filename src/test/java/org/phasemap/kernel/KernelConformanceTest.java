package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Erf;

/** Every operation of every backend against plain float64. */
@ParameterizedClass
@MethodSource("org.phasemap.kernel.Backends#ofKernels")
class KernelConformanceTest extends KernelTestCase {
  KernelConformanceTest(Backend backend) {
    super(backend);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,1", "1,1,13", "17,1,5", "3,257,3", "257,3,31", "128,129,127"})
  void products(int n, int k, int m) {
    float[] a = normal(n * k);
    float[] b = normal(k * m);
    float[] c = normal(n * m);
    float[] bTransposed = transpose(b, k, m);
    double bound = 4 * k * EPSILON;

    Matrix out = kernel.matrix(n, m);
    kernel.multiply(matrix(n, k, a), matrix(k, m, b), out);
    assertClose(out.read(), product(a, b, n, k, m), bound);

    out.write(c);
    kernel.multiplyTransposed(matrix(k, n, transpose(a, n, k)), matrix(k, m, b), out);
    assertClose(out.read(), product(a, b, n, k, m), bound);

    out.write(c);
    kernel.addProduct(matrix(n, k, a), matrix(k, m, b), out);
    double[] sum = product(a, b, n, k, m);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += c[i];
    }
    assertClose(out.read(), sum, bound);

    out.write(c);
    kernel.addOuterProduct(-0.5, matrix(n, k, a), matrix(m, k, bTransposed), out);
    double[] expected = product(a, b, n, k, m);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = c[i] - 0.5 * expected[i];
    }
    assertClose(out.read(), expected, bound);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "257,3", "128,130", "1000,13"})
  void gramOfAllColumns(int n, int m) {
    Matrix a = matrix(n, m, normal(n * m));
    double[] one = kernel.gram(a, m);
    double[] all = kernel.wideGram(a);

    assertThat(all).hasSize(m * m);
    for (int i = 0; i < m * m; i++) {
      assertThat(Math.abs(all[i] - one[i])).isLessThan(1e-13 * n);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,5,3", "257,3,1", "256,8,100", "1000,13,11", "5000,20,2"})
  void gram(int n, int m, int blocks) {
    float[] a = normal(n * m * blocks);
    double[] measured = kernel.gram(matrix(n, m * blocks, a), m);
    assertThat(measured).hasSize(blocks * m * m);
    for (int g = 0; g < measured.length; g++) {
      int block = g / (m * m);
      int i = g / m % m;
      int j = g % m;
      double sum = 0;
      for (int row = 0; row < n; row++) {
        sum += (double) a[(block * m + i) * n + row] * a[(block * m + j) * n + row];
      }
      assertThat(Math.abs(measured[g] - sum)).isLessThan(1e-13 * n);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "6,4,3", "4,6,8", "128,130,5"})
  void gramOfPartsIsThatOfColumnsOfTheirLength(int n, int columns, int parts) {
    float[] a = normal(n * columns);
    Matrix reshaped = matrix(a.length / parts, parts, a);

    assertThat(kernel.gramOfParts(matrix(n, columns, a), parts))
        .containsExactly(kernel.gram(reshaped, parts));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-3f, 0.4f, 30, 1e30f})
  void countsChunksThatLieOnOneSide(float scale) {
    float[] low = {0, -1e-7f, -0.5f, -128};
    float[] high = {0, 1e-7f, 0.5f, 127};
    float[] a = normal(2 * Chunk.LENGTH);
    long[] expected = new long[low.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = scale * (a[i] < 0 ? a[i] - 1 : a[i] + 1); // none near 0
      for (int k = 0; k < low.length; k++) {
        expected[k] += a[i] < low[k] || a[i] > high[k] ? 1 : 0;
      }
    }
    assertThat(kernel.countOutside(low, high, matrix(Chunk.LENGTH, 2, a)))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "13,1", "257,3", "31,67", "4099,2"})
  void countsOutsideOfIntervals(int n, int m) {
    float[] low = {0, -0f, -1e-40f, -1, -128, -0.5f, Float.NEGATIVE_INFINITY};
    float[] high = {0, 0, 2e-40f, 1, 127, 0.7f, Float.MAX_VALUE};
    float[] special = {
      -0f,
      Float.MIN_VALUE,
      -1e-40f,
      -1.1e-40f,
      1,
      -1,
      Math.nextUp(1f),
      127,
      -127.5f,
      -128,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NaN,
      -Float.NaN
    };
    float[] a = normal(n * m);
    System.arraycopy(special, 0, a, 0, Math.min(special.length, a.length));
    long[] expected = new long[low.length];
    for (int k = 0; k < low.length; k++) {
      for (float x : a) {
        expected[k] += x < low[k] || x > high[k] || Float.isNaN(x) ? 1 : 0;
      }
    }
    assertThat(kernel.countOutside(low, high, matrix(n, m, a))).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "13,1", "257,3", "31,67", "4099,2"})
  void elementwise(int n, int m) {
    float[] a = normal(n * m);
    float[] b = normal(n * m);
    float[] bias = normal(n);
    double[] scale = random.doubles(m, -2, 2).toArray();
    Matrix other = matrix(n, m, b);

    double[] scaled = new double[n * m];
    double[] biased = new double[n * m];
    double[] times = new double[n * m];
    double[] sum = new double[n * m];
    double[] rowSums = new double[n];
    for (int i = 0; i < n * m; i++) {
      scaled[i] = a[i] * scale[i / n];
      biased[i] = a[i] + bias[i % n] * scale[i / n];
      times[i] = (double) a[i] * b[i];
      sum[i] = a[i] + 0.3 * b[i];
      rowSums[i % n] += 0.3 * a[i];
    }
    for (int i = 0; i < n; i++) {
      rowSums[i] += bias[i];
    }

    Matrix x = matrix(n, m, a);
    kernel.scaleColumns(scale, x);
    assertClose(x.read(), scaled, 4 * EPSILON);
    x.write(a);
    kernel.addBias(matrix(n, 1, bias), scale, x);
    assertClose(x.read(), biased, 8 * EPSILON);
    x.write(a);
    kernel.multiplyElements(other, x);
    assertClose(x.read(), times, 4 * EPSILON);
    x.write(a);
    kernel.add(0.3, other, x);
    assertClose(x.read(), sum, 8 * EPSILON);
    Matrix target = matrix(n, 1, bias);
    kernel.addRowSums(new double[] {0.3}, Blocks.of(matrix(n, m, a)), 1, Blocks.of(target));
    assertClose(target.read(), rowSums, (m + 8) * EPSILON);
    kernel.copy(other, x);
    assertThat(x.read()).containsExactly(b);
  }

  @Test
  void nanIsNotLostInProductsAndScales() {
    float[] broken = {1, Float.NaN, 3, Float.POSITIVE_INFINITY};
    Matrix x = matrix(2, 2, broken);
    kernel.scaleColumns(new double[] {0, 0}, x);
    assertThat(x.read()).containsExactly(0, Float.NaN, 0, Float.NaN);
    x.write(broken);
    Matrix out = matrix(2, 2, broken);
    kernel.multiply(matrix(2, 2, new float[] {1, 0, 0, 1}), x, out);
    assertThat(out.read()[1]).isNaN();
    kernel.multiply(matrix(2, 2, new float[4]), matrix(2, 2, new float[4]), out);
    assertThat(out.read()).containsOnly(0f);
    assertThat(kernel.gram(x, 1)[0]).isNaN();
  }

  @Test
  void aNewMatrixIsZero() {
    assertThat(kernel.matrix(257, 3).read()).containsOnly(0f).hasSize(771);
  }

  @ParameterizedTest
  @CsvSource({"0", "1e-3", "0.5", "0.9", "1"})
  void keepBelowComparesExactly(double p) {
    float near = (float) p;
    float[] uniforms = {
      0, 0.25f, 0.5f, 0.75f, Math.nextDown(1f), near, Math.nextUp(near), Math.nextDown(near)
    };
    for (int i = 0; i < uniforms.length; i++) {
      uniforms[i] = Math.min(Math.max(uniforms[i], 0), Math.nextDown(1f));
    }
    float[] weights = normal(uniforms.length);
    Matrix w = matrix(uniforms.length, 1, weights);
    kernel.keepBelow(p, matrix(uniforms.length, 1, uniforms), w);
    float[] kept = w.read();
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i] == weights[i]).as("u = %s", uniforms[i]).isEqualTo(uniforms[i] < p);
      assertThat(kept[i] == 0 || kept[i] == weights[i]).isTrue();
    }
  }

  @Test
  void masksOfEqualUniformsNest() {
    Matrix uniforms = kernel.matrix(211, 97);
    kernel.fillUniform(uniforms, new Stream(8, 0, 1, Stream.Purpose.MASK));
    float[] ones = new float[211 * 97];
    Arrays.fill(ones, 1);
    float[] smaller = new float[ones.length];
    for (double p : new double[] {0.1, 0.3, 0.300001, 0.9, 1}) {
      Matrix kept = matrix(211, 97, ones);
      kernel.keepBelow(p, uniforms, kept);
      float[] larger = kept.read();
      double share = 0;
      for (int i = 0; i < larger.length; i++) {
        assertThat(larger[i]).isGreaterThanOrEqualTo(smaller[i]).isIn(0f, 1f);
        share += larger[i] / larger.length;
      }
      assertThat((share - p) * Math.sqrt(larger.length)).isBetween(-4 * 0.5, 4 * 0.5);
      smaller = larger;
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,1025", "1023,1", "257,300", "65537,2"})
  void randomNumbersAreThoseOfTheStreamColumnByColumn(int n, int m) {
    Stream stream = new Stream(9, 1, 2, Stream.Purpose.WEIGHTS);
    float[] expected = new float[n * m];
    RandomNumbers numbers = new RandomNumbers();
    Matrix out = kernel.matrix(n, m);

    numbers.gaussian(
        stream,
        expected.length,
        (at, x, count) -> System.arraycopy(x, 0, expected, (int) at, count));
    kernel.fillGaussian(out, stream);
    assertThat(out.read()).containsExactly(expected);

    numbers.uniform(
        stream,
        expected.length,
        (at, x, count) -> System.arraycopy(x, 0, expected, (int) at, count));
    kernel.fillUniform(out, stream);
    assertThat(out.read()).containsExactly(expected);
  }

  /** Their distribution, put back on them, gives the stream's uniform numbers. */
  @Test
  void truncatedNumbersAreNormalWithinTwo() {
    Stream stream = new Stream(9, 1, 3, Stream.Purpose.WEIGHTS);
    Matrix uniforms = kernel.matrix(701, 93);
    Matrix truncated = kernel.matrix(701, 93);
    kernel.fillUniform(uniforms, stream);
    kernel.fillTruncated(truncated, stream);
    float[] u = uniforms.read();
    float[] z = truncated.read();
    double below = Erf.normalCdf(-2);
    for (int i = 0; i < u.length; i++) {
      double share = (Erf.normalCdf(z[i]) - below) / (1 - 2 * below);
      // 2e-6 at the density's largest.
      assertThat(share).isCloseTo(u[i], within(8e-7));
      assertThat(Math.abs(z[i])).isLessThan(2 + 2e-6f);
    }
  }
}
