package org.phasemap.kernel;

/**
 * Whether a kernel computes and draws what it should, and how fast it multiplies.
 *
 * @param backend as {@link Kernel#name}
 * @param gemmError largest error of a 512 × 512 product against float64, relative to Σ|a||b|
 * @param gflops billions of operations a second in that product, best of several
 * @param gaussians how many numbers the moments below are from
 * @param mean of standard normal numbers
 * @param meanZ its distance from 0 in standard errors; likewise for the others
 * @param variance its expectation is 1
 * @param varianceZ in standard errors
 * @param kurtosis the mean fourth power; its expectation is 3
 * @param kurtosisZ in standard errors
 */
public record KernelCheck(
    String backend,
    double gemmError,
    double gflops,
    int gaussians,
    double mean,
    double meanZ,
    double variance,
    double varianceZ,
    double kurtosis,
    double kurtosisZ) {
  private static final int SIZE = 512;
  private static final int REPEATS = 8;
  private static final int SAMPLED_COLUMNS = 4;

  /** Sums of 512 float32 products err by a few roundings of 6e-8 relative to Σ|a||b|. */
  private static final double GEMM_TOLERANCE = 1e-6;

  private static final double LARGEST_Z = 4;

  /** Runs the checks; takes well under a second. */
  public static KernelCheck run(Kernel kernel) {
    try (Matrix a = kernel.matrix(SIZE, SIZE);
        Matrix b = kernel.matrix(SIZE, SIZE);
        Matrix product = kernel.matrix(SIZE, SIZE)) {
      kernel.fillGaussian(a, new Stream(1, 0, 1, Stream.Purpose.WEIGHTS));
      kernel.fillGaussian(b, new Stream(1, 0, 2, Stream.Purpose.WEIGHTS));
      double seconds = Double.POSITIVE_INFINITY;
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        kernel.multiply(a, b, product);
        seconds = Math.min(seconds, (System.nanoTime() - start) * 1e-9);
      }
      float[] numbers = a.read();
      double error = gemmError(numbers, b.read(), product.read());
      int count = numbers.length;
      double mean = meanOfPower(numbers, 1);
      double variance = meanOfPower(numbers, 2);
      double kurtosis = meanOfPower(numbers, 4);
      return new KernelCheck(
          kernel.name(),
          error,
          2e-9 * SIZE * SIZE * SIZE / seconds,
          count,
          mean,
          mean * Math.sqrt(count),
          variance,
          (variance - 1) * Math.sqrt(count / 2.0),
          kurtosis,
          (kurtosis - 3) * Math.sqrt(count / 96.0));
    }
  }

  /** Whether errors and moments are where they must be. */
  public boolean passes() {
    return gemmError < GEMM_TOLERANCE
        && Math.abs(meanZ) < LARGEST_Z
        && Math.abs(varianceZ) < LARGEST_Z
        && Math.abs(kurtosisZ) < LARGEST_Z;
  }

  private static double gemmError(float[] a, float[] b, float[] product) {
    double largest = 0;
    for (int sample = 0; sample < SAMPLED_COLUMNS; sample++) {
      int j = sample * (SIZE - 1) / (SAMPLED_COLUMNS - 1);
      for (int i = 0; i < SIZE; i++) {
        double sum = 0;
        double scale = 0;
        for (int k = 0; k < SIZE; k++) {
          double term = (double) a[k * SIZE + i] * b[j * SIZE + k];
          sum += term;
          scale += Math.abs(term);
        }
        double error = Math.abs(product[j * SIZE + i] - sum) / scale;
        largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(largest, error);
      }
    }
    return largest;
  }

  private static double meanOfPower(float[] numbers, int power) {
    double sum = 0;
    for (float x : numbers) {
      double square = (double) x * x;
      sum += power == 1 ? x : power == 2 ? square : square * square;
    }
    return sum / numbers.length;
  }
}
