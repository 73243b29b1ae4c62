package org.phasemap.cli.regress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.SweptFolder;

/** Candidates of every kind against one baseline: exit codes, and one message each. */
class RegressCommandTest {
  private static final String YAML =
      """
      name: night
      seed: 1
      replicates: 8
      network: {activation: [relu, tanh], depth: [2, 4], width: 8, sigma_multiplier: [0.8, 1.2]}
      inputs: {count: 2, dimension: 8}
      probes: [signal, gradient]
      backend: openblas
      """;

  private static final int LN_Q = place("ln_q");
  private static final int ACTIVATION = place("activation");
  private static final int STATUS = place("status");

  @TempDir private static Path results = Path.of("");

  private static List<@Nullable Object[]> rows = List.of();

  private static int place(String column) {
    return Tables.replicates().indexOf(Tables.replicatesColumn(column));
  }

  private interface Edit {
    void edit(@Nullable Object[] row);
  }

  @BeforeAll
  static void measure() {
    rows = SweptFolder.rows(YAML);
    SweptFolder.commit(YAML, rows, at("base"));
    assertThat(Ran.of("baseline", "set", at("base"), "nightly").exitCode()).isZero();
  }

  private static String at(String name) {
    return results.resolve(name).toString();
  }

  /** The baseline's rows, some of them changed. */
  private static String edited(String name, Edit edit) {
    List<@Nullable Object[]> copies =
        rows.stream().map(row -> java.util.Arrays.copyOf(row, row.length)).toList();
    copies.forEach(edit::edit);
    SweptFolder.commit(YAML.replace("night", name), copies, at(name));
    return at(name);
  }

  private static void raise(@Nullable Object[] row, double by) {
    if ("relu".equals(row[ACTIVATION])) {
      row[LN_Q] = (Double) java.util.Objects.requireNonNull(row[LN_Q]) + by;
    }
  }

  @Test
  void theSameRowsAreEqualBitForBit() {
    SweptFolder.write(YAML, at("again"));
    Ran ran = Ran.of("regress", "nightly", at("again"));

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains(
            "again against base: equal bit for bit", "64 rows of 8 cells, 64 equal bit for bit");
  }

  /** What another order of sums does. */
  @Test
  void roundingIsNoRegression() {
    Ran ran = Ran.of("regress", "nightly", edited("rounded", row -> raise(row, 3e-7)));

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("no regression", "64 rows of 8 cells, 32 equal bit for bit");
  }

  @Test
  void aRegressionIsOneRegionAndExitCodeOne() {
    String run = edited("shifted", row -> raise(row, 0.01));
    Ran ran = Ran.of("regress", at("base"), run);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("relu: 4 cells (50 %)")
        .contains("ln_q +0.01 (4 cells")
        .doesNotContain("tanh");
    assertThat(Ran.of("regress", at("base"), run, "--informational").exitCode()).isZero();
  }

  @Test
  void whatIsAcceptedIsGreenForAReason() {
    String run = edited("wanted", row -> raise(row, 0.02));
    assertThat(Ran.of("regress", "accept", run, "--reason", "new tail").exitCode()).isEqualTo(2);
    assertThat(Ran.of("regress", "nightly", run).exitCode()).isEqualTo(1);
    assertThat(Ran.of("regress", "accept", run, "--reason", " ").err())
        .contains("--reason: is empty");
    assertThat(Ran.of("regress", "accept", run, "--reason", "new tail").exitCode()).isZero();
    Ran next = Ran.of("regress", "nightly", edited("wanted-2", row -> raise(row, 0.02)));

    assertThat(next.exitCode()).isZero();
    assertThat(next.out()).contains("no regression beside what was accepted", "new tail");
    assertThat(Ran.of("regress", "nightly", edited("other", row -> raise(row, 0.03))).exitCode())
        .isEqualTo(1);
  }

  @Test
  void aFailedNetworkThatDidNotFailIsARegression() {
    String run =
        edited(
            "failing",
            row -> {
              if ("tanh".equals(row[ACTIVATION]) && row[place("replicate")].equals(3)) {
                row[STATUS] = "failed";
                java.util.Arrays.fill(row, LN_Q, row.length, null);
                row[place("category")] = null;
              }
            });
    Ran ran = Ran.of("regress", at("base"), run);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("tanh: 4 cells", "failed +0.125 (4 cells, worse)");
  }

  @Test
  void otherSeedsAreComparedUnpaired() {
    SweptFolder.write(YAML.replace("seed: 1", "seed: 2"), at("seed"));
    Ran ran = Ran.of("regress", at("base"), at("seed"));

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("not paired", "seed: 1, now 2", "0 equal bit for bit");
  }

  @Test
  void otherBackendsDifferByRounding() {
    SweptFolder.write(YAML.replace("openblas", "nd4j"), at("nd4j"));
    Ran ran = Ran.of("regress", at("base"), at("nd4j"));

    assertThat(ran.exitCode()).as(ran.out()).isZero();
    assertThat(ran.out()).contains("no regression", "backend: openblas, now nd4j");
  }

  @Test
  void aKilledCandidateIsIncomplete() {
    SweptFolder.commit(YAML, rows.subList(0, 60), at("killed"));
    Ran ran = Ran.of("regress", at("base"), at("killed"));

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out())
        .contains(
            "killed: is incomplete (0 of the baseline's cells and 4 of its rows are missing)");
    assertThat(Ran.of("baseline", "set", at("killed"), "half").err())
        .contains("killed: is incomplete (4 rows are missing); allowed: a sweep that has ended");
  }

  @Test
  void anotherSpecIsIncomparable() {
    SweptFolder.write(YAML.replace("count: 2", "count: 3"), at("spec"));
    Ran ran = Ran.of("regress", at("base"), at("spec"));

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out()).contains("is of another spec (inputs.count: 2, now 3)");
  }

  @Test
  void anOlderSchemaIsIncomparable() throws IOException {
    SweptFolder.commit(YAML, rows, at("old"));
    Path entry = results.resolve("old/manifest/000001.json");
    String version = "\"schema_version\" : ";
    Files.writeString(
        entry, Files.readString(entry).replace(version + Tables.SCHEMA_VERSION, version + "5"));
    Ran ran = Ran.of("regress", at("base"), at("old"));

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out()).contains("has rows of schema 5, the other of " + Tables.SCHEMA_VERSION);
  }

  @Test
  void oneReplicateSaysNothingOfChance() {
    String one = YAML.replace("replicates: 8", "replicates: 1");
    SweptFolder.write(one, at("one"));
    SweptFolder.write(one.replace("seed: 1", "seed: 2"), at("two"));
    Ran ran = Ran.of("regress", at("one"), at("two"));

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out()).contains("has one replicate a cell");
    SweptFolder.write(one, at("one-again"));
    assertThat(Ran.of("regress", at("one"), at("one-again")).exitCode()).isZero();
  }

  @Test
  void aBaselineThatHasChangedIsNoneAnyMore() {
    edited("moving", row -> raise(row, 0.01));
    assertThat(Ran.of("baseline", "set", at("moving"), "moving").exitCode()).isZero();
    assertThat(Ran.of("baseline", "set", at("base"), "moving").exitCode()).isEqualTo(2);
    org.apache.commons.io.FileUtils.deleteQuietly(results.resolve("moving").toFile());
    SweptFolder.commit(YAML, rows, at("moving"));
    Ran ran = Ran.of("regress", "moving", at("base"));

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.err()).contains("has changed since it became the baseline moving");
    assertThat(Ran.of("baseline", "list", "--results", results.toString()).out())
        .contains("moving: moving", "CHANGED", "nightly: base");
    assertThat(Ran.of("baseline", "remove", "moving", "--results", results.toString()).exitCode())
        .isZero();
    assertThat(Ran.of("regress", "moving-2", at("base")).exitCode()).isEqualTo(2);
  }

  @Test
  void mistakesAreOneMessage() throws IOException {
    Path tolerances = Files.writeString(results.resolve("t.yaml"), "absolute: {ln_p: 1}\n");
    assertThat(Ran.of("regress", "none", at("base")).err())
        .contains("none: is neither a results folder nor a baseline", "allowed: nightly");
    assertThat(Ran.of("regress", at("base"), at("base"), "--format", "xml").err())
        .contains("--format: xml is not allowed; allowed: text, json, junit, markdown, html");
    assertThat(
            Ran.of("regress", at("base"), at("base"), "--tolerance", tolerances.toString()).err())
        .contains("t.yaml:1: absolute.ln_p: unknown field; did you mean ln_q?");
  }

  @Test
  void whatIsNotThereOrSaysNothingIsAMistake() {
    String none = at("none");
    for (List<String> command :
        List.of(
            List.of("regress", "times", none), List.of("baseline", "list", "--results", none))) {
      Ran ran = Ran.of(command.toArray(String[]::new));
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).contains("none: there is no such folder; allowed: ");
    }
    Ran itself = Ran.of("regress", at("base"), at("base"));
    assertThat(itself.exitCode()).isEqualTo(2);
    assertThat(itself.err()).contains("base: is compared with itself; allowed: two sweeps");
    SweptFolder.write(YAML, at("equal"));
    Ran file = Ran.of("regress", "nightly", at("equal"), "--format", "junit=" + none + "/x.xml");
    assertThat(file.exitCode()).isEqualTo(2);
    assertThat(file.err()).contains("x.xml cannot be written; allowed: a file in a folder that is");
    assertThat(Ran.of("regress", "accept", at("equal"), "--reason", "x").err())
        .contains("has not been compared"); // An output that cannot be written keeps nothing.
    assertThat(Ran.of("regress", "nightly", at("equal")).exitCode()).isZero();
    assertThat(Ran.of("regress", "accept", at("equal"), "--reason", "x").err())
        .contains("equal: has no changes to accept (equal bit for bit); allowed: ");
  }

  @Test
  void aToleranceOfOnesOwnDecides() throws IOException {
    Path tolerances =
        Files.writeString(results.resolve("wide.yaml"), "absolute: {ln_q: 0.1}\nlevel: 0.05\n");
    String run = edited("tolerated", row -> raise(row, 0.01));

    assertThat(Ran.of("regress", at("base"), run, "--tolerance", "" + tolerances).exitCode())
        .isZero();
  }
}
