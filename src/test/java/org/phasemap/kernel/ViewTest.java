package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

/** Operations on columns of larger matrices, which neither read nor write their neighbours. */
@ParameterizedClass
@MethodSource("org.phasemap.kernel.Backends#ofKernels")
class ViewTest extends KernelTestCase {
  private static final int N = 37;
  private static final int WIDE = 11;
  private static final int FIRST = 3;
  private static final int M = 5;

  ViewTest(Backend backend) {
    super(backend);
  }

  private interface Operation {
    void run(Matrix in, Matrix inOut);
  }

  @Test
  void operationsOnViewsEqualThoseOnCopies() {
    double[] scale = {1, -2, 0.5, 3, -0.25};
    Stream stream = new Stream(1, 2, 3, Stream.Purpose.WEIGHTS);
    Matrix square = matrix(N, N, normal(N * N));
    Matrix bias = matrix(N, 1, normal(N));
    Activation gelu = Activations.GELU;
    List<Operation> operations =
        List.of(
            (in, inOut) -> kernel.multiply(square, in, inOut),
            (in, inOut) -> kernel.multiplyTransposed(square, in, inOut),
            (in, inOut) -> kernel.scaleColumns(scale, inOut),
            (in, inOut) -> kernel.addBias(bias, scale, inOut),
            (in, inOut) -> kernel.activate(gelu, in, inOut),
            (in, inOut) -> kernel.derivative(gelu, inOut, inOut),
            (in, inOut) -> kernel.multiplyElements(in, inOut),
            (in, inOut) -> kernel.add(-1.5, in, inOut),
            (in, inOut) -> kernel.copy(in, inOut),
            (in, inOut) -> kernel.keepBelow(0.4, in, inOut),
            (in, inOut) -> kernel.fillGaussian(inOut, stream),
            (in, inOut) -> kernel.fillUniform(inOut, stream));
    for (int i = 0; i < operations.size(); i++) {
      float[] in = normal(N * WIDE);
      float[] inOut = normal(N * WIDE);
      Matrix wideIn = matrix(N, WIDE, in);
      Matrix wide = matrix(N, WIDE, inOut);
      Matrix copiedIn = matrix(N, M, columns(in));
      Matrix copied = matrix(N, M, columns(inOut));

      operations.get(i).run(wideIn.view(FIRST, M), wide.view(FIRST, M));
      operations.get(i).run(copiedIn, copied);

      System.arraycopy(copied.read(), 0, inOut, FIRST * N, M * N);
      assertThat(wideIn.read()).containsExactly(in);
      assertClose(wide.read(), doubles(inOut), 1e-4);
      assertThat(wide.view(0, FIRST).read()).containsExactly(Arrays.copyOf(inOut, FIRST * N));
      assertThat(wide.view(FIRST + M, WIDE - FIRST - M).read())
          .containsExactly(Arrays.copyOfRange(inOut, (FIRST + M) * N, WIDE * N));
    }
  }

  @Test
  void reductionsOfViewsEqualThoseOfCopies() {
    float[] a = normal(N * WIDE);
    Matrix view = matrix(N, WIDE, a).view(FIRST, M);
    Matrix copy = matrix(N, M, columns(a));
    assertThat(kernel.gram(view, M)).containsExactly(kernel.gram(copy, M), within(1e-12));

    Matrix outer = kernel.matrix(N, N);
    Matrix expected = kernel.matrix(N, N);
    kernel.addOuterProduct(0.5, view, copy, outer);
    kernel.addOuterProduct(0.5, copy, copy, expected);
    assertClose(outer.read(), doubles(expected.read()), 1e-5);

    Matrix sums = kernel.matrix(N, WIDE);
    Matrix expectedSums = kernel.matrix(N, 1);
    kernel.addRowSums(new double[] {2}, Blocks.of(view), 1, Blocks.of(sums.view(4, 1)));
    kernel.addRowSums(new double[] {2}, Blocks.of(copy), 1, Blocks.of(expectedSums));
    assertClose(sums.view(4, 1).read(), doubles(expectedSums.read()), 1e-5);
  }

  @Test
  void viewsOfViewsCountFromTheView() {
    float[] a = normal(N * WIDE);
    Matrix inner = matrix(N, WIDE, a).view(2, 7).view(1, 3);
    assertThat(inner.rows()).isEqualTo(N);
    assertThat(inner.columns()).isEqualTo(3);
    assertThat(inner.read()).containsExactly(Arrays.copyOfRange(a, 3 * N, 6 * N));
  }

  @Test
  void writingToAViewWritesToItsMatrix() {
    Matrix wide = kernel.matrix(2, 4);
    wide.view(1, 2).write(new float[] {1, 2, 3, 4});
    assertThat(wide.read()).containsExactly(0, 0, 1, 2, 3, 4, 0, 0);
  }

  @Test
  void closingAViewLeavesItsMatrixOpen() {
    Matrix wide = kernel.matrix(2, 4);
    wide.view(1, 2).close();
    assertThat(wide.read()).containsOnly(0f);
  }

  @Test
  void viewsMustLieWithin() {
    Matrix wide = kernel.matrix(2, 4);
    assertThatThrownBy(() -> wide.view(2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Range [2, 2 + 3) out of bounds for length 4");
    assertThatThrownBy(() -> wide.view(1, 2).view(-1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static float[] columns(float[] wide) {
    return Arrays.copyOfRange(wide, FIRST * N, (FIRST + M) * N);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
