package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

@ParameterizedClass
@MethodSource("org.phasemap.kernel.Backends#ofKernels")
class MisuseTest extends KernelTestCase {
  private final Matrix a = kernel.matrix(3, 4);
  private final Matrix b = kernel.matrix(4, 5);
  private final Matrix c = kernel.matrix(3, 5);
  private final Matrix column = kernel.matrix(3, 1);
  private final Activation relu = Activations.RELU;

  MisuseTest(Backend backend) {
    super(backend);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    refuses(() -> kernel.matrix(0, 4), "Cannot make a 0 x 4 matrix: both must be >= 1");
    refuses(
        () -> kernel.multiply(b, a, c),
        "Cannot multiply: a 4 x 5 matrix by a 3 x 4 matrix into a 3 x 5 matrix");
    refuses(
        () -> kernel.multiply(a, b, column),
        "Cannot multiply: a 3 x 4 matrix by a 4 x 5 matrix into a 3 x 1 matrix");
    refuses(
        () -> kernel.multiplyTransposed(a, b, c),
        "Cannot multiplyTransposed: a 3 x 4 matrix by a 4 x 5 matrix into a 3 x 5 matrix");
    refuses(
        () -> kernel.addOuterProduct(1, a, b, c),
        "Cannot addOuterProduct: a 3 x 4 matrix by a 4 x 5 matrix into a 3 x 5 matrix");
    refuses(() -> kernel.gram(a, 3), "Cannot cut a 3 x 4 matrix into blocks of 3 columns");
    refuses(() -> kernel.gram(a, 0), "Cannot cut a 3 x 4 matrix into blocks of 0 columns");
    refuses(
        () -> kernel.scaleColumns(new double[3], a),
        "Cannot scaleColumns: 3 scales for a 3 x 4 matrix");
    refuses(
        () -> kernel.addBias(column, new double[3], a),
        "Cannot addBias: 3 scales for a 3 x 4 matrix");
    refuses(
        () -> kernel.addBias(c, new double[4], a),
        "Cannot addBias: bias is a 3 x 5 matrix, must be 3 x 1");
    refuses(
        () -> kernel.addRowSums(new double[] {1}, Blocks.of(b), 1, Blocks.of(column)),
        "Cannot addRowSums: 1 blocks of 3 x 1 for 1 blocks of 4 x 5");
    refuses(
        () -> kernel.activate(relu, a, c), "Cannot activate: a 3 x 4 matrix and a 3 x 5 matrix");
    refuses(
        () -> kernel.derivative(relu, a, c),
        "Cannot derivative: a 3 x 4 matrix and a 3 x 5 matrix");
    refuses(
        () -> kernel.multiplyElements(a, c),
        "Cannot multiplyElements: a 3 x 4 matrix and a 3 x 5 matrix");
    refuses(() -> kernel.add(1, a, c), "Cannot add: a 3 x 4 matrix and a 3 x 5 matrix");
    refuses(() -> kernel.copy(a, c), "Cannot copy: a 3 x 4 matrix and a 3 x 5 matrix");
    refuses(
        () -> kernel.keepBelow(0.5, a, c), "Cannot keepBelow: a 3 x 4 matrix and a 3 x 5 matrix");
    refuses(() -> kernel.keepBelow(1.5, a, a), "Cannot keep below 1.5: must be 0 to 1");
    refuses(() -> kernel.keepBelow(Double.NaN, a, a), "Cannot keep below NaN: must be 0 to 1");
    refuses(
        () -> kernel.countOutside(new float[1], new float[2], a),
        "Cannot countOutside: 1 lower bounds and 2 upper");
    refuses(
        () -> kernel.countOutside(new float[] {1}, new float[] {2}, a),
        "Cannot countOutside: 0 is not from 1.0 to 2.0");
    refuses(() -> a.write(new float[11]), "Cannot write 11 values into a 3 x 4 matrix");
    refuses(() -> a.writeFrom(new float[11]), "Cannot write a 3 x 4 matrix from 11 values");
    refuses(() -> a.readInto(new float[11]), "Cannot read a 3 x 4 matrix into 11 values");
  }

  @Test
  void outputsMustNotOverlapInputs() {
    Matrix wide = kernel.matrix(4, 8);
    Matrix square = kernel.matrix(4, 4);
    refuses(
        () -> kernel.multiply(square, wide.view(0, 4), wide.view(3, 4)),
        "Cannot multiply: the output overlaps an input");
    refuses(
        () -> kernel.activate(relu, wide.view(0, 4), wide.view(1, 4)),
        "Cannot activate: the output overlaps an input");
    refuses(() -> kernel.add(1, wide, wide), "Cannot add: the output overlaps an input");
    kernel.multiply(square, wide.view(0, 4), wide.view(4, 4));
    refuses(
        () -> kernel.activate(relu, wide.view(0, 4), wide.view(0, 4), wide.view(0, 4)),
        "Cannot activate: the output overlaps an input");
    kernel.activate(relu, wide.view(0, 4), wide.view(0, 4));
  }

  @Test
  void closedMatricesCannotBeUsed() {
    Matrix view = a.view(0, 4);
    a.close();
    a.close();
    for (Matrix gone : new Matrix[] {a, view}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> kernel.multiply(gone, b, c))
          .withMessage("Cannot use a 3 x 4 matrix: it is closed");
      assertThatIllegalStateException().isThrownBy(gone::read);
      assertThatIllegalStateException().isThrownBy(() -> gone.write(new float[12]));
      assertThatIllegalStateException().isThrownBy(() -> gone.view(0, 1));
    }
  }

  @Test
  void aClosedKernelHasClosedItsMatrices() {
    kernel.close();
    assertThatIllegalStateException().isThrownBy(a::read);
    assertThatIllegalStateException()
        .isThrownBy(() -> kernel.matrix(1, 1))
        .withMessage("Cannot make a matrix: the kernel is closed");
  }

  @Test
  void matricesOfAnotherKernelAreRefused() {
    for (Backend backend : Backends.ofKernels()) {
      try (Kernel other = backend.open()) {
        Matrix foreign = other.matrix(3, 4);
        assertThatThrownBy(() -> kernel.copy(foreign, a))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("Cannot use a 3 x 4 matrix: another kernel made it");
      }
    }
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
