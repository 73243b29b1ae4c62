package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.kernel.nd4j.Nd4jBackend;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.network.Activation;

/** openblas and nd4j on equal inputs. */
class BackendsAgreeTest {
  private static final int N = 67;
  private static final int M = 12;
  private static final Stream STREAM = new Stream(6, 5, 4, Stream.Purpose.WEIGHTS);

  /** Sums of up to 67 products of size 1, rounded in two orders. */
  private static final double BOUND = 1e-5;

  private static float[] onOne(Backend backend, BiFunction<Kernel, Matrix[], Matrix> operation) {
    Random random = new Random(99);
    try (Kernel kernel = backend.open()) {
      int[][] shapes = {{N, N}, {N, M}, {N, M}, {N, 1}};
      Matrix[] inputs = new Matrix[shapes.length];
      for (int i = 0; i < shapes.length; i++) {
        float[] values = new float[shapes[i][0] * shapes[i][1]];
        for (int j = 0; j < values.length; j++) {
          values[j] = (float) random.nextGaussian();
        }
        inputs[i] = KernelTestCase.matrix(kernel, shapes[i][0], shapes[i][1], values);
      }
      return operation.apply(kernel, inputs).read();
    }
  }

  private interface InPlace {
    void run(Kernel kernel, Matrix square, Matrix in, Matrix inOut, Matrix column);
  }

  private static float[] onOne(Backend backend, InPlace operation, int result) {
    return onOne(
        backend,
        (kernel, x) -> {
          operation.run(kernel, x[0], x[1], x[2], x[3]);
          return x[result];
        });
  }

  @Test
  void onEveryOperation() {
    assumeTrue(Backends.fastest().equals(new OpenBlas()));
    double[] scale = new Random(7).doubles(M, -2, 2).toArray();
    Map<String, InPlace> operations = new LinkedHashMap<>();
    operations.put("multiply", (k, s, in, io, c) -> k.multiply(s, in, io));
    operations.put("multiplyTransposed", (k, s, in, io, c) -> k.multiplyTransposed(s, in, io));
    operations.put("scaleColumns", (k, s, in, io, c) -> k.scaleColumns(scale, io));
    operations.put("addBias", (k, s, in, io, c) -> k.addBias(c, scale, io));
    operations.put("multiplyElements", (k, s, in, io, c) -> k.multiplyElements(in, io));
    operations.put("add", (k, s, in, io, c) -> k.add(0.7, in, io));
    operations.put("copy", (k, s, in, io, c) -> k.copy(in, io));
    operations.put("keepBelow", (k, s, in, io, c) -> k.keepBelow(0.3, in, io));
    operations.put("fillGaussian", (k, s, in, io, c) -> k.fillGaussian(io, STREAM));
    operations.put("fillUniform", (k, s, in, io, c) -> k.fillUniform(io, STREAM));
    operations.put("fillTruncated", (k, s, in, io, c) -> k.fillTruncated(io, STREAM));
    operations.forEach((name, operation) -> assertAgree(name, operation, 2, BOUND));
    assertAgree(
        "addOuterProduct", (k, s, in, io, c) -> k.addOuterProduct(-0.3, in, io, s), 0, BOUND);
    assertAgree(
        "addRowSums",
        (k, s, in, io, c) -> k.addRowSums(new double[] {-0.3}, Blocks.of(in), 1, Blocks.of(c)),
        3,
        BOUND);
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void onEveryActivation(Activation activation) {
    assumeTrue(Backends.fastest().equals(new OpenBlas()));
    assertAgree(
        activation.name(), (k, s, in, io, c) -> k.activate(activation, in, io), 2, 2 * 4e-7 * 5);
    assertAgree(
        activation.name(), (k, s, in, io, c) -> k.derivative(activation, in, io), 2, 2 * 4e-7 * 5);
  }

  @Test
  void onGramMatrices() {
    assumeTrue(Backends.fastest().equals(new OpenBlas()));
    double[][] grams = new double[2][];
    for (Backend backend : Backends.ofKernels()) {
      try (Kernel kernel = backend.open()) {
        Matrix x = kernel.matrix(N, M);
        kernel.fillGaussian(x, STREAM);
        grams[backend.equals(new OpenBlas()) ? 0 : 1] = kernel.gram(x, 4);
      }
    }
    assertThat(grams[0]).containsExactly(grams[1], within(1e-12));
  }

  private static void assertAgree(String name, InPlace operation, int result, double bound) {
    float[] openBlas = onOne(new OpenBlas(), operation, result);
    float[] nd4j = onOne(new Nd4jBackend(), operation, result);
    assertThat(openBlas).hasSameSizeAs(nd4j);
    for (int i = 0; i < openBlas.length; i++) {
      assertThat((double) openBlas[i])
          .as("entry %d of %s", i, name)
          .isCloseTo(nd4j[i], within(bound * Math.max(1, Math.abs(nd4j[i]))));
    }
  }
}
