package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Autoencoder;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.width.Band;

/** Bands of chains of ReLU layers, over networks that the engine draws. */
class LayeredBandTest {
  private static final int NETWORKS = 300;

  private enum Chain {
    RING(
        new Convolutional(
            List.of(6),
            3,
            Padding.CIRCULAR,
            Groups.of(1),
            Readout.FLATTEN,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.PLAIN)),
    NORMED_RING(
        new Convolutional(
            List.of(6),
            3,
            Padding.CIRCULAR,
            Groups.of(1),
            Readout.FLATTEN,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.WEIGHT_NORM)),
    WIDTHS(new Autoencoder(List.of(4, 2, 4)));

    @SuppressWarnings("ImmutableEnumChecker") // records of values
    private final Architecture architecture;

    Chain(Architecture architecture) {
      this.architecture = architecture;
    }
  }

  @ParameterizedTest
  @EnumSource
  void lengthsFluctuateAsExpected(Chain chain) {
    NetworkConfig network =
        new NetworkConfig(
            chain.architecture, Activations.RELU, 4, 128, WeightLaw.NORMAL, 1.8, 0, 1);
    Task task = new Task.Propagation(new Inputs(2, 6 * 64, 1, 0.5), List.of(Probe.SIGNAL));
    Cell cell = new Cell(network, null, task);
    Bands bands = Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow().bands();
    double[][] found = new double[2][NETWORKS];
    List<Quantity> quantities = List.of(SignalQuantity.LN_Q, SignalQuantity.LN_NORM_RATIO);
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < NETWORKS; r++) {
        Unit unit = new Unit(r, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
        var measured = Probers.of(chain.architecture).measure(kernel, unit).get(0);
        for (int i = 0; i < 2; i++) {
          found[i][r] = measured.number(quantities.get(i));
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      Band band = bands.of(quantities.get(i));
      assertThat(band.reliable()).isTrue();
      assertThat(Math.abs(band.z(StatUtils.mean(found[i]), NETWORKS)))
          .as("%s of %s: mean %s of %s", quantities.get(i), chain, StatUtils.mean(found[i]), band)
          .isLessThan(4);
      double ratio = StatUtils.variance(found[i]) / Math.pow(band.standardDeviation(), 2);
      // Four standard errors of a variance, √(2/N), and 5 % that the first order may miss.
      assertThat(ratio)
          .as("%s of %s: variance over the expected", quantities.get(i), chain)
          .isBetween(0.95 - 4 * Math.sqrt(2.0 / NETWORKS), 1.05 + 4 * Math.sqrt(2.0 / NETWORKS));
    }
  }
}
