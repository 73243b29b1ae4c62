package org.phasemap.measure;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.Stopwatch;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;

/**
 * A cell of a graph of layers, 8 inputs, on one thread: signals alone, with gradients, and with all
 * probes; beside it the products that its forward pass cannot do without.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 15)
@Measurement(iterations = 7)
@Fork(1)
public class LayeredBenchmark {
  /** Which network. */
  public enum Network {
    /** 32 channels, 16 × 16, 3 × 3, 32 layers; a tile of one input is 288 × 256. */
    CONVOLUTION(
        "{kind: convolutional, size: [16, 16], kernel: 3, padding: circular, readout: average}",
        32,
        32,
        768,
        new int[][] {{32, 288, 256, 8 * 31}}),
    /** Width 128, 16 tokens, 4 heads, 12 pre-LN blocks: four projections and two layers of 512. */
    TRANSFORMER(
        "{kind: transformer, tokens: 16, heads: 4, norm: pre, feed_forward: 4, token_cosine: 0.1}",
        12,
        128,
        544,
        new int[][] {{128, 128, 128, 4 * 12}, {512, 128, 128, 12}, {128, 512, 128, 12}});

    private final String architecture;
    private final int depth;
    private final int width;
    private final int dimension;

    /** Rows, inner, columns and how often. */
    @SuppressWarnings("ImmutableEnumChecker") // not changed
    private final int[][] products;

    Network(String architecture, int depth, int width, int dimension, int[][] products) {
      this.architecture = architecture;
      this.depth = depth;
      this.width = width;
      this.dimension = dimension;
      this.products = products;
    }
  }

  @Param public Network network = Network.CONVOLUTION;

  /** What is measured. */
  public enum Probed {
    SIGNAL("signal"),
    GRADIENT("signal, gradient"),
    ALL("signal, gradient, ntk, ntk_layers, optimiser, curvature, precision, jacobian");

    private final String probes;

    Probed(String probes) {
      this.probes = probes;
    }
  }

  @Param public Probed probes = Probed.ALL;

  private Kernel kernel = new OpenBlas().open();
  private List<Unit> units = List.of();

  /** Plans the cell. */
  @Setup(Level.Trial)
  public void plan() {
    kernel = new OpenBlas().open();
    String yaml =
        """
        name: benchmark
        replicates: 1
        sampler: dense
        network:
          architecture: %s
          activation: tanh
          depth: %d
          width: %d
          sigma_w2: 1.7
          sigma_b2: 0.05
        inputs: {count: 8, dimension: %d}
        probes: [%s]
        """
            .formatted(
                network.architecture,
                network.depth,
                network.width,
                network.dimension,
                probes.probes);
    units = Schedule.most(Plan.of(SpecReader.parse(yaml, "benchmark.yaml")));
  }

  /** Frees the kernel's memory. */
  @TearDown(Level.Trial)
  public void close() {
    kernel.close();
  }

  /** The cell. */
  @Benchmark
  public void cell(Stopwatch stopwatch) {
    Unit unit = units.get(0);
    stopwatch.time(1, () -> Probers.of(unit.architecture()).measure(kernel, unit));
  }

  /** The products of one forward pass. */
  @Benchmark
  public void products(Stopwatch stopwatch) {
    stopwatch.time(1, this::multiply);
  }

  private void multiply() {
    for (int[] shape : network.products) {
      try (Matrix a = kernel.matrix(shape[0], shape[1]);
          Matrix b = kernel.matrix(shape[1], shape[2]);
          Matrix out = kernel.matrix(shape[0], shape[2])) {
        kernel.fillGaussian(a, new Stream(1, 0, 1, Purpose.WEIGHTS));
        kernel.fillGaussian(b, new Stream(1, 0, 2, Purpose.WEIGHTS));
        for (int i = 0; i < shape[3]; i++) {
          kernel.multiply(a, b, out);
        }
      }
    }
  }
}
