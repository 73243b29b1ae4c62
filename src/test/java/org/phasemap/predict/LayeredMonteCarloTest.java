package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Domain;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;

/**
 * Theory of graphs against the engine that measures them, family by family: means over networks and
 * inputs. A longer run, of other networks: {@code -Dphasemap.layered.cells=20
 * -Dphasemap.layered.networks=30 -Dphasemap.layered.seed=2}.
 */
@SuppressWarnings("EnumOrdinal") // any whole number will do
class LayeredMonteCarloTest {
  private static final int CELLS = Integer.getInteger("phasemap.layered.cells", 3);
  private static final int NETWORKS = Integer.getInteger("phasemap.layered.networks", 8);
  private static final int WIDTH = Integer.getInteger("phasemap.layered.width", 128);
  private static final int SEED = Integer.getInteger("phasemap.layered.seed", 1);

  /** What is left of order 1/n, over n, beside the standard error: 0.008 at a width of 128. */
  private static final double FINITE_WIDTH = 1;

  /**
   * The same of a batch norm over B inputs, over B/n: biases of up to 2 B/n were measured, which
   * fall as 1/n. Such networks are wider here.
   */
  private static final double FINITE_BATCH = 0.5;

  private static final List<Quantity> QUANTITIES =
      List.of(
          SignalQuantity.LN_Q,
          SignalQuantity.C,
          SignalQuantity.MEAN,
          SignalQuantity.LN_NORM_RATIO,
          SignalQuantity.LN_GRADIENT_GAIN,
          SignalQuantity.LN_WEIGHT_GRADIENT_RATIO,
          JacobianQuantity.LN_JACOBIAN_MEAN,
          KernelQuantity.LN_NTK_SCALE,
          KernelQuantity.NTK_OFF_RATIO,
          KernelQuantity.LN_NTK_STANDARD_SCALE,
          TokenQuantity.TOKEN_COSINE,
          TokenQuantity.ATTENTION_LOGIT_VARIANCE,
          TokenQuantity.ATTENTION_ENTROPY,
          TokenQuantity.POSITION_SPREAD,
          TokenQuantity.LN_QUERY_KEY_GRADIENT);

  @ParameterizedTest
  @EnumSource
  void theoryIsWithinFourStandardErrors(RandomArchitectures family) {
    Random random = new Random(SEED * 1000L + family.ordinal());
    int predicted = 0;
    try (Kernel kernel = Backends.fastest().open()) {
      for (int i = 0; i < CELLS; i++) {
        Cell cell = cell(family, random);
        Optional<Prediction> prediction = Predictors.predict(List.of(cell)).get(0).prediction();
        if (prediction.isPresent()) {
          List<Measurement> found = measure(kernel, cell, family.networks() * NETWORKS);
          assertClose(finite(family, cell), cell, prediction.get().limit(), found);
          predicted++;
        }
      }
    }
    assertThat(predicted).as("cells of " + family + " that have a theory").isPositive();
  }

  private static double finite(RandomArchitectures family, Cell cell) {
    return family.hasBatchNorm()
        ? FINITE_BATCH * family.inputs() / cell.network().width()
        : FINITE_WIDTH / cell.network().width();
  }

  /**
   * Fails where a mean over networks is farther from theory than four standard errors.
   *
   * @param finite what is left of finite width beside the standard error
   */
  static void assertClose(double finite, Cell cell, Measurement limit, List<Measurement> found) {
    for (Quantity quantity : QUANTITIES) {
      double expected = limit.number(quantity);
      double[] values = found.stream().mapToDouble(m -> m.number(quantity)).toArray();
      if (Double.isFinite(expected) && Double.isFinite(StatUtils.mean(values))) {
        double variance = StatUtils.variance(values);
        double mean = StatUtils.mean(values) + bias(cell, quantity, variance);
        double error = Math.sqrt(variance / values.length + square(finite));
        assertThat(Math.abs(mean - expected) / error)
            .as(
                "%s %s: %s is %s +- %s, not %s",
                cell.network(), cell.task(), quantity, mean, error, expected)
            .isLessThan(4);
      }
    }
  }

  /**
   * The mean of a logarithm is half its variance below that of the mean, which is what theory has.
   * Of weight gradients under batch norm, whose signs make more of it, theory has the former.
   */
  private static double bias(Cell cell, Quantity quantity, double variance) {
    boolean isOfSigns =
        quantity == SignalQuantity.LN_WEIGHT_GRADIENT_RATIO
            && cell.network().architecture().toString().contains("norm=batch");
    return quantity.domain() == Domain.LN && !isOfSigns ? 0.5 * variance : 0;
  }

  private static double square(double x) {
    return x * x;
  }

  private static Cell cell(RandomArchitectures family, Random random) {
    NetworkConfig network =
        new NetworkConfig(
            family.of(random),
            family.activation(random),
            1 + random.nextInt(5),
            (int) (family.width() * WIDTH),
            WeightLaw.NORMAL,
            0.6 + 1.6 * random.nextDouble(),
            random.nextBoolean() ? 0 : 0.2,
            1);
    Inputs inputs = family.shown(random);
    return new Cell(
        network,
        null,
        new Task.Propagation(
            inputs, List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK, Probe.JACOBIAN)));
  }

  /** Independent networks of a cell. */
  static List<Measurement> measure(Kernel kernel, Cell cell, int networks) {
    List<Measurement> found = new ArrayList<>();
    for (int r = 0; r < networks; r++) {
      // Inputs are drawn with the seed: other networks see others.
      Unit unit = new Unit(SEED + r, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
      found.addAll(Probers.of(cell.network().architecture()).measure(kernel, unit));
    }
    return found;
  }
}
