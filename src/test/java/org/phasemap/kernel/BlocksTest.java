package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;

/** Operations on blocks, and those of training, against plain float64 and against blocks alone. */
@ParameterizedClass
@MethodSource("org.phasemap.kernel.Backends#ofKernels")
class BlocksTest extends KernelTestCase {
  private static final int COUNT = 5;

  BlocksTest(Backend backend) {
    super(backend);
  }

  private Blocks random(int rows, int columns, int count) {
    Blocks blocks = kernel.blocks(rows, columns, count);
    blocks.all().write(normal(rows * blocks.all().columns()));
    return blocks;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "7,5,3", "16,16,64", "21,64,50", "64,64,64", "128,100,33", "256,256,64"})
  void productsAreThoseOfEachBlockAndDoNotDependOnTheOthers(int n, int k, int m) {
    Blocks a = random(n, k, COUNT);
    Blocks b = random(k, m, COUNT);
    Blocks shared = random(k, m, 1);
    Blocks product = random(n, m, COUNT);
    Blocks sharedProduct = random(n, m, COUNT);
    Blocks back = random(k, m, COUNT);
    Blocks start = random(n, k, COUNT);
    Blocks outer = random(n, k, COUNT);
    kernel.copy(start.all(), outer.all());
    double[] alpha = {-0.5, 1, 0.25, 2, -1};

    kernel.multiply(a, b, product);
    kernel.multiply(a, shared, sharedProduct);
    kernel.multiplyTransposed(a, product, back);
    kernel.addOuterProducts(alpha, product, b, 0.5, outer);

    double bound = 4 * k * EPSILON;
    for (int i = 0; i < COUNT; i++) {
      float[] ai = a.block(i).read();
      float[] bi = b.block(i).read();
      float[] pi = product.block(i).read();
      assertClose(pi, product(ai, bi, n, k, m), bound);
      assertClose(
          sharedProduct.block(i).read(), product(ai, shared.block(0).read(), n, k, m), bound);
      assertClose(back.block(i).read(), product(transpose(ai, n, k), pi, k, n, m), 4 * n * bound);
      double[] expected = product(pi, transpose(bi, k, m), n, m, k);
      float[] before = start.block(i).read();
      for (int e = 0; e < expected.length; e++) {
        expected[e] = 0.5 * before[e] + alpha[i] * expected[e];
      }
      assertClose(outer.block(i).read(), expected, 16 * m * bound);

      Blocks alone = random(n, m, 1);
      Blocks backAlone = random(k, m, 1);
      Blocks outerAlone = random(n, k, 1);
      kernel.copy(start.block(i), outerAlone.block(0));
      kernel.multiply(a.view(i, 1), b.view(i, 1), alone);
      assertThat(alone.block(0).read()).isEqualTo(pi);
      kernel.multiplyTransposed(a.view(i, 1), alone, backAlone);
      assertThat(backAlone.block(0).read()).isEqualTo(back.block(i).read());
      double[] own = {alpha[i]};
      kernel.addOuterProducts(own, alone, b.view(i, 1), 0.5, outerAlone);
      assertThat(outerAlone.block(0).read()).isEqualTo(outer.block(i).read());
    }
  }

  /** Also where the library rounds the columns of a wide product in several ways. */
  @ParameterizedTest
  @CsvSource({
    "1,1,3,20",
    "17,31,1,70",
    "64,64,16,16",
    "100,100,8,32",
    "100,64,5,51",
    "256,256,16,16",
    "300,128,64,4",
    "777,200,2,128",
    "40,60,136,16",
    "128,128,300,3"
  })
  void productsWithOneFirstFactorDoNotDependOnTheBlocksPlace(int n, int k, int m, int count) {
    Blocks a = Blocks.of(random(n, k, 1).block(0));
    Blocks b = packed(k, m, count);
    Blocks product = packed(n, m, count);
    Blocks back = packed(k, m, count);
    float[] same = b.block(0).read();
    for (int i = 1; i < count; i += 2) {
      b.block(i).write(same);
    }

    kernel.multiply(a, b, product);
    kernel.multiplyTransposed(a, product, back);

    float[] first = product.block(0).read();
    float[] firstBack = back.block(0).read();
    assertClose(first, product(a.all().read(), same, n, k, m), 4 * k * EPSILON);
    assertClose(
        firstBack, product(transpose(a.all().read(), n, k), first, k, n, m), 16 * n * k * EPSILON);
    for (int i = 1; i < count; i++) {
      if (i % 2 == 1) {
        assertThat(product.block(i).read()).isEqualTo(first);
        assertThat(back.block(i).read()).isEqualTo(firstBack);
      } else {
        float[] other = b.block(i).read();
        assertClose(
            product.block(i).read(), product(a.all().read(), other, n, k, m), 4 * k * EPSILON);
      }
    }
  }

  /** Side by side without gaps. */
  private Blocks packed(int rows, int columns, int count) {
    Matrix all = kernel.matrix(rows, columns * count);
    all.write(normal(rows * columns * count));
    return new Blocks(all, columns, columns);
  }

  @Test
  void biasesAndRowSumsAreThoseOfEachBlock() {
    int n = 21;
    int m = 10;
    Blocks a = random(n, m, 3);
    Blocks bias = random(n, 1, 3);
    Blocks shifted = random(n, m, 3);
    kernel.copy(a.all(), shifted.all());
    kernel.addBias(bias, shifted);
    Blocks sums = random(n, 1, 3);
    kernel.copy(bias.all(), sums.all());
    kernel.addRowSums(new double[] {2, -1, 0.5}, a, 0.25, sums);
    for (int k = 0; k < 3; k++) {
      float[] entries = a.block(k).read();
      float[] biases = bias.block(k).read();
      double[] expected = new double[n * m];
      double[] rows = new double[n];
      for (int e = 0; e < expected.length; e++) {
        expected[e] = entries[e] + biases[e % n];
        rows[e % n] += entries[e];
      }
      double alpha = new double[] {2, -1, 0.5}[k];
      Arrays.setAll(rows, i -> 0.25 * biases[i] + alpha * rows[i]);
      assertClose(shifted.block(k).read(), expected, 4 * EPSILON);
      assertClose(sums.block(k).read(), rows, 4 * m * EPSILON);
    }
  }

  @Test
  void blocksStartOnCacheLines() {
    Blocks blocks = kernel.blocks(21, 50, 3);
    assertThat(blocks.step() % 16).isZero();
    assertThat(blocks.columns()).isEqualTo(50);
    assertThat(blocks.count()).isEqualTo(3);
  }

  @Test
  void blocksThatDoNotFitAreNamed() {
    Blocks a = kernel.blocks(3, 4, 2);
    Blocks out = kernel.blocks(3, 5, 2);
    assertThatThrownBy(() -> kernel.multiply(a, kernel.blocks(4, 5, 3), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot multiply: 2 blocks of 3 x 4 by 3 blocks of 4 x 5 into 2 blocks of 3 x 5");
    assertThatThrownBy(
            () -> kernel.addOuterProducts(new double[1], a, kernel.blocks(5, 4, 2), 0, out))
        .hasMessage("Cannot addOuterProducts: 1 factors for 2 blocks");
    assertThatThrownBy(() -> new Blocks(kernel.matrix(2, 7), 2, 3))
        .hasMessage("Cannot cut a 2 x 7 matrix into blocks of 2 columns, 3 apart");
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void activateAndDeriveLeavesBoth(Activation activation) {
    float[] x = normal(40 * 60);
    Matrix z = matrix(40, 60, x);
    Matrix out = kernel.matrix(40, 60);
    kernel.activateAndDerive(activation, z, out);
    double[] values = new double[x.length];
    double[] slopes = new double[x.length];
    Arrays.setAll(values, i -> activation.value(x[i]));
    Arrays.setAll(slopes, i -> activation.derivative(x[i]));
    // As ActivationFormulas promises, for arguments up to 4.
    assertClose(out.read(), values, 4e-7 * 5);
    assertClose(z.read(), slopes, 4e-7 * 5);
  }

  @Test
  void adamTakesTheStepsOfItsAlgorithm() {
    int size = 30 * 50;
    Matrix first = kernel.matrix(30, 50);
    Matrix second = kernel.matrix(30, 50);
    float[] start = normal(size);
    Matrix parameters = matrix(30, 50, start);
    double[] m = new double[size];
    double[] v = new double[size];
    double[] expected = new double[size];
    Arrays.setAll(expected, i -> start[i]);
    for (int t = 1; t <= 3; t++) {
      AdamStep step =
          new AdamStep(0.01, 0.9, 0.999, 1e-3, 1 - Math.pow(0.9, t), 1 - Math.pow(0.999, t));
      float[] gradient = normal(size);
      kernel.adam(step, matrix(30, 50, gradient), first, second, parameters);
      for (int i = 0; i < size; i++) {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
        double mean = m[i] / step.correction1();
        expected[i] -= 0.01 * mean / (Math.sqrt(v[i] / step.correction2()) + 1e-3);
      }
    }
    assertClose(parameters.read(), expected, 16 * EPSILON);
    assertClose(first.read(), m, 16 * EPSILON);
    assertClose(second.read(), v, 16 * EPSILON);
  }
}
