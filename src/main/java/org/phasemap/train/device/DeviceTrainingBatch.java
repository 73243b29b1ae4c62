package org.phasemap.train.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.phasemap.data.DataSource;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.TrainingShape;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.LossCurve;
import org.phasemap.train.model.Replicate;

/** Units that a device trains in one launch: those of one data set. */
final class DeviceTrainingBatch {
  /** Pieces of an arena, and what aligns them. */
  private static final long PIECES_BYTES = 16 * 256;

  /**
   * Networks that see the same minibatches.
   *
   * @param replicate whose order of examples it is
   */
  record Order(Replicate replicate, int batchSize, int steps) {
    static Order of(Unit unit) {
      Recipe recipe = recipe(unit);
      return new Order(
          new Replicate(unit.seed(), unit.replicate()), recipe.batchSize(), recipe.steps());
    }
  }

  private final DataSource data;
  private final List<Unit> units = new ArrayList<>();
  private final Set<Order> orders = new LinkedHashSet<>();
  private final Set<Recipe> recipes = new LinkedHashSet<>();
  private long blockBytes;
  private long stagedBytes;
  private int networks;

  private DeviceTrainingBatch(DataSource data) {
    this.data = data;
  }

  /** Cuts units, in order, into batches that stage no more than so many bytes, if they can be. */
  static List<DeviceTrainingBatch> of(List<Unit> units, long most) {
    Map<DataSource, DeviceTrainingBatch> open = new LinkedHashMap<>();
    List<DeviceTrainingBatch> batches = new ArrayList<>();
    for (Unit unit : units) {
      DataSource data = ((Task.Training) unit.task()).data();
      DeviceTrainingBatch batch = open.get(data);
      if (batch == null || batch.stagedBytes + batch.more(unit) > most) {
        batch = new DeviceTrainingBatch(data);
        open.put(data, batch);
        batches.add(batch);
      }
      batch.add(unit);
    }
    return batches;
  }

  private void add(Unit unit) {
    stagedBytes += more(unit);
    blockBytes = Math.max(blockBytes, shape(unit).blockBytes());
    orders.add(Order.of(unit));
    recipes.add(recipe(unit));
    networks += unit.cells().size();
    units.add(unit);
  }

  /** Bytes of the device, blocks aside, that a unit adds. */
  private long more(Unit unit) {
    TrainingShape shape = shape(unit);
    Recipe recipe = recipe(unit);
    long bytes = units.isEmpty() ? shape.dataBytes() + PIECES_BYTES : 0;
    bytes += orders.contains(Order.of(unit)) ? 0 : shape.orderBytes();
    if (!recipes.contains(recipe)) {
      bytes += DeviceTrainingLayout.RECIPE_BYTES;
      bytes += (2L * Double.BYTES + Integer.BYTES) * recipe.steps();
    }
    // All networks have room for the points of the longest curve: eight a decade.
    long curve = 2L * (LossCurve.due(recipe.steps()).length + 80L);
    long results = DeviceTrainingLayout.Result.values().length;
    long each = DeviceTrainingLayout.NETWORK_BYTES + Double.BYTES * (curve + results);
    return bytes + unit.cells().size() * each;
  }

  private static TrainingShape shape(Unit unit) {
    return TrainingShape.of(unit).orElseThrow();
  }

  static Recipe recipe(Unit unit) {
    return ((Task.Training) unit.task()).recipe();
  }

  DataSource data() {
    return data;
  }

  List<Unit> units() {
    return units;
  }

  List<Order> orders() {
    return List.copyOf(orders);
  }

  /** In order of their numbers. */
  List<Recipe> recipes() {
    return List.copyOf(recipes);
  }

  int networks() {
    return networks;
  }

  /** Most that a block needs for its network. */
  long blockBytes() {
    return blockBytes;
  }

  /** All but what blocks need. */
  long stagedBytes() {
    return stagedBytes;
  }
}
