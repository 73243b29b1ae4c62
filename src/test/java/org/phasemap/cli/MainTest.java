package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  void onlyAsciiDecimalsAreNumbers() throws IOException {
    Path spec = spec("name: x\nnetwork: {activation: relu, depth: 4, width: 8}\n");
    for (String number : List.of("0x10", "\u0661", "1d", "1e1")) {
      Ran outcome = Ran.of("plan", spec.toString(), "--executors", number);
      assertThat(outcome.exitCode()).as(number).isEqualTo(2);
      assertThat(outcome.err()).contains("--executors").doesNotContain("\tat ");
    }
    Ran slope = Ran.of("plan", spec.toString(), "-o", "network.activation=leaky_relu(0x1p-1)");
    assertThat(slope.exitCode()).isEqualTo(2);
    assertThat(slope.err()).contains("slope must be a number: 0x1p-1");
  }

  @Test
  void anArgumentIsNoFileOfArguments() throws IOException {
    Path arguments = Files.writeString(folder.resolve("arguments"), "--version\n");
    Ran outcome = Ran.of("plan", "@" + arguments);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("phasemap: @" + arguments + ": no such file; allowed: a YAML file\n");
  }

  @Test
  void namesThatTheLocaleDoesNotHaveAreOneMessage() {
    Ran outcome = Ran.of("sweep", "spec\uFFFD.yaml");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("characters that this locale does not have", "LC_ALL=C.UTF-8");
  }

  @Test
  void controlCharactersOfNamesReachNoTerminal() {
    Ran outcome = Ran.of("plan", "\u001b[31mspec.yaml");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("?[31mspec.yaml").doesNotContain("\u001b");
  }

  @Test
  void aPlanOfManyReplicatesTakesNoLongerThanOneOfFew() throws IOException {
    Path spec =
        spec(
            "name: x\nreplicates: 10000\nlimits: {max_cells: 4000}\nnetwork: {activation: relu,"
                + " depth: [4, 8], width: 8, sigma_multiplier: {from: 0.5, to: 2, count: 1000}}\n");
    long start = System.nanoTime();
    Ran outcome = Ran.of("plan", spec.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("20,000,000 rows in all");
    // A second or two; costing each of its units took minutes.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void whateverEndsACommandIsNoFailedCell() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new OutOfMemoryError("unable to create native thread"),
            new StackOverflowError(),
            new NoClassDefFoundError("org/phasemap/X"),
            new UncheckedIOException("f", new IOException("Too many open files")),
            new IOException("No space left on device"))) {
      StringWriter err = new StringWriter();
      int code = Failure.explain(failure, new PrintWriter(err, true));
      boolean ours = failure instanceof StackOverflowError || failure instanceof LinkageError;
      assertThat(code).isEqualTo(ours ? 4 : 2);
      assertThat(err.toString().startsWith("phasemap: ")).isTrue();
      assertThat(err.toString().lines().count() == 1)
          .isEqualTo(!(failure instanceof StackOverflowError));
    }
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
