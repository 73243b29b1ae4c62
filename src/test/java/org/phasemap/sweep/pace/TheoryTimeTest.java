package org.phasemap.sweep.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.phasemap.plan.Plan;
import org.phasemap.spec.file.SpecReader;

class TheoryTimeTest {
  private static double seconds(String network) {
    String yaml = "name: theory\nnetwork: {depth: 4, width: 16, " + network + "}";
    return TheoryTime.seconds(Plan.of(SpecReader.parse(yaml, "theory.yaml")));
  }

  /** Fifty thousand cells take what some of them take, times their number. */
  @Test
  void itIsOfThePlansOwnCells() {
    String many = "activation: tanh, sigma_w2: {from: 1, to: 2, count: 1000}";
    double all = seconds(many + ", sigma_b2: {from: 0, to: 1, count: 50}");
    double some = seconds(many);

    assertThat(some).isPositive();
    // Fifty times the cells; by processor time, of code that gets faster meanwhile.
    assertThat(all).isBetween(5 * some, 500 * some);
  }

  @Test
  void trainedNetworksHaveNone() {
    String yaml =
        """
        name: t
        probes: []
        network: {activation: tanh, depth: 4, width: 16, sigma_w2: {from: 1, to: 2, count: 100}}
        training: {data: digits, steps: 5}
        """;

    assertThat(TheoryTime.seconds(Plan.of(SpecReader.parse(yaml, "t.yaml")))).isLessThan(0.1);
  }
}
