package org.phasemap.train;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.LayerValues;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Replicate;

/**
 * The random numbers that a network's training starts from.
 *
 * @param layers the hidden layers, then the read-out
 * @param batches the minibatches in their order, one for each step and one more
 */
public record DrawnStart(List<LayerValues> layers, List<Batch> batches) {
  /**
   * A minibatch.
   *
   * @param features n₀ × batch, column by column
   * @param labels one for each example
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Batch(float[] features, int[] labels) {}

  /** Those of one replicate. */
  public static DrawnStart of(
      Kernel kernel, NetworkConfig network, Recipe recipe, DataSet data, long seed, int number) {
    Replicate replicate = new Replicate(seed, number);
    try (Arena arena = new Arena(kernel)) {
      List<LayerValues> layers =
          Parameters.draw(kernel, arena, List.of(network), recipe, data, replicate).read();
      Minibatches minibatches =
          new Minibatches(kernel, arena, data.train(), recipe.batchSize(), replicate);
      List<Batch> batches = new ArrayList<>();
      for (int step = 0; step <= recipe.steps(); step++) {
        minibatches.advance();
        batches.add(new Batch(minibatches.features().clone(), minibatches.labels().clone()));
      }
      return new DrawnStart(layers, batches);
    }
  }
}
