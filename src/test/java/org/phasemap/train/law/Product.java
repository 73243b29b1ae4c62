package org.phasemap.train.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.train.DrawnStart;
import org.phasemap.train.Trainer;

/** The product's networks of a recipe, from its YAML on. */
final class Product {
  private Product() {}

  static List<Outcome> train(Recipe recipe, int networks, long seed) {
    List<Outcome> outcomes = new ArrayList<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (Unit unit :
          Schedule.most(Plan.of(SpecReader.parse(recipe.spec(networks, seed), recipe.name())))) {
        Task.Training task = (Task.Training) unit.task();
        Trainer.train(
                kernel,
                unit.cells().stream().map(Cell::network).toList(),
                task.recipe(),
                DataSets.load(task.data()),
                unit.seed(),
                unit.replicate())
            .forEach(result -> outcomes.add(outcome(result)));
      }
    }
    return outcomes;
  }

  /** What the networks that {@link #train} trains start from. */
  static List<DrawnStart> starts(Recipe recipe, int networks, long seed) {
    List<DrawnStart> starts = new ArrayList<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (Unit unit :
          Schedule.most(Plan.of(SpecReader.parse(recipe.spec(networks, seed), recipe.name())))) {
        Task.Training task = (Task.Training) unit.task();
        for (Cell cell : unit.cells()) {
          starts.add(
              DrawnStart.of(
                  kernel,
                  cell.network(),
                  task.recipe(),
                  DataSets.load(task.data()),
                  unit.seed(),
                  unit.replicate()));
        }
      }
    }
    return starts;
  }

  private static Outcome outcome(Measurement result) {
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("learning_rate_used", result.number(TrainedQuantity.LEARNING_RATE_USED));
    numbers.put("ln_gradient_norm_start", result.number(TrainedQuantity.LN_GRADIENT_NORM_START));
    numbers.put("steps_taken", result.number(TrainedQuantity.STEPS_TAKEN));
    if (!Double.isNaN(result.number(TrainedQuantity.STEPS_TO_THRESHOLD))) {
      numbers.put("steps_to_threshold", result.number(TrainedQuantity.STEPS_TO_THRESHOLD));
    }
    String category = result.category().id();
    if (!category.equals("diverged")) {
      numbers.put("train_loss", result.number(TrainedQuantity.TRAIN_LOSS));
      numbers.put("train_accuracy", result.number(TrainedQuantity.TRAIN_ACCURACY));
      numbers.put("test_accuracy", result.number(TrainedQuantity.TEST_ACCURACY));
      numbers.put("ln_gradient_norm_end", result.number(TrainedQuantity.LN_GRADIENT_NORM_END));
      if (!Double.isNaN(result.number(TrainedQuantity.NTK_DRIFT))) {
        numbers.put("ntk_drift", result.number(TrainedQuantity.NTK_DRIFT));
      }
    }
    for (int i = 0; i < result.profile(Profile.CURVE_STEP).length; i++) {
      numbers.put(
          "loss_" + (int) result.profile(Profile.CURVE_STEP)[i],
          result.profile(Profile.CURVE_LOSS)[i]);
      numbers.put(
          "accuracy_" + (int) result.profile(Profile.CURVE_STEP)[i],
          result.profile(Profile.CURVE_ACCURACY)[i]);
    }
    return new Outcome(category, numbers);
  }
}
