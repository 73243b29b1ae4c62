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

/** Theory of graphs against the engine that measures them, family by family. */
class LayeredMonteCarloTest {
  private static final int CELLS = Integer.getInteger("phasemap.layered.cells", 2);
  private static final int NETWORKS = Integer.getInteger("phasemap.layered.networks", 12);
  private static final int WIDTH = Integer.getInteger("phasemap.layered.width", 256);
  private static final int SEED = Integer.getInteger("phasemap.layered.seed", 1);

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
          TokenQuantity.ATTENTION_ENTROPY);

  public static void main(String[] a) {
    for (RandomArchitectures f : RandomArchitectures.values()) {
      new LayeredMonteCarloTest().print(f);
    }
  }

  void print(RandomArchitectures family) {
    Random random = new Random(SEED * 1000L + family.ordinal());
    try (Kernel kernel = Backends.fastest().open()) {
      for (int i = 0; i < CELLS; i++) {
        Cell cell = cell(family, random);
        long t = System.nanoTime();
        Optional<Prediction> prediction = Predictors.predict(List.of(cell)).get(0);
        long u = System.nanoTime();
        System.out.printf("%n%s %s L%d w%.2f b%.2f %s%n", cell.network().architecture(), cell.network().activation(), cell.network().depth(), cell.network().sigmaW2(), cell.network().sigmaB2(), prediction.isPresent() ? "" : "NO THEORY");
        if (prediction.isEmpty()) continue;
        List<Measurement> found = measure(kernel, cell);
        long v = System.nanoTime();
        for (Quantity q : QUANTITIES) {
          double[] values = found.stream().mapToDouble(m -> m.number(q)).toArray();
          double mean = StatUtils.mean(values);
          double var = StatUtils.variance(values);
          if (q.domain() == Domain.LN) mean += 0.5 * var;
          double se = Math.sqrt(var / values.length);
          double limit = prediction.get().limit().number(q);
          double z = (mean - limit) / se;
          if (!Double.isNaN(limit) || !Double.isNaN(mean))
            System.out.printf("  %-26s %9.4f +- %7.4f  theory %9.4f  z %6.1f %s%n", q, mean, se, limit, z, Math.abs(z) > 4 ? "<<<<" : "");
        }
        System.out.printf("  predict %.0f ms measure %.0f ms%n", (u - t) * 1e-6, (v - u) * 1e-6);
      }
    }
  }

  private static Cell cell(RandomArchitectures family, Random random) {
    NetworkConfig network =
        new NetworkConfig(
            family.of(random),
            RandomArchitectures.activation(random),
            1 + random.nextInt(5),
            WIDTH,
            WeightLaw.NORMAL,
            0.6 + 1.6 * random.nextDouble(),
            random.nextBoolean() ? 0 : 0.2,
            1);
    Inputs inputs = new Inputs(6, family.dimension(), 1, 0.8 * random.nextDouble());
    return new Cell(
        network,
        null,
        new Task.Propagation(
            inputs, List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK, Probe.JACOBIAN)));
  }

  private static List<Measurement> measure(Kernel kernel, Cell cell) {
    List<Measurement> found = new ArrayList<>();
    for (int r = 0; r < NETWORKS; r++) {
      // Inputs are drawn with the seed: other networks see others.
      Unit unit = new Unit(SEED + r, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
      found.addAll(Probers.of(cell.network().architecture()).measure(kernel, unit));
    }
    return found;
  }
}
