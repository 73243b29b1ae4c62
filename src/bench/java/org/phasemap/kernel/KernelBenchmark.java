package org.phasemap.kernel;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.Stopwatch;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

/** The kernel's operations at the shapes of a sweep, an entry or an operation at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class KernelBenchmark {
  private static final int WIDTH = 256;
  private static final int COLUMNS = 512;
  private static final int INPUTS = 8;
  private static final double ENTRIES = (double) WIDTH * COLUMNS;
  private static final Stream STREAM = new Stream(1, 1, 1, Purpose.WEIGHTS);

  @Param({"openblas", "nd4j"})
  public String backend = "openblas";

  /** Work on two matrices of standard normal numbers, and one for results. */
  private interface Work {
    void on(Kernel kernel, Matrix a, Matrix b, Matrix out);
  }

  private void time(Stopwatch stopwatch, double pieces, Work work) {
    try (Kernel kernel = Backends.find(backend).orElseThrow().open();
        Matrix a = kernel.matrix(WIDTH, COLUMNS);
        Matrix b = kernel.matrix(WIDTH, COLUMNS);
        Matrix out = kernel.matrix(WIDTH, COLUMNS)) {
      kernel.fillGaussian(a, STREAM);
      kernel.fillGaussian(b, STREAM);
      stopwatch.time(pieces, () -> work.on(kernel, a, b, out));
    }
  }

  /** Shapes of products: the weights' side, and the columns that go through them. */
  @State(Scope.Benchmark)
  public static class Product {
    @Param({"256,16", "256,256", "1024,16", "1024,256"})
    public String shape = "";
  }

  /** Functions whose cost differs. */
  @State(Scope.Benchmark)
  public static class Phi {
    @Param({"relu", "tanh", "gelu", "softplus", "elu", "sin"})
    public String activation = "";
  }

  /** Floating-point operations of a product (n × n)(n × m). */
  @Benchmark
  public void multiply(Product product, Stopwatch stopwatch) {
    int comma = product.shape.indexOf(',');
    int n = Integer.parseInt(product.shape.substring(0, comma));
    int m = Integer.parseInt(product.shape.substring(comma + 1));
    try (Kernel kernel = Backends.find(backend).orElseThrow().open();
        Matrix weights = kernel.matrix(n, n);
        Matrix columns = kernel.matrix(n, m);
        Matrix out = kernel.matrix(n, m)) {
      kernel.fillGaussian(weights, STREAM);
      kernel.fillGaussian(columns, STREAM);
      stopwatch.time(2.0 * n * n * m, () -> kernel.multiply(weights, columns, out));
    }
  }

  @Benchmark
  public void gaussian(Stopwatch stopwatch) {
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.fillGaussian(a, STREAM));
  }

  @Benchmark
  public void uniform(Stopwatch stopwatch) {
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.fillUniform(a, STREAM));
  }

  @Benchmark
  public void keepBelow(Stopwatch stopwatch) {
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.keepBelow(0.9, a, b));
  }

  @Benchmark
  public void scaleColumns(Stopwatch stopwatch) {
    double[] ones = new double[COLUMNS];
    Arrays.fill(ones, 1);
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.scaleColumns(ones, a));
  }

  /** Gram matrices of blocks of eight columns, an entry of the columns at a time. */
  @Benchmark
  public void gram(Stopwatch stopwatch) {
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.gram(a, INPUTS));
  }

  @Benchmark
  public void activate(Phi phi, Stopwatch stopwatch) {
    Activation activation = Activations.parse(phi.activation);
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.activate(activation, a, b));
  }

  @Benchmark
  public void derivative(Phi phi, Stopwatch stopwatch) {
    Activation activation = Activations.parse(phi.activation);
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.derivative(activation, a, b));
  }

  /** φ and φ′ in one pass over z, with the counts of dead and saturated units. */
  @Benchmark
  public void activateWithSlope(Phi phi, Stopwatch stopwatch) {
    Activation activation = Activations.parse(phi.activation);
    time(stopwatch, ENTRIES, (kernel, a, b, out) -> kernel.activate(activation, a, b, out));
  }
}
