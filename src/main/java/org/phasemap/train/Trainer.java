package org.phasemap.train;

import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;

/** Trains a network and says what became of it. */
public final class Trainer {
  /** A run whose loss passes this × ln(classes) has diverged. */
  public static final double DIVERGENCE_FACTOR = 1e4;

  private Trainer() {}

  /**
   * Trains by minibatch SGD on softmax cross-entropy. The result depends on the arguments and the
   * kind of CPU alone. It is an outcome, not an exception, that a network diverges or stalls.
   *
   * @param network its first layer is width × n₀; the read-out has a logit for each class
   * @param seed of the spec
   * @param replicate number of the random network: its parameters, masks and order of examples
   * @throws IllegalArgumentException if the batch is larger than the training set
   */
  public static TrainingResult train(
      Kernel kernel,
      NetworkConfig network,
      TrainingConfig config,
      DataSet data,
      long seed,
      int replicate) {
    long start = System.nanoTime();
    try (Arena arena = new Arena(kernel)) {
      TrainingRun run =
          new TrainingRun(kernel, arena, network, config, data, new Replicate(seed, replicate));
      run.run();
      return run.result(start);
    }
  }
}
