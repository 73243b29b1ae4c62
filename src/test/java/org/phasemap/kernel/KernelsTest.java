package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.network.activation.Activations;

class KernelsTest {
  @Test
  void backendsHaveTheNamesOfTheTables() {
    try (Kernel openBlas = Kernels.open(Backend.OPENBLAS);
        Kernel nd4j = Kernels.open(Backend.ND4J)) {
      assertThat(openBlas.name()).isEqualTo("openblas");
      assertThat(nd4j.name()).isEqualTo("nd4j");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
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
    try (Kernel kernel = Kernels.open(backend);
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
