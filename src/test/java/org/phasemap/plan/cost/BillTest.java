package org.phasemap.plan.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Pace.Kind;
import org.phasemap.spec.file.SpecReader;

class BillTest {
  /** Sums of the same numbers in another order. */
  private static final double ROUNDING = 1e-9;

  private static final String YAML =
      """
      name: bill
      replicates: {min: 4, max: 16, until: {ln_gradient_gain: 0.1}}
      network:
        activation: [tanh, relu]
        depth: [2, 4]
        width: [16, 32]
        sigma_w2: {from: 1, to: 2, count: 20}
        keep_probability: [1, 0.5]
      training: {network: {width: 16, sigma_w2: 1}, replicates: 3, steps: 10}
      """;

  private static Plan plan(String yaml) {
    return Plan.of(SpecReader.parse(yaml, "bill.yaml"));
  }

  @Test
  void itIsTheSumOverAllUnits() {
    Plan plan = plan(YAML);
    Pace pace =
        new Pace(
            Map.of(Kind.WEIGHT_FREE, 2.0, Kind.DENSE, 3.0, Kind.MASKED, 5.0, Kind.TRAINING, 7.0));

    assertEqual(Bill.most(plan, pace), Schedule.most(plan), pace);
    assertEqual(Bill.fewest(plan, pace), Schedule.fewest(plan), pace);
  }

  private static void assertEqual(Bill bill, List<Unit> units, Pace pace) {
    double seconds = units.stream().mapToDouble(pace::seconds).sum();
    assertThat(bill.units()).isEqualTo(units.size());
    assertThat(bill.seconds()).isCloseTo(seconds, within(ROUNDING * seconds));
    assertThat(bill.longest())
        .isEqualTo(units.stream().mapToDouble(pace::seconds).max().orElseThrow());
    assertThat(bill.bytes())
        .isEqualTo(units.stream().mapToDouble(CostModel::bytes).max().orElseThrow());
  }

  /** 10,000 cells, 10,000 replicates of each. */
  @Test
  @Timeout(20)
  void aHundredMillionReplicatesTakeNoTime() {
    Plan plan =
        plan(
            """
            name: many
            replicates: 10000
            network:
              activation: tanh
              depth: 4
              width: 16
              sigma_w2: {from: 1, to: 2, count: 100}
              sigma_b2: {from: 0, to: 1, count: 100}
            """);
    long start = System.nanoTime();
    Bill bill = Bill.most(plan, Pace.FITTED);

    assertThat(plan.rows()).isEqualTo(100_000_000);
    assertThat(bill.units()).isGreaterThanOrEqualTo(10_000);
    // The aim is five seconds; a machine that much else runs on may need four times as long.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  /** Units, and so what is measured together, are those of every other machine. */
  @Test
  void aPaceMovesTimesAlone() {
    Plan plan = plan(YAML);
    Map<Kind, Double> times = new EnumMap<>(Kind.class);
    Pace.Kind.of(plan).forEach(kind -> times.put(kind, 10.0));
    Pace slow = new Pace(times);

    Bill fitted = Bill.most(plan, Pace.FITTED);
    Bill slower = Bill.most(plan, slow);
    assertThat(slower.units()).isEqualTo(fitted.units());
    assertThat(slower.bytes()).isEqualTo(fitted.bytes());
    // Units take ten times as long; what becomes of their rows takes the root of that.
    assertThat(slower.seconds()).isBetween(Math.sqrt(10) * fitted.seconds(), 10 * fitted.seconds());
  }
}
