package org.phasemap.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.activation.Activations;

class BackendsTest {
  /** A row names its backend, and a row file its schema: these names are stored. */
  @Test
  void theDefaultIsFirstAndNamesStay() {
    assertThat(Backends.all()).extracting(Backend::id).startsWith("openblas", "nd4j", "cuda");
    assertThat(Backends.preferred().id()).isEqualTo("openblas");
    assertThat(Backends.find("auto")).isEmpty();
  }

  /** It travels with the units to executors. */
  @ParameterizedTest
  @MethodSource("org.phasemap.kernel.Backends#all")
  void equalsItsLikeInAnotherProcess(Backend backend) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(backend);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(backend);
    }
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.kernel.Backends#ofKernels")
  void kernelsHaveTheNameOfTheirBackend(Backend backend) {
    try (Kernel kernel = backend.open()) {
      assertThat(kernel.name()).isEqualTo(backend.id());
    }
  }

  /**
   * In a JVM of its own, which says what classes it loads: {@code plan} asks, and must be quick.
   */
  @Test
  void askingLoadsNoNativeCode() throws Exception {
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                BackendsProbe.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(probe.getInputStream().readAllBytes(), UTF_8);

    assertThat(probe.waitFor()).as(output).isZero();
    assertThat(output)
        .contains(
            "org.phasemap.kernel.nd4j.Nd4jBackend", "asked openblas", "asked nd4j", "asked cuda")
        .doesNotContain(
            "OpenBlasLibrary", "Nd4jLibrary", "CudaLibrary", "org.bytedeco.javacpp.Loader");
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.kernel.Backends#ofKernels")
  void threadsWithKernelsOfTheirOwnComputeTheSameBits(Backend backend) throws Exception {
    float[] alone = propagate(backend);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        together.add(threads.submit(() -> propagate(backend)));
      }
      for (Future<float[]> result : together) {
        assertThat(result.get()).containsExactly(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] propagate(Backend backend) {
    try (Kernel kernel = backend.open();
        Matrix weights = kernel.matrix(301, 301);
        Matrix x = kernel.matrix(301, 23);
        Matrix z = kernel.matrix(301, 23)) {
      double[] scale = new double[23];
      Arrays.fill(scale, 1 / Math.sqrt(301));
      kernel.fillGaussian(x, new Stream(3, 0, 0, Stream.Purpose.INPUTS));
      for (int layer = 1; layer <= 5; layer++) {
        kernel.fillGaussian(weights, new Stream(3, 0, layer, Stream.Purpose.WEIGHTS));
        kernel.multiply(weights, x, z);
        kernel.scaleColumns(scale, z);
        kernel.activate(Activations.GELU, z, x);
      }
      return x.read();
    }
  }
}
