package org.phasemap.plan.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.phasemap.plan.Plan;
import org.phasemap.plan.cost.Pace.Kind;
import org.phasemap.spec.file.SpecReader;

class EstimateTest {
  private static final double ROUNDING = 1e-9;

  private static final Path SCALE = Path.of("conf/sweeps/07-scale.yaml");

  private static Plan plan(String activation, String replicates) {
    return Plan.of(
        SpecReader.parse(
            "name: e\nreplicates: %s\nnetwork: {activation: %s, depth: 2, width: 8, sigma_w2: 1}"
                .formatted(replicates, activation),
            "e.yaml"));
  }

  /** What was left out once: a sweep of no work takes its start, and theory is work. */
  @Test
  void aSweepIsMoreThanItsUnits() {
    Pace slow = new Pace(Map.of(Kind.DENSE, 4.0));
    Estimate fitted = Estimate.of(plan("tanh", "2"), Pace.FITTED, 0);
    Estimate slower = Estimate.of(plan("tanh", "2"), slow, 7);

    assertThat(fitted.processor(0, 1)).isGreaterThan(5);
    // Its start is twice as long where products are four times as slow.
    assertThat(slower.processor(3, 1))
        .isCloseTo(2 * fitted.processor(0, 1) + 7 + 3, within(ROUNDING));
    assertThat(Estimate.of(plan("[tanh, relu, gelu]", "2"), slow, 7).processor(3, 1))
        .isGreaterThan(slower.processor(3, 1));
    assertThat(slower.processor(3, 2)).isGreaterThan(slower.processor(3, 1));
  }

  /**
   * A whole sweep of 20,000 cells took 56.6 s of processor time where the model was fitted
   * (docs/benchmarks.md, "Many cells"); the aim of estimates is 25 %.
   */
  @Test
  void manyCellsTakeWhatTheyTook() throws IOException {
    Plan plan = Plan.of(SpecReader.parse(Files.readString(SCALE), SCALE.toString()));
    double units = Bill.most(plan, Pace.FITTED).seconds();

    assertThat(Estimate.of(plan, Pace.FITTED, 0).processor(units, 1) / 56.6).isBetween(0.75, 1.25);
  }

  /** Units and theory are shared by cores; most of a start is one thread. */
  @Test
  void wallTimeIsAtMostProcessorTime() {
    Estimate estimate = Estimate.of(plan("tanh", "2"), Pace.FITTED, 4);

    assertThat(estimate.wall(100, 1, 1)).isCloseTo(estimate.processor(100, 1), within(ROUNDING));
    assertThat(estimate.wall(100, 1, 4)).isBetween(estimate.processor(100, 1) / 4, 100.0);
    assertThat(estimate.left(100, 4)).isLessThan(estimate.wall(100, 1, 4));
  }

  @Test
  void kindsOfWorkAreThoseOfThePlan() {
    assertThat(Kind.of(plan("tanh", "2"))).containsExactlyInAnyOrder(Kind.DENSE, Kind.WEIGHT_FREE);
  }
}
