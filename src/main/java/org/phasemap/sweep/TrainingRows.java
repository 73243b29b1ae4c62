package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.TrainingGroup;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Trainer;
import org.phasemap.train.TrainingResult;
import org.phasemap.zoo.MultiLayerNetworks;

/** Trains the cells of a unit. */
final class TrainingRows {
  private TrainingRows() {}

  /** A row for each cell, side by side in groups of a fixed size. */
  static List<Map<String, @Nullable Object>> of(Kernel kernel, Unit unit, Task.Training task) {
    DataSet data = DataSets.load(task.data());
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    int group = TrainingGroup.capacity(unit.cells().get(0).network(), task);
    for (int first = 0; first < unit.cells().size(); first += group) {
      List<Cell> cells = unit.cells().subList(first, Math.min(first + group, unit.cells().size()));
      List<TrainingResult> results = train(kernel, unit, task, cells, data);
      for (int i = 0; i < cells.size(); i++) {
        Map<String, @Nullable Object> row = RecordedCell.row(cells.get(i));
        ReplicateRows.addTraining(results.get(i), row);
        row.put("status", "measured");
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<TrainingResult> train(
      Kernel kernel, Unit unit, Task.Training task, List<Cell> cells, DataSet data) {
    List<NetworkConfig> networks = cells.stream().map(Cell::network).toList();
    Recipe recipe = task.recipe();
    return switch (recipe.engine()) {
      case KERNEL -> Trainer.train(kernel, networks, recipe, data, unit.seed(), unit.replicate());
      case DEEPLEARNING4J ->
          networks.stream()
              .map(
                  network ->
                      Trainer.trainWith(
                          MultiLayerNetworks::open,
                          kernel,
                          network,
                          recipe,
                          data,
                          unit.seed(),
                          unit.replicate()))
              .toList();
    };
  }
}
