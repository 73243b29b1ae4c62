package org.phasemap.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSource;

/**
 * What is trained: a grid of networks, by each combination of optimiser, learning rate and batch
 * size. No list is empty and none has a value twice.
 *
 * @param data the data set
 * @param network the grid that is trained
 * @param replicates networks trained for each cell
 * @param optimiser how parameters follow gradients
 * @param learningRate step sizes, standard parameterisation
 * @param batchSize examples a step
 * @param engine what trains them
 * @param loss what is minimised
 * @param steps most updates
 * @param biases whether layers have biases
 * @param readoutScale factor on the read-out's weights at initialisation
 * @param stop when to end earlier; null for never
 * @param accuracyThreshold training accuracy from which a network counts as trained, in (0, 1]
 * @param ntkExamples examples whose tangent kernel is measured where it is needed
 * @param ntkDrift whether the tangent kernel's change is measured
 */
public record Training(
    DataSource data,
    NetworkAxes network,
    int replicates,
    List<Optimiser> optimiser,
    List<LearningRate> learningRate,
    List<Integer> batchSize,
    Engine engine,
    Loss loss,
    int steps,
    boolean biases,
    double readoutScale,
    @Nullable EarlyStop stop,
    double accuracyThreshold,
    int ntkExamples,
    boolean ntkDrift) {
  /** How networks are trained: every combination of the axes, batch size fastest. */
  public List<Recipe> recipes() {
    List<Recipe> recipes = new ArrayList<>();
    for (Optimiser o : optimiser) {
      for (LearningRate rate : learningRate) {
        for (int batch : batchSize) {
          recipes.add(
              new Recipe(
                  engine,
                  loss,
                  o,
                  rate,
                  batch,
                  steps,
                  biases,
                  readoutScale,
                  stop,
                  accuracyThreshold,
                  ntkExamples,
                  ntkDrift));
        }
      }
    }
    return recipes;
  }
}
