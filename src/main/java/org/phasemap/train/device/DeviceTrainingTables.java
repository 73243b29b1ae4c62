package org.phasemap.train.device;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Examination;
import org.phasemap.train.course.LossCurve;
import org.phasemap.train.device.DeviceTrainingBatch.Order;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.mlp.MlpModel;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Replicate;

/** What the networks of a batch are, how they are trained and on what, as a device reads it. */
final class DeviceTrainingTables {
  private final DeviceTrainingBatch batch;
  private final Kernel kernel;
  private final DataSet data;
  private final Map<Order, Long> firsts = new HashMap<>();
  private final List<Double> rates = new ArrayList<>();

  DeviceTrainingTables(DeviceTrainingBatch batch, Kernel kernel, DataSet data) {
    this.batch = batch;
    this.kernel = kernel;
    this.data = data;
  }

  DataSet data() {
    return data;
  }

  /** Learning rates of all networks, once {@link #networks} has been asked for. */
  List<Double> rates() {
    return rates;
  }

  /** {@code TrainingRecipe}s by their numbers. */
  ByteBuffer recipes() {
    List<Recipe> recipes = batch.recipes();
    ByteBuffer to =
        DeviceTrainingLayout.buffer((long) recipes.size() * DeviceTrainingLayout.RECIPE_BYTES);
    long corrections = 0;
    for (Recipe recipe : recipes) {
      DeviceTrainingLayout.put(recipe, Criteria.of(recipe.loss(), data.classes()), corrections, to);
      corrections += corrections(recipe);
    }
    return to.flip();
  }

  private static long corrections(Recipe recipe) {
    return recipe.optimiser() instanceof Optimiser.Adam ? 2L * recipe.steps() : 0;
  }

  /** Adam's 1 − β₁ᵗ and 1 − β₂ᵗ of each step, recipe by recipe. */
  ByteBuffer corrections() {
    long all = batch.recipes().stream().mapToLong(DeviceTrainingTables::corrections).sum();
    ByteBuffer to = DeviceTrainingLayout.buffer(all * Double.BYTES);
    for (Recipe recipe : batch.recipes()) {
      if (recipe.optimiser() instanceof Optimiser.Adam adam) {
        for (int step = 1; step <= recipe.steps(); step++) {
          to.putDouble(1 - Math.pow(adam.beta1(), step));
          to.putDouble(1 - Math.pow(adam.beta2(), step));
        }
      }
    }
    return to.flip();
  }

  /** Numbers of the examples of all minibatches, order by order. */
  ByteBuffer orders() {
    long all = 0;
    for (Order order : batch.orders()) {
      firsts.put(order, all);
      all += (long) order.steps() * order.batchSize();
    }
    ByteBuffer to = DeviceTrainingLayout.buffer(all * Integer.BYTES);
    for (Order order : batch.orders()) {
      try (Arena arena = new Arena(kernel)) {
        Minibatches batches = minibatches(order, arena);
        for (int step = 0; step < order.steps(); step++) {
          for (int example : batches.choose()) {
            to.putInt(example);
          }
        }
      }
    }
    return to.flip();
  }

  private Minibatches minibatches(Order order, Arena arena) {
    return new Minibatches(kernel, arena, data.train(), order.batchSize(), order.replicate());
  }

  /** Steps whose figures are kept, of the longest recipe. */
  int[] due() {
    return LossCurve.due(batch.recipes().stream().mapToInt(Recipe::steps).max().orElseThrow());
  }

  /** {@code TrainedNetwork}s, unit by unit, once {@link #orders} has been asked for. */
  ByteBuffer networks() {
    ByteBuffer to =
        DeviceTrainingLayout.buffer((long) batch.networks() * DeviceTrainingLayout.NETWORK_BYTES);
    List<Recipe> recipes = batch.recipes();
    for (Unit unit : batch.units()) {
      Recipe recipe = DeviceTrainingBatch.recipe(unit);
      Order order = Order.of(unit);
      int number = recipes.indexOf(recipe);
      try (Arena arena = new Arena(kernel)) {
        float @Nullable [] first = isCritical(recipe) ? firstFeatures(order, arena) : null;
        for (Cell cell : unit.cells()) {
          double rate = rate(cell.network(), recipe, order.replicate(), first);
          rates.add(rate);
          DeviceTrainingLayout.put(
              cell.network(),
              recipe,
              number,
              rate,
              Objects.requireNonNull(firsts.get(order)),
              order.replicate(),
              data.dimension(),
              to);
        }
      }
    }
    return to.flip();
  }

  private static boolean isCritical(Recipe recipe) {
    return recipe.learningRate() instanceof LearningRate.Critical;
  }

  private float[] firstFeatures(Order order, Arena arena) {
    Minibatches batches = minibatches(order, arena);
    batches.advance();
    return batches.features();
  }

  /** A critical rate needs the tangent kernel, which the CPU measures: its bits are the CPU's. */
  private double rate(
      NetworkConfig network, Recipe recipe, Replicate replicate, float @Nullable [] first) {
    if (first == null) {
      return Examination.rate(recipe, null);
    }
    MlpModel model = new MlpModel(network, data, recipe.loss().outputs(data));
    try (Arena arena = new Arena(kernel)) {
      Parameters start = model.draw(kernel, arena, List.of(network), recipe, replicate);
      return Examination.rate(
          recipe, model.tangentKernel(kernel, start, first, Examination.examples(recipe)));
    }
  }

  static ByteBuffer features(Examples examples) {
    ByteBuffer to = DeviceTrainingLayout.buffer((long) examples.features().length * Float.BYTES);
    to.asFloatBuffer().put(examples.features());
    return to;
  }

  static ByteBuffer ints(int[] values) {
    ByteBuffer to = DeviceTrainingLayout.buffer((long) values.length * Integer.BYTES);
    to.asIntBuffer().put(values);
    return to;
  }
}
