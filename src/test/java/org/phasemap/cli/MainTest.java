package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir private Path folder = Path.of("");

  private Path spec(String text) throws IOException {
    return Files.writeString(folder.resolve("spec.yaml"), text);
  }

  @Test
  void aBadSpecIsOneMessageExitCodeTwoAndNoFolder() throws IOException {
    Path spec = spec("name: x\nnetwork: {activation: relu, depth: [4, 0], width: 8}\n");
    Path results = folder.resolve("results");
    Ran outcome = Ran.of("sweep", spec.toString(), "--results", results.toString());

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "phasemap: "
                + spec
                + ":2: network.depth[1]: 0 is not allowed; allowed: whole numbers from 1 to"
                + " 100000\n");
    assertThat(results).doesNotExist();
  }

  @Test
  void aMissingCriticalPointIsFoundBeforeAFolderIsMade() throws IOException {
    Path spec =
        spec("name: x\nnetwork: {activation: softplus, depth: 4, width: 8, init: critical}\n");
    Path results = folder.resolve("results");
    Ran outcome = Ran.of("sweep", spec.toString(), "--results", results.toString());

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("phasemap: " + spec + ": network.init: critical is not allowed");
    assertThat(results).doesNotExist();
  }

  @Test
  void planSaysWhatWouldRun() throws IOException {
    Path spec = spec("name: x\nnetwork: {activation: relu, depth: [4, 8], width: 8}\n");
    Ran outcome = Ran.of("plan", spec.toString(), "-o", "replicates=3");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("2 measured at initialisation, 0 trained")
        .contains("6 rows in all")
        .contains("units        3,");
  }

  @Test
  void planSaysTheLeastAndTheMostThatWouldRun() throws IOException {
    Path spec = spec("name: x\nnetwork: {activation: relu, depth: [4, 8], width: 8}\n");
    Ran outcome = Ran.of("plan", spec.toString(), "-o", "replicates={until: {ln_q: 0.1}}");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("8 to 128 rows in all").contains("units        4 to 64,");
  }

  @Test
  void planSimulatesTheScheduleOnClusters() throws IOException {
    Path spec = spec("name: x\nnetwork: {activation: relu, depth: [4, 8], width: 8}\n");
    Ran outcome =
        Ran.of("plan", spec.toString(), "--executors", "1,64", "--cores", "8", "--gpus", "2");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsPattern("(?m)^ +1 +2 .* propagation, width 8, 2 cells$")
        .containsPattern("(?m)^ +64 +128 ");
  }

  @Test
  void aClusterOfNoExecutorsIsTheUsersMistake() throws IOException {
    Path spec = spec("name: x\nnetwork: {activation: relu, depth: 4, width: 8}\n");
    Ran outcome = Ran.of("plan", spec.toString(), "--executors", "0");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("phasemap: --executors: 0 is not allowed; allowed: 1 to 100000\n");
  }

  @Test
  void anUnknownOptionIsTheUsersMistake() {
    Ran outcome = Ran.of("plan", "spec.yaml", "--nonsense");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--nonsense").doesNotContain("\tat ");
  }

  @Test
  void aFolderThatHoldsNoResultsIsTheUsersMistake() {
    for (String command : new String[] {"status", "report"}) {
      Ran outcome = Ran.of(command, folder.toString());

      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).contains("not a results folder").doesNotContain("\tat ");
    }
  }
}
