package org.phasemap.train;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;

/**
 * Processor milliseconds of a training step beside those of its matrix products alone, batch 64. A
 * program, not a test: arguments are activation, depth, width and keep probability.
 */
final class StepSpeed {
  private static final int BATCH = 64;
  private static final int ROUNDS = 25;

  private StepSpeed() {}

  public static void main(String[] arguments) {
    NetworkConfig network =
        new NetworkConfig(
            Activation.parse(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            WeightLaw.NORMAL,
            1.2,
            0.01,
            Double.parseDouble(arguments[3]));
    DataSet digits = Digits.load();
    int steps = Math.max(5, 4_000_000 / (network.depth() * network.width() * network.width()));
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      TrainingRun run =
          new TrainingRun(
              kernel,
              arena,
              network,
              new TrainingConfig(BATCH, 1_000_000, 1e-4, 1),
              digits,
              new Replicate(1, 0));
      Runnable products = products(kernel, arena, network);
      double step = Double.POSITIVE_INFINITY;
      double bare = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        step = Math.min(step, milliseconds(run::step, steps));
        bare = Math.min(bare, milliseconds(products, steps));
      }
      System.out.printf(
          Locale.ROOT,
          "%s depth %d width %d keep %s: step %.3f ms, products %.3f ms, ratio %.2f%n",
          network.activation(),
          network.depth(),
          network.width(),
          network.keepProbability(),
          step,
          bare,
          step / bare);
    }
  }

  private static double milliseconds(Runnable work, int times) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (clock.getCurrentThreadCpuTime() - start) * 1e-6 / times;
  }

  private static Runnable products(Kernel kernel, Arena arena, NetworkConfig network) {
    int n = network.width();
    Parameters parameters = Parameters.draw(kernel, arena, network, 64, 10, new Replicate(2, 0));
    List<Matrix> activations = arena.matrices(n, BATCH, network.depth());
    Matrix input = arena.matrix(64, BATCH);
    Matrix logits = arena.matrix(10, BATCH);
    return () -> {
      for (int l = 0; l <= network.depth(); l++) {
        Matrix weights = parameters.layers().get(l).weights();
        Matrix below = l == 0 ? input : activations.get(l - 1);
        Matrix above = l == network.depth() ? logits : activations.get(l);
        kernel.multiply(weights, below, above);
      }
      for (int l = network.depth(); l >= 0; l--) {
        Matrix weights = parameters.layers().get(l).weights();
        Matrix below = l == 0 ? input : activations.get(l - 1);
        Matrix above = l == network.depth() ? logits : activations.get(l);
        if (l > 0) {
          kernel.multiplyTransposed(weights, above, below);
        }
        kernel.addOuterProduct(1e-30, above, below, weights);
      }
    };
  }
}
