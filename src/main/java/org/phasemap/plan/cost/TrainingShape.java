package org.phasemap.plan.cost;

import java.util.Optional;
import java.util.Set;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Engine;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;

/**
 * What the networks of a unit take of a device's memory while it trains them: {@code
 * src/main/cuda/train.cu}.
 *
 * @param blockBytes of a block of threads, for its network; a multiple of 256
 * @param dataBytes of the data set
 * @param orderBytes of the numbers of all minibatches' examples
 */
public record TrainingShape(long blockBytes, long dataBytes, long orderBytes) {
  /** What a task has of a device unless it is told otherwise (docs/gpu.md). */
  private static final long MOST_BYTES = 1L << 30;

  /** Losses that it computes. */
  private static final Set<Loss> LOSSES = Set.of(Loss.CROSS_ENTROPY, Loss.MSE);

  /** Blocks' places start at multiples of it. */
  private static final long ALIGNMENT = 256;

  /** Of a unit whose backend computes on devices; empty for what its CPU trains. */
  public static Optional<TrainingShape> of(Unit unit) {
    if (unit.backend().gpus().isEmpty()
        || !(unit.task() instanceof Task.Training task)
        || !unit.architecture().equals(Architecture.MLP)
        || task.recipe().engine() != Engine.KERNEL
        || task.recipe().ntkDrift()
        || !LOSSES.contains(task.recipe().loss())
        || !unit.cells().stream().allMatch(cell -> isOnDevice(cell.network()))) {
      return Optional.empty();
    }
    DataSet data = DataSets.load(task.data());
    TrainingShape shape = of(unit.cells().get(0).network(), task.recipe(), data);
    return shape.bytes() > MOST_BYTES ? Optional.empty() : Optional.of(shape);
  }

  /** Whether devices draw and compute an MLP. */
  static boolean isOnDevice(NetworkConfig network) {
    return network.weightLaw() != WeightLaw.ORTHOGONAL
        && ActivationFormulas.onDevice(network.activation()).isPresent();
  }

  private static TrainingShape of(NetworkConfig network, Recipe recipe, DataSet data) {
    long n0 = data.dimension();
    long n = network.width();
    long hidden = network.depth() - 1L;
    long classes = data.classes();
    // Weights with their bias, column by column.
    long parameters = fours(n) * (n0 + 1) + hidden * fours(n) * (n + 1) + fours(classes) * (n + 1);
    long across = fours(recipe.batchSize());
    long passes = across * (n0 + 2 * n * network.depth() + classes);
    long numbers = (1 + states(recipe.optimiser())) * parameters + passes;
    long labels = Integer.BYTES * across;
    long mask = network.keepProbability() < 1 ? parameters : 0;
    long bytes = Float.BYTES * numbers + labels + mask;
    long examples = (long) data.train().count() + data.test().count();
    return new TrainingShape(
        (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT,
        examples * (Float.BYTES * n0 + Integer.BYTES),
        (long) Integer.BYTES * recipe.steps() * recipe.batchSize());
  }

  /** Numbers that an optimiser keeps for each parameter. */
  static int states(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Adam) {
      return 2;
    }
    return optimiser instanceof Optimiser.Sgd ? 0 : 1;
  }

  private static long fours(long count) {
    return (count + 3) / 4 * 4;
  }

  /** Of a single network that is trained alone. */
  public long bytes() {
    return blockBytes + dataBytes + orderBytes;
  }
}
