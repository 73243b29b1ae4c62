package org.phasemap.train.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.CheckedKernel;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.Weights;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.kernel.formula.DeviceActivation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.Course;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.model.Replicate;

/** The structs of {@code src/main/cuda/train_args.h}, as bytes. */
final class DeviceTrainingLayout {
  /** {@code struct TrainingRecipe}. */
  static final int RECIPE_BYTES =
      6 * Double.BYTES + Long.BYTES + 3 * Float.BYTES + 7 * Integer.BYTES;

  /** {@code struct TrainedNetwork}. */
  static final int NETWORK_BYTES =
      DeviceActivation.BYTES + Double.BYTES + Long.BYTES + 14 * Integer.BYTES + 8 * Float.BYTES;

  /** {@code struct TrainingArgs}. */
  static final int ARGUMENT_BYTES = 17 * Long.BYTES + 4 * Integer.BYTES;

  /** {@code enum TrainingResult}. */
  enum Result {
    UPDATES,
    LAST_STEP,
    THRESHOLD_STEP,
    DIVERGED,
    SQUARE_AT_START,
    SQUARE_AT_END,
    TRAIN_LOSS,
    TRAIN_RIGHT,
    TEST_LOSS,
    TEST_RIGHT
  }

  private static final int SGD = 0;
  private static final int MOMENTUM = 1;
  private static final int ADAM = 2;

  private DeviceTrainingLayout() {}

  /** A buffer that devices read. */
  static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  /**
   * Writes a recipe.
   *
   * @param corrections first of its steps' in the list of all
   */
  static void put(Recipe recipe, Criterion criterion, long corrections, ByteBuffer to) {
    EarlyStop stop = recipe.stop();
    to.putDouble(number(stop == null ? null : stop.loss(), Double.POSITIVE_INFINITY));
    to.putDouble(number(stop == null ? null : stop.accuracy(), 0));
    to.putDouble(Course.bound(criterion)).putDouble(Course.reached(recipe));
    Optimiser optimiser = recipe.optimiser();
    double mu = 0;
    double ahead = 0;
    double[] adam = new double[3];
    int kind = SGD;
    if (optimiser instanceof Optimiser.Momentum momentum) {
      kind = MOMENTUM;
      mu = momentum.mu();
    } else if (optimiser instanceof Optimiser.Nesterov nesterov) {
      kind = MOMENTUM;
      mu = nesterov.mu();
      ahead = mu;
    } else if (optimiser instanceof Optimiser.Adam constants) {
      kind = ADAM;
      adam = constants.constants();
    }
    to.putDouble(adam[0]).putDouble(adam[1]).putLong(corrections);
    to.putFloat((float) mu).putFloat((float) ahead).putFloat((float) adam[2]);
    to.putInt(kind).putInt(recipe.loss() == Loss.MSE ? 1 : 0);
    to.putInt(recipe.batchSize()).putInt(recipe.steps());
    to.putInt(stop == null ? 0 : stop.steps()).putInt(recipe.biases() ? 1 : 0).putInt(0);
  }

  private static double number(@Nullable Double given, double otherwise) {
    return given == null ? otherwise : given;
  }

  /**
   * Writes a network.
   *
   * @param number of its recipe
   * @param rate its learning rate
   * @param order first of its minibatches' examples in the list of all
   * @param inputs n₀
   */
  static void put(
      NetworkConfig network,
      Recipe recipe,
      int number,
      double rate,
      long order,
      Replicate replicate,
      int inputs,
      ByteBuffer to) {
    ActivationFormulas.onDevice(network.activation()).orElseThrow().put(to);
    to.putDouble(rate).putLong(order);
    int[] start = RandomNumbers.start(replicate.stream(0, Purpose.WEIGHTS));
    to.putInt(start[0]).putInt(start[1]).putInt(start[4]);
    for (Purpose purpose :
        new Purpose[] {
          Purpose.WEIGHTS,
          Purpose.BIASES,
          Purpose.MASK,
          Purpose.READOUT,
          Purpose.READOUT_BIAS,
          Purpose.READOUT_MASK
        }) {
      to.putInt(word(replicate.stream(0, purpose)));
    }
    to.putInt(number).putInt(draw(network)).putInt(network.depth()).putInt(network.width());
    to.putInt(network.keepProbability() < 1 ? 1 : 0);
    to.putFloat(CheckedKernel.ceiling(network.keepProbability()));
    to.putFloat((float) Math.sqrt(network.sigmaB2()));
    double scale = recipe.readoutScale();
    put(network, network.sigmaW2(), inputs, to);
    put(network, network.sigmaW2(), network.width(), to);
    put(network, scale * scale * network.sigmaW2(), network.width(), to);
  }

  private static void put(NetworkConfig network, double sigmaW2, int fanIn, ByteBuffer to) {
    Weights.Scaling scaling = Weights.Scaling.of(network.weightLaw(), sigmaW2, fanIn);
    to.putFloat((float) scaling.factor()).putFloat((float) scaling.shift());
  }

  /** The last word of a stream's name, of layer 0. */
  private static int word(Stream stream) {
    return RandomNumbers.start(stream)[5];
  }

  /** {@code enum Draw}. */
  private static int draw(NetworkConfig network) {
    return switch (network.weightLaw()) {
      case NORMAL -> 0;
      case UNIFORM -> 1;
      case TRUNCATED -> 2;
      case ORTHOGONAL -> throw new IllegalArgumentException("not drawn on devices: " + network);
    };
  }
}
