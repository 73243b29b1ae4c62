package org.phasemap.spec;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.DataSource;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;

/**
 * What is trained: a grid of networks, by each combination of optimiser, learning rate and batch
 * size.
 *
 * @param data the data set
 * @param network the grid that is trained
 * @param replicates networks trained for each cell
 * @param axes what recipes differ in
 * @param procedure what they have in common
 */
public record Training(
    DataSource data, NetworkAxes network, int replicates, Axes axes, Procedure procedure) {
  /**
   * What recipes differ in. No list is empty and none has a value twice.
   *
   * @param optimiser how parameters follow gradients
   * @param learningRate step sizes, standard parameterisation
   * @param batchSize examples a step
   */
  public record Axes(
      List<Optimiser> optimiser, List<LearningRate> learningRate, List<Integer> batchSize) {}

  /** How networks are trained: every combination of the axes, batch size fastest. */
  public List<Recipe> recipes() {
    List<Recipe> recipes = new ArrayList<>();
    for (Optimiser optimiser : axes.optimiser) {
      for (LearningRate rate : axes.learningRate) {
        axes.batchSize.forEach(batch -> recipes.add(new Recipe(optimiser, rate, batch, procedure)));
      }
    }
    return recipes;
  }

  /**
   * The recipe that has these values on the axes of training. Rows of the first schema name no
   * optimiser: there was one.
   */
  public Recipe recipe(AxisValues values) {
    Optimiser optimiser =
        axes.optimiser.stream()
            .filter(o -> o.id().equals(values.find(Axis.OPTIMISER)))
            .findFirst()
            .orElse(axes.optimiser.get(0));
    return new Recipe(optimiser, LearningRate.of(values), values.get(Axis.BATCH_SIZE), procedure);
  }
}
