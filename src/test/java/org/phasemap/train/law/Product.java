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
import org.phasemap.spec.SpecReader;
import org.phasemap.train.Trainer;
import org.phasemap.train.TrainingResult;

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

  private static Outcome outcome(TrainingResult result) {
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("learning_rate_used", result.learningRate());
    numbers.put("ln_gradient_norm_start", result.lnGradientNormStart());
    numbers.put("steps_taken", (double) result.steps());
    if (result.stepsToThreshold() != null) {
      numbers.put("steps_to_threshold", (double) result.stepsToThreshold());
    }
    String category = result.outcome().id();
    if (!category.equals("diverged")) {
      numbers.put("train_loss", result.trainLoss());
      numbers.put("train_accuracy", result.trainAccuracy());
      numbers.put("test_accuracy", result.testAccuracy());
      numbers.put("ln_gradient_norm_end", result.lnGradientNormEnd());
      if (!Double.isNaN(result.ntkDrift())) {
        numbers.put("ntk_drift", result.ntkDrift());
      }
    }
    for (int i = 0; i < result.curveStep().length; i++) {
      numbers.put("loss_" + result.curveStep()[i], result.curveLoss()[i]);
      numbers.put("accuracy_" + result.curveStep()[i], result.curveAccuracy()[i]);
    }
    return new Outcome(category, numbers);
  }
}
