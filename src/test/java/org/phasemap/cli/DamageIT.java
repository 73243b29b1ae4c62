package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.SweptFolder;

/** Data files that a power cut or a bad disk has damaged: how they are found and mended. */
class DamageIT {
  private static final String YAML =
      """
      name: cut
      replicates: %d
      network: {activation: [relu, tanh], depth: [2, 3], width: 8}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void oneCore() {
    System.setProperty("spark.master", "local[1,1]");
  }

  @AfterEach
  void anyCore() {
    System.clearProperty("spark.master");
  }

  private Ran sweep(int replicates, String... options) throws IOException {
    Path spec = folder.resolve("cut.yaml");
    Files.writeString(spec, YAML.formatted(replicates));
    String[] command =
        new String[] {"sweep", spec.toString(), "--results", folder.toString(), "--quiet"};
    return Ran.of(Stream.of(command, options).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private Path results() {
    return folder.resolve("cut");
  }

  private List<String> files(String table) {
    return ResultsFolder.at(results().toString(), new Configuration()).files(table);
  }

  private List<String> tables() {
    return Stream.of(SweepTables.replicates(results()), SweepTables.cells(results()))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void damagedFilesAreNamedAndTheirRowsMeasuredAgain() throws Exception {
    assertThat(sweep(2).exitCode()).isZero();
    assertThat(sweep(4).exitCode()).isZero();
    List<String> expected = tables();
    assertThat(Ran.of("status", results().toString(), "--verify").exitCode()).isZero();

    Path empty = Path.of(files(Tables.REPLICATES).get(0));
    Path gone = Path.of(files(Tables.REPLICATES).get(1));
    Path flipped = Path.of(files(Tables.CELLS).get(0));
    long bytes = Files.size(empty);
    Files.write(empty, new byte[0]);
    Files.delete(gone);
    byte[] content = Files.readAllBytes(flipped);
    content[content.length / 2] ^= 1;
    Files.write(flipped, content);
    Files.delete(flipped.resolveSibling("." + flipped.getFileName() + ".crc"));

    Ran verified = Ran.of("status", results().toString(), "--verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out().lines())
        .containsExactly(
            empty + ": has 0 bytes, the manifest says " + bytes,
            gone + ": is missing",
            flipped + ": does not have the manifest's SHA-256");
    assertThat(verified.err())
        .startsWith("phasemap: 3 files are damaged; bring a copy back, or")
        .contains("sweep SPEC --retry-damaged");
    for (Ran ran :
        List.of(sweep(4), Ran.of("query", results().toString(), "select 1 from cells"))) {
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).startsWith("phasemap: " + empty + ": is damaged").contains("--retry-");
    }

    Ran mended = sweep(4, "--retry-damaged");
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(tables()).isEqualTo(expected);
    assertThat(Ran.of("status", results().toString(), "--verify").exitCode()).isZero();
  }

  /** Bytes that are those that were written, of rows that are not those that were measured. */
  @Test
  void rowsUnderTheIdOfAnotherCellAreNamedAndMeasuredAgain() throws Exception {
    assertThat(sweep(2).exitCode()).isZero();
    List<String> expected = tables();
    ResultsFolder sound = ResultsFolder.open(results().toString());
    SweptFolder.exchangeIds(sound);
    String wrong = files(Tables.REPLICATES).get(0);

    Ran verified = Ran.of("status", results().toString(), "--verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out().lines())
        .containsExactly(
            wrong
                + ": has wrong rows: 1 with another configuration than their cell_id's, 2 of a"
                + " cell and replicate that another row is of",
            files(Tables.CELLS).get(0)
                + ": has wrong rows: 2 with another number of replicates than there are");
    assertThat(verified.err()).startsWith("phasemap: 2 files are damaged; bring a copy back, or");
    for (Ran ran : List.of(sweep(2), Ran.of("status", results().toString()))) {
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("phasemap: " + results().resolve("replicates") + ": is damaged (1 rows are")
          .contains("--verify", "--retry-damaged");
    }

    Ran mended = sweep(2, "--retry-damaged");
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(tables()).isEqualTo(expected);
    assertThat(Ran.of("status", results().toString(), "--verify").exitCode()).isZero();
  }
}
