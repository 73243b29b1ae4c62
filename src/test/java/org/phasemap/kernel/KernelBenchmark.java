package org.phasemap.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.network.Activation;

/**
 * Prints the table of docs/benchmarks.md; run by {@code ./mvnw test -Dtest=KernelBenchmark}. Times
 * are processor time of the thread, best of several rounds.
 */
class KernelBenchmark {
  private static final int N = 256;
  private static final int M = 512;
  private static final int ROUNDS = 5;
  private static final Stream STREAM = new Stream(1, 1, 1, Stream.Purpose.WEIGHTS);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource(Backend.class)
  void elementsAndNumbers(Backend backend) {
    int repeats = backend == Backend.MKL ? 100 : 10;
    try (Kernel kernel = Kernels.open(backend)) {
      Matrix z = kernel.matrix(N, M);
      Matrix out = kernel.matrix(N, M);
      kernel.fillGaussian(z, STREAM);
      for (Activation.Kind kind : Activation.Kind.values()) {
        Activation activation = Activation.of(kind);
        print(
            "%s: %-11s %6.2f ns, derivative %6.2f ns an element",
            kernel.name(),
            activation.name(),
            nanos(repeats, () -> kernel.activate(activation, z, out)) / N / M,
            nanos(repeats, () -> kernel.derivative(activation, z, out)) / N / M);
      }
      print(
          "%s: Gaussian %.2f ns, uniform %.2f ns, keepBelow %.2f ns an element",
          kernel.name(),
          nanos(repeats, () -> kernel.fillGaussian(out, STREAM)) / N / M,
          nanos(repeats, () -> kernel.fillUniform(out, STREAM)) / N / M,
          nanos(repeats, () -> kernel.keepBelow(0.9, out, z)) / N / M);
      print(
          "%s: gram of 256 x 8 blocks %.2f us a block",
          kernel.name(), nanos(repeats, () -> kernel.gram(z, 8)) / (M / 8) / 1000);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void products(Backend backend) {
    try (Kernel kernel = Kernels.open(backend)) {
      for (int[] shape :
          new int[][] {{256, 16}, {256, 256}, {1024, 16}, {1024, 64}, {1024, 1024}}) {
        int n = shape[0];
        int m = shape[1];
        try (Matrix a = kernel.matrix(n, n);
            Matrix b = kernel.matrix(n, m);
            Matrix out = kernel.matrix(n, m)) {
          kernel.fillGaussian(a, STREAM);
          kernel.fillGaussian(b, STREAM);
          double flops = 2.0 * n * n * m;
          int repeats = (int) Math.max(1, 1e9 / flops);
          print(
              "%s: (%d x %d)(%d x %d) %.0f GFLOP/s",
              kernel.name(), n, n, n, m, flops / nanos(repeats, () -> kernel.multiply(a, b, out)));
        }
      }
    }
  }

  private static double nanos(int repeats, Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < repeats; i++) {
        work.run();
      }
      best = Math.min(best, (double) (THREADS.getCurrentThreadCpuTime() - start) / repeats);
    }
    return best;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
