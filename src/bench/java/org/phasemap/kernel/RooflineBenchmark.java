package org.phasemap.kernel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.Stopwatch;
import org.phasemap.kernel.Stream.Purpose;

/** What one thread of this machine can do at most, with the fastest backend. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 5)
@Measurement(iterations = 9)
@Fork(1)
public class RooflineBenchmark {
  private static final int SIDE = 2048;
  private static final Stream STREAM = new Stream(1, 1, 1, Purpose.WEIGHTS);

  /** Floating-point operations of a product (2048 × 2048)(2048 × 2048). */
  @Benchmark
  public void product(Stopwatch stopwatch) {
    try (Kernel kernel = Backends.fastest().open();
        Matrix a = kernel.matrix(SIDE, SIDE);
        Matrix b = kernel.matrix(SIDE, SIDE);
        Matrix out = kernel.matrix(SIDE, SIDE)) {
      kernel.fillGaussian(a, STREAM);
      kernel.fillGaussian(b, STREAM);
      stopwatch.time(2.0 * SIDE * SIDE * SIDE, () -> kernel.multiply(a, b, out));
    }
  }

  /** Bytes read and written in a copy of 256 MB, more than the caches hold. */
  @Benchmark
  public void copy(Stopwatch stopwatch) {
    int side = 4 * SIDE;
    try (Kernel kernel = Backends.fastest().open();
        Matrix from = kernel.matrix(side, side);
        Matrix to = kernel.matrix(side, side)) {
      stopwatch.time(2.0 * Float.BYTES * side * side, () -> kernel.copy(from, to));
    }
  }

  /** Gaussian numbers into a weight matrix. */
  @Benchmark
  public void gaussian(Stopwatch stopwatch) {
    try (Kernel kernel = Backends.fastest().open();
        Matrix out = kernel.matrix(SIDE, SIDE)) {
      stopwatch.time((double) SIDE * SIDE, () -> kernel.fillGaussian(out, STREAM));
    }
  }
}
