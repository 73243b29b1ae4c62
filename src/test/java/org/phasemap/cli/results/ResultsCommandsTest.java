package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.table.Tables;

/** {@code files}, {@code list} and {@code show}. */
class ResultsCommandsTest {
  private static final String KEPT = HostileFolder.KEPT.toString();

  @TempDir private Path folder = Path.of("");

  private static String cell(String where) {
    String sql = "select min(cell_id) from cells where " + where;
    return Ran.of("query", KEPT, sql, "--format", "csv")
        .out()
        .lines()
        .skip(1)
        .findFirst()
        .orElse("");
  }

  @Test
  void filesAreThoseOfTheManifest() {
    Ran plain = Ran.of("files", KEPT, "cells");
    Ran json = Ran.of("files", KEPT, "replicates", "--format", "json");

    String file = HostileFolder.KEPT.toAbsolutePath() + "/cells/50df670f-002-0-12.parquet\n";
    assertThat(plain.out()).isEqualTo(file);
    assertThat(json.out()).contains("\"rows\":36,\"bytes\":35321,\"sha256\":\"92de77");
  }

  @Test
  void outdatedCellsAndOtherTablesAreRefused() {
    Ran outdated = Ran.of("files", KEPT.replace("-6", "-1"), "cells");
    Ran other = Ran.of("files", KEPT, "cell");

    assertThat(outdated.exitCode()).isEqualTo(2);
    assertThat(outdated.err()).contains("an earlier version of PhaseMap made its cells");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .isEqualTo(
            "phasemap: TABLE: cell is not allowed; did you mean cells? allowed: cells,"
                + " replicates\n");
  }

  @Test
  void sweepsAreListedWithTheirState() throws IOException {
    ManifestCases.in(folder);
    Ran table = Ran.of("list", folder.toString());
    Ran csv = Ran.of("list", folder.toString(), "--format", "csv");

    assertThat(table.exitCode()).as(table.err()).isZero();
    assertThat(table.out())
        .containsPattern("manifest-0 +complete +20 +36 +104 kB")
        .containsPattern("manifest-3 +damaged ")
        .contains("manifest-3: 000001.json: is damaged or missing, and 000002.json is there");
    assertThat(csv.out()).contains("\nmanifest-0,complete,20,20,0,36,103938,2026-");
  }

  @Test
  void whatIsNotCompleteSaysWhy() throws IOException {
    for (String name : List.of("newer", "averages", "fewer")) {
      ManifestCases.copy(HostileFolder.KEPT, folder.resolve(name));
    }
    ManifestCases.copy(Path.of(KEPT.replace("-6", "-1")), folder.resolve("older"));
    String last = "manifest/000002.json";
    ManifestCases.edit(
        folder.resolve("newer"), last, last, "schema_version\" : 6", "schema_version\" : 99");
    Files.delete(folder.resolve("averages").resolve(last));
    Path spec = folder.resolve("fewer/spec.yaml");
    Files.writeString(
        spec, Files.readString(spec).replaceFirst("(?m)^replicates: 2$", "replicates: 3"));

    String list = Ran.of("list", folder.toString()).out();
    assertThat(list)
        .containsPattern("newer +newer ")
        .contains(
            "newer: A newer version of PhaseMap made it (schema 99; this one reads 1 to "
                + Tables.SCHEMA_VERSION
                + ").")
        .containsPattern("averages +partial ")
        .contains("averages: Its averages (cells) are not made yet: run the sweep again.")
        .containsPattern("fewer +partial ")
        .containsPattern("fewer: [0-9]+ of [0-9]+ rows are missing: run the sweep again.")
        .containsPattern("older +older ")
        .contains("older: An earlier version made its cells; run the sweep again");
    assertThat(state("averages"))
        .isEqualTo("partial: its averages (cells) are not made yet; run the sweep again");
    assertThat(state("fewer")).matches("partial: [0-9]+ rows are missing; run the sweep again");
    assertThat(state("older")).startsWith("older: an earlier version made its cells");
    Files.writeString(
        spec, Files.readString(spec).replaceFirst("(?m)^replicates: 3$", "replicates: 2"));
    assertThat(state("fewer")).isEqualTo("complete");
  }

  private String state(String name) {
    String status = Ran.of("status", folder.resolve(name).toString()).out();
    return status.substring(status.indexOf("state      ") + 11).strip();
  }

  @Test
  void aFolderThatIsNotThereCannotBeListed() {
    Ran ran = Ran.of("list", folder.resolve("none").toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("there is no such folder").doesNotContain("\tat ");
  }

  @Test
  void aCellIsToldInWords() {
    String id = cell("task = 'propagation' and activation = 'tanh'");
    Ran ran = Ran.of("show", KEPT, id.substring(0, 8));

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("cell " + id + ": measured at initialisation, finite\n")
        .containsPattern("activation φ +tanh\n")
        .containsPattern("width n +16\n")
        .containsPattern("ln gradient gain +-?[0-9.]+ ± [0-9.]+ +2 +-?[0-9.]+")
        .contains("networks: 2 measured, 2 finite, 0 exploded, 0 vanished, 0 failed\n")
        .containsPattern("theory: phase (ordered|critical|chaotic), χ₁ = ")
        .contains("again: jobs/phasemap replay ");
  }

  /** Wilson's interval of 0 of 1 ends at z²/(1 + z²) = 3.8415/4.8415. */
  @Test
  void aTrainedCellSaysHowManyTrained() {
    Ran ran = Ran.of("show", KEPT, cell("task = 'training'"));

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("trained, then measured", "networks: 1 measured, 0 trained, 0 failed")
        .contains("95 % interval 0.00000 to 0.793451");
  }

  @Test
  void anUnknownCellIsTheUsersMistake() {
    Ran none = Ran.of("show", KEPT, "xyz");
    Ran many = Ran.of("show", KEPT, "");

    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("CELL_ID: xyz is not allowed: no cell_id begins so");
    assertThat(many.err()).contains("20 cell_ids begin so, such as");
  }

  @Test
  void numbersEndWhereTheirErrorDoes() {
    assertThat(CellInWords.withError(1.23456, 0.0234)).isEqualTo("1.235 ± 0.023");
    assertThat(CellInWords.withError(-12.3456, 2.34)).isEqualTo("-12.3 ± 2.3");
    assertThat(CellInWords.withError(12345.6, 234)).isEqualTo("12346 ± 234");
    assertThat(CellInWords.withError(0.5, Double.NaN)).isEqualTo("0.500000");
    assertThat(CellInWords.withError(Double.NaN, 1)).isEmpty();
  }

  @Test
  void whatOthersWroteReachesNoTerminal() throws IOException {
    ManifestCases.in(folder);
    Path renamed = folder.resolve("a\u001b[31mb");
    Files.move(folder.resolve("manifest-0"), renamed);

    assertThat(Ran.of("list", folder.toString()).out()).doesNotContain("\u001b");
    assertThat(Ran.of("show", renamed.toString(), cell("true")).out()).doesNotContain("\u001b");
  }
}
