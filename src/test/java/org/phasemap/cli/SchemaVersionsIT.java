package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.store.table.Tables;

/** Results of earlier versions, kept as they were made, and what this version does with them. */
class SchemaVersionsIT {
  private static final Path KEPT = Path.of("src/test/resources/org/phasemap/cli/schema");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void master() {
    System.setProperty("spark.master", "local[2,4]");
  }

  @AfterAll
  static void noMaster() {
    System.clearProperty("spark.master");
  }

  private String copy(int version) throws IOException {
    Path from = KEPT.resolve("schema-" + version);
    Path to = folder.resolve("schema-" + version);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to.toString();
  }

  private static List<String> printed(int version, String table) throws IOException {
    return Files.readAllLines(KEPT.resolve("schema-" + version).resolve(table + ".csv"));
  }

  /** The printed columns of a table as this version reads them. */
  private static List<String> read(String results, int version, String table) throws IOException {
    String columns = printed(version, table).get(0);
    String order = table.equals(Tables.CELLS) ? "cell_id" : "cell_id, replicate";
    Ran ran =
        Ran.of(
            "query",
            results,
            "select " + columns + " from " + table + " order by " + order,
            "--format",
            "csv");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.out().lines().toList();
  }

  private Ran sweep(String results) {
    return Ran.of("sweep", results + "/spec.yaml", "--results", folder.toString());
  }

  @Test
  void thePresentVersionIsKept() {
    assertThat(KEPT.resolve("schema-" + Tables.SCHEMA_VERSION))
        .as("made as its README says")
        .exists();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9})
  void tablesAreReadAsTheyWere(int version) throws IOException {
    String results = copy(version);

    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      assertThat(printed(version, table)).hasSizeGreaterThan(20);
      assertThat(read(results, version, table)).isEqualTo(printed(version, table));
    }
    Ran status = Ran.of("status", results, "--verify");
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out()).containsPattern("measured +36\n").containsPattern("failed +0\n");
    Ran report = Ran.of("report", results);
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(Path.of(results, "report.html")).isNotEmptyFile();
    Ran boundaries = Ran.of("boundaries", results, "--threshold", "0.15");
    assertThat(boundaries.exitCode()).as(boundaries.err()).isZero();
    assertThat(boundaries.out()).contains("tanh");
  }

  @Test
  void nothingIsMissingFromThePresentVersion() throws IOException {
    String results = copy(Tables.SCHEMA_VERSION);
    Ran sweep = sweep(results);

    assertThat(sweep.exitCode()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("20 cells, 36 replicates: nothing is missing");
    assertThat(Path.of(results, "manifest/000003.json")).doesNotExist();
  }

  /** Versions before 4 named trained cells by less than their whole recipe. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatEarlierVersionsMeasuredAtInitialisationIsNotMeasuredAgain(int version)
      throws IOException {
    String results = copy(version);
    Ran sweep = sweep(results);

    assertThat(sweep.exitCode()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("20 cells, 36 replicates, 4 to measure in ");
    List<String> now = read(results, version, Tables.REPLICATES);
    assertThat(now).hasSize(1 + 36 + 4).containsAll(printed(version, Tables.REPLICATES));
    Ran status = Ran.of("status", results);
    assertThat(status.out()).containsPattern("missing +0\n");
  }

  /** Version 6 counts the rows that exploded, from rows that are there. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void cellsOfEarlierVersionsAreMadeAnewWithMoreColumns(int version) throws IOException {
    String results = copy(version);
    String counts = "select count(exploded) from cells";
    assertThat(Ran.of("query", results, counts, "--format", "csv").out()).endsWith("\n0\n");
    Ran sweep = sweep(results);

    assertThat(sweep.exitCode()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("20 cells, 36 replicates: nothing is missing");
    assertThat(Ran.of("query", results, counts, "--format", "csv").out()).doesNotEndWith("\n0\n");
  }

  @Test
  void cellsOfTheFirstVersionAreRefusedUntilTheyAreMadeAnew() throws IOException {
    Ran query = Ran.of("query", copy(1), "select 1");

    assertThat(query.exitCode()).isEqualTo(2);
    assertThat(query.err())
        .contains("an earlier version of PhaseMap made its cells; run the sweep again")
        .doesNotContain("\tat ");
  }

  @Test
  void aTrainedCellThatHadAnotherNameCannotBeReplayed() throws IOException {
    String line =
        printed(3, Tables.REPLICATES).stream()
            .filter(l -> l.contains("training"))
            .findFirst()
            .orElseThrow();
    Ran replay = Ran.of("replay", copy(3), line.substring(0, 16));

    assertThat(replay.exitCode()).isEqualTo(2);
    assertThat(replay.err()).contains("another version of PhaseMap measured it");
  }

  @Test
  void aNewerVersionIsRefusedByEveryCommand() throws IOException {
    String results = copy(Tables.SCHEMA_VERSION);
    Path entry = Path.of(results, "manifest/000002.json");
    int newer = Tables.SCHEMA_VERSION + 1;
    // What it may have besides is not known.
    Files.writeString(
        entry,
        Files.readString(entry)
            .replace(
                "\"schema_version\" : " + Tables.SCHEMA_VERSION,
                "\"schema_version\" : " + newer + ",\n  \"unheard_of\" : 1"));
    String message =
        String.format(
            "phasemap: %s: schema_version %d is not allowed: a newer version of PhaseMap made these"
                + " results; allowed: 1 to %d, or that version%n",
            entry, newer, Tables.SCHEMA_VERSION);

    for (Ran ran :
        List.of(
            Ran.of("status", results),
            Ran.of("query", results, "select 1"),
            Ran.of("report", results),
            Ran.of("replay", results, "00"),
            sweep(results))) {
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).isEqualTo(message);
    }
    assertThat(Path.of(results, "_lock")).doesNotExist();
  }
}
