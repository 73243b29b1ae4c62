package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.spec.file.SpecWriter;

class SpecChangeTest {
  private static final String YAML =
      """
      name: x
      seed: 1
      replicates: 2
      network: {activation: relu, depth: [2, 4], width: 8}
      inputs: {count: 4, dimension: 16}
      """;

  private static Spec spec(String yaml) {
    return SpecReader.parse(yaml, "x.yaml");
  }

  private static void assertChanges(String now, String... changes) {
    assertThat(SpecChange.of(SpecWriter.toYaml(spec(YAML)), spec(now))).containsExactly(changes);
  }

  @Test
  void howMuchIsMeasuredMayChange() {
    assertChanges(YAML);
    assertChanges(YAML.replace("[2, 4]", "[2, 4, 8]"));
    assertChanges(YAML.replace("width: 8", "width: 16, sigma_b2: 0.1"));
    assertChanges(YAML.replace("replicates: 2", "replicates: {until: {ln_q: 0.1}}"));
    assertChanges(YAML + "limits: {max_cells: 10}\n");
    assertChanges(YAML + "training: {network: {depth: 2, sigma_multiplier: 1}, steps: 3}\n");
  }

  @Test
  void whatIsMeasuredMayNot() {
    assertChanges(YAML.replace("seed: 1", "seed: 2"), "seed: 1, now 2");
    assertChanges(YAML.replace("count: 4", "count: 5"), "inputs.count: 4, now 5");
    assertChanges(YAML + "sampler: dense\n", "sampler: auto, now dense");
    assertChanges(
        YAML + "probes: signal\nrandom_numbers: independent\n",
        "probes: [signal, gradient, ntk], now [signal]",
        "random_numbers: common, now independent");
  }

  @Test
  void aSweepThatOnlyTrainedMayBeginToMeasure() {
    String trains = YAML + "training: {network: {depth: 2, sigma_multiplier: 1}, steps: 3}\n";
    String before = SpecWriter.toYaml(spec(trains + "probes: []\n"));
    assertThat(SpecChange.of(before, spec(trains + "probes: signal\n"))).isEmpty();
    assertThat(SpecChange.of(SpecWriter.toYaml(spec(trains)), spec(trains + "probes: []\n")))
        .containsExactly("probes: [signal, gradient, ntk], now []");
  }

  @Test
  void settingsOfTrainingMayNotChangeOnceItRan() {
    String trained = YAML + "training: {network: {depth: 2, sigma_multiplier: 1}, steps: 3}\n";
    assertThat(
            SpecChange.of(
                SpecWriter.toYaml(spec(trained)),
                spec(trained.replace("steps: 3", "steps: 4").replace("depth: 2", "depth: 3"))))
        .containsExactly("training.steps: 3, now 4");
    assertThat(SpecChange.of(SpecWriter.toYaml(spec(trained)), spec(YAML))).isEmpty();
  }
}
