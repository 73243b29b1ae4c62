package org.phasemap.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.phasemap.network.activation.Activations;

/** Runs many small units and prints by how many kB memory outside the heap has grown. */
final class MemoryProbe {
  private static final int N = 128;
  private static final int M = 32;

  private MemoryProbe() {}

  /** Takes the backend, and the number of units or nothing for a single large matrix. */
  public static void main(String[] arguments) throws IOException {
    Backend backend = Backend.valueOf(arguments[0]);
    if (arguments.length == 1) {
      large(backend);
      return;
    }
    int units = Integer.parseInt(arguments[1]);
    long resident = 0;
    long pointers = 0;
    try (Kernel kernel = Kernels.open(backend)) {
      for (int i = 0; i < units; i++) {
        if (i == units / 4) {
          resident = residentKilobytes();
          pointers = Pointer.totalBytes();
        }
        unit(kernel, i);
        if (i % 20 == 0) {
          try (Kernel brief = Kernels.open(backend)) {
            unit(brief, i);
            brief.matrix(N, N);
          }
        }
      }
      System.out.printf(
          "grown %d %d%n",
          residentKilobytes() - resident, (Pointer.totalBytes() - pointers) / 1024);
    }
  }

  private static void large(Backend backend) throws IOException {
    Kernel kernel = Kernels.open(backend);
    kernel.matrix(1, 1);
    long before = residentKilobytes();
    Matrix matrix = kernel.matrix(4096, 4096);
    long held = residentKilobytes() - before;
    matrix.close();
    // Its memory, or nothing where the backend has given that back to the system.
    kernel.matrix(4096, 4096).close();
    long again = residentKilobytes() - before;
    kernel.close();
    System.out.printf("held %d %d %d%n", held, again, residentKilobytes() - before);
  }

  private static void unit(Kernel kernel, int replicate) {
    try (Matrix weights = kernel.matrix(N, N);
        Matrix mask = kernel.matrix(N, N);
        Matrix bias = kernel.matrix(N, 1);
        Matrix z = kernel.matrix(N, M);
        Matrix x = kernel.matrix(N, M)) {
      kernel.fillGaussian(x, new Stream(1, replicate, 0, Stream.Purpose.INPUTS));
      for (int layer = 1; layer <= 3; layer++) {
        kernel.fillGaussian(weights, new Stream(1, replicate, layer, Stream.Purpose.WEIGHTS));
        kernel.fillUniform(mask, new Stream(1, replicate, layer, Stream.Purpose.MASK));
        kernel.keepBelow(0.8, mask, weights);
        kernel.multiply(weights, x, z);
        kernel.addBias(bias, new double[M], z);
        kernel.activate(Activations.GELU, z, x);
        kernel.derivative(Activations.TANH, z.view(0, M / 2), z.view(0, M / 2));
        kernel.addRowSums(new double[] {1}, Blocks.of(z), 1, Blocks.of(bias));
      }
      kernel.gram(x, 8);
      kernel.addOuterProduct(1, z, x, weights);
    }
  }

  static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
