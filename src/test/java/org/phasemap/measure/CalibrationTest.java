package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Kernels;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.spec.SpecReader;
import org.phasemap.theory.Band;

/**
 * z-scores of independent cells are those of chance: a small conf/sweeps/06-calibration.yaml. For
 * each of four quantities the sum of z² is held to its χ² law and the number of |z| &gt; 2 to its
 * binomial law; the eight tests raise a false alarm in one run of 10,000 altogether.
 */
class CalibrationTest {
  private static final double FALSE_ALARMS = 1e-4;
  private static final double LEVEL = FALSE_ALARMS / 8;

  /** Standard deviations of z from here to its inverse are what the first order in 1/n may miss. */
  private static final double MISSED = 1.05;

  private static final String SPEC =
      """
      name: calibration
      seed: 7
      replicates: 8
      network: # 5 × 3 × 2 × 7 × 2 = 420 cells
        activation: [tanh, erf, relu, gelu, silu]
        depth: [2, 4, 8]
        width: [128, 256]
        sigma_w2: {from: 0.8, to: 3.2, step: 0.4}
        sigma_b2: [0, 0.05]
      inputs: {count: 3, dimension: 64}
      random_numbers: independent
      """;

  private record Quantity(
      ToDoubleFunction<PropagationResult> measured, Function<Bands, Band> expected) {}

  private static final Map<String, Quantity> QUANTITIES = new LinkedHashMap<>();

  static {
    QUANTITIES.put("ln q", new Quantity(r -> Math.log(r.signal().q()), Bands::lnQ));
    QUANTITIES.put("c", new Quantity(r -> r.signal().c(), Bands::c));
    QUANTITIES.put(
        "ln gain", new Quantity(PropagationResult::lnGradientGain, Bands::lnGradientGain));
    QUANTITIES.put("ln ntk scale", new Quantity(r -> r.ntk().lnScale(), Bands::lnNtkScale));
  }

  @Test
  void zScoresAreThoseOfChance() {
    Plan plan = Plan.of(SpecReader.parse(SPEC, "test.yaml"));
    Map<Cell, List<PropagationResult>> measured = new HashMap<>();
    try (Kernel kernel = Kernels.open(Kernels.fastest())) {
      for (Unit unit : plan.units()) {
        for (PropagationResult result : Propagation.measure(kernel, unit)) {
          measured.computeIfAbsent(result.cell(), c -> new ArrayList<>()).add(result);
        }
      }
    }
    List<Prediction> predictions =
        Prediction.groups(plan.cells()).stream().flatMap(g -> Prediction.of(g).stream()).toList();
    QUANTITIES.forEach(
        (name, quantity) -> {
          List<Double> scores = new ArrayList<>();
          for (Prediction prediction : predictions) {
            Band band = quantity.expected.apply(prediction.bands());
            if (band.reliable()) {
              List<PropagationResult> rows = measured.getOrDefault(prediction.cell(), List.of());
              double mean = rows.stream().mapToDouble(quantity.measured).average().orElseThrow();
              scores.add(band.z(mean, rows.size()));
            }
          }
          assertNormal(name, scores);
        });
  }

  private static void assertNormal(String name, List<Double> scores) {
    int n = scores.size();
    assertThat(n).as(name).isGreaterThan(250);
    double squares = scores.stream().mapToDouble(z -> z * z).sum();
    ChiSquaredDistribution law = new ChiSquaredDistribution(n);
    assertThat(squares)
        .as("sum of z² of " + name)
        .isBetween(
            law.inverseCumulativeProbability(LEVEL / 2) / (MISSED * MISSED),
            law.inverseCumulativeProbability(1 - LEVEL / 2) * MISSED * MISSED);
    double beyond = 2 * new NormalDistribution().cumulativeProbability(-2 / MISSED);
    assertThat((int) scores.stream().filter(z -> Math.abs(z) > 2).count())
        .as("|z| > 2 of " + name)
        .isLessThanOrEqualTo(
            new BinomialDistribution(n, beyond).inverseCumulativeProbability(1 - LEVEL));
  }
}
