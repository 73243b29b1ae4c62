package org.phasemap.measure;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.spec.Inputs;

/**
 * Networks without weights have the law of networks with them: every scalar of every probe, over
 * small networks, where an error of order 1/n shows. About 2,200 comparisons of distributions, and
 * as many of means and of variances, raise a false alarm in one run of sixty altogether.
 */
class SamplersAgreeTest {
  private static final int NETWORKS = 600;
  private static final int COMPARISONS = 4000;

  /**
   * {@code singular} is the ln of a condition number from which the kernel is numerically singular.
   */
  @ParameterizedTest
  @CsvSource({
    "NORMAL, 24, 20, 4, 0.3, 1.9, 11",
    "NORMAL, 4, 3, 3, 0.9, 1.9, 11",
    // Duplicate inputs, and more inputs than units.
    "NORMAL, 13, 9, 3, 1, 1.9, 11",
    "NORMAL, 5, 12, 8, 0.5, 1.9, 11",
    "NORMAL, 64, 64, 2, 0, 1.9, 11",
    "ORTHOGONAL, 16, 16, 3, 0.3, 1.9, 11",
    // The ordered phase, where inputs become parallel and the signal dies out.
    "NORMAL, 32, 20, 4, 0.5, 0.7, 25",
    // Wide and tall first layers; a frame that fills the space.
    "ORTHOGONAL, 9, 21, 4, 0.5, 1.9, 11",
    "ORTHOGONAL, 20, 8, 2, 0.9, 1.9, 11",
    "ORTHOGONAL, 4, 6, 4, 0.2, 1.9, 11",
    "ORTHOGONAL, 5, 5, 3, 1, 1.9, 11",
  })
  void everyScalarHasTheLawOfExplicitWeights(
      WeightLaw law,
      int width,
      int dimension,
      int count,
      double c0,
      double sigmaW2,
      double singular) {
    List<Cell> cells = new ArrayList<>();
    Task task =
        new Task.Propagation(new Inputs(count, dimension, 1.2, c0), SamplersCompared.PROBES);
    for (String activation : List.of("tanh", "relu", "gelu")) {
      for (double sigmaB2 : new double[] {0, 0.1}) {
        for (int depth : new int[] {1, 3, 12}) {
          cells.add(
              new Cell(
                  new NetworkConfig(
                      Activations.parse(activation), depth, width, law, sigmaW2, sigmaB2, 1),
                  null,
                  task));
        }
      }
    }
    new SamplersCompared(NETWORKS, COMPARISONS, singular).assertSameLaws(cells);
  }
}
