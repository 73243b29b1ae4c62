package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.TrainingGroup;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Trainer;
import org.phasemap.zoo.Deeplearning4j;

/** Trains the cells of a unit. */
final class TrainedUnit {
  private TrainedUnit() {}

  /** One measurement for each cell, trained side by side in groups of a fixed size. */
  static List<Measurement> measure(Kernel kernel, Unit unit, Task.Training task) {
    DataSet data = DataSets.load(task.data());
    List<Measurement> results = new ArrayList<>();
    int group = TrainingGroup.capacity(unit.cells().get(0).network(), task);
    for (int first = 0; first < unit.cells().size(); first += group) {
      List<Cell> cells = unit.cells().subList(first, Math.min(first + group, unit.cells().size()));
      results.addAll(train(kernel, unit, task, cells, data));
    }
    return results;
  }

  private static List<Measurement> train(
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
                          new Deeplearning4j(),
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
