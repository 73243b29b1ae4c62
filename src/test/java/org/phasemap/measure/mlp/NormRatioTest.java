package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.width.LogNormLaw;

/** Networks without biases against the exact law of their norms. */
class NormRatioTest {
  private static final int NETWORKS = 1500;

  /** Mean within four standard errors; so the variance, whose own is √(2/N) for a normal law. */
  @ParameterizedTest
  @CsvSource({
    "relu, 0, 2, 20, 9, DENSE",
    "relu, 0, 2, 20, 9, WEIGHT_FREE",
    "relu, 0, 1.5, 33, 70, WEIGHT_FREE",
    "linear, 1, 1, 10, 10, WEIGHT_FREE",
    "leaky_relu(0.3), 0.3, 1.7, 16, 8, WEIGHT_FREE"
  })
  void logNormsHaveTheirExactLaw(
      String activation, double slope, double sigmaW2, int width, int dimension, Sampler sampler) {
    int depth = 8;
    Cell cell =
        new Cell(
            new NetworkConfig(
                Activations.parse(activation), depth, width, WeightLaw.NORMAL, sigmaW2, 0, 1),
            null,
            new Task.Propagation(new Inputs(1, dimension, 1.7, 0), List.of(Probe.SIGNAL)));
    double[] ratios = new double[NETWORKS];
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < NETWORKS; r++) {
        Unit unit = new Unit(4, r, sampler, Sharing.COMMON, List.of(cell));
        ratios[r] = Propagation.measure(kernel, unit).get(0).number(SignalQuantity.LN_NORM_RATIO);
      }
    }
    LogNormLaw law = new LogNormLaw(slope, width, sigmaW2);
    double variance = law.variance(depth);
    assertThat(StatUtils.mean(ratios))
        .isCloseTo(law.mean(depth), within(4 * Math.sqrt(variance / NETWORKS)));
    assertThat(new Variance().evaluate(ratios) / variance)
        .isCloseTo(1, within(4 * Math.sqrt(2.0 / NETWORKS)));
  }
}
