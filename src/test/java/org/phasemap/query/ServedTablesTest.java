package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.Sha256;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;

/** Tables that are opened in their files, and taken into memory later. */
class ServedTablesTest {
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 200);
  private static final long ENOUGH = 200_000_000;
  private static final String NUMBERS =
      "select %s as cell_id, depth, ln_q_mean, z_ln_q from drawn c where %%s order by cell_id";

  @TempDir private static Path root = Path.of("");

  @BeforeAll
  static void write() throws Exception {
    SweepFolder.write(root.resolve("a"), SyntheticSweep.write(root));
  }

  private static ServedTables opened(String name) {
    return ServedTables.open(
        ResultsFolder.at(root.resolve(name).toString(), new Configuration()), LIMITS);
  }

  /** Of 1,545 cells: a digest, which a failure can print. */
  private static String answer(ServedTables tables, String cell) {
    try (Query query = tables.session()) {
      var columns = query.columns(NUMBERS.formatted(cell), Condition.ALL);
      assertThat(columns.get("depth")).hasSizeGreaterThan(1_000);
      return HexFormat.of().formatHex(Sha256.of(columns.toString()));
    }
  }

  @Test
  void answersFromFilesAndFromMemoryAreTheSame() {
    try (ServedTables tables = opened("a")) {
      String files = answer(tables, "c.cell");
      assertThat(files).isEqualTo(answer(tables, "c.cell_id"));
      assertThat(tables.bytesToLoad()).isPositive();
      tables.load(ENOUGH);
      assertThat(answer(tables, "c.cell")).isEqualTo(files);
      assertThat(tables.bytes()).isPositive();
      assertThat(tables.bytesToLoad()).isZero();
      assertThat(tables.isInFiles()).isFalse();
    }
  }

  @Test
  void questionsThatAreAskedMeanwhileAreAnswered() {
    try (ServedTables tables = opened("a")) {
      String before = answer(tables, "c.cell");
      CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> tables.load(ENOUGH));
      do {
        assertThat(answer(tables, "c.cell")).isEqualTo(before);
      } while (!loading.isDone());
      loading.join();
      assertThat(answer(tables, "c.cell")).isEqualTo(before);
    }
  }

  @Test
  void whatDoesNotFitStaysInItsFiles() {
    try (ServedTables tables = opened("a")) {
      String before = answer(tables, "c.cell_id");
      tables.load(1_000);
      assertThat(tables.isInFiles()).isTrue();
      assertThat(answer(tables, "c.cell_id")).isEqualTo(before);
    }
  }

  @Test
  void theyMayTakeWhatTheyHaveAndHalfOfTheMemoryForAnswers() {
    try (ServedTables tables = opened("a")) {
      assertThat(mostMegabytes(tables)).isBetween(99.8, 100.2);
      tables.load(ENOUGH);
      // A megabyte is begun, and DuckDB says it to a tenth of a MiB.
      double taken = tables.bytes() / 1e6;
      assertThat(mostMegabytes(tables)).isBetween(taken + 99.8, taken + 101.2);
    }
  }

  private static double mostMegabytes(ServedTables tables) {
    try (Query query = tables.session()) {
      String said =
          query.rows("select current_setting('memory_limit') as most").row(0).text("most");
      return Double.parseDouble(said.replaceAll("[^0-9.]", "")) * 1.048576;
    }
  }

  @Test
  void rowsThatCannotBeReadAreFoundWhenTheyAreLoaded() throws Exception {
    SweepFolder.write(root.resolve("b"), SyntheticSweep.write(root));
    ResultsFolder folder = ResultsFolder.at(root.resolve("b").toString(), new Configuration());
    Path cells = Path.of(folder.files(Tables.CELLS).get(0));
    try (RandomAccessFile file = new RandomAccessFile(cells.toFile(), "rw")) {
      file.seek(4);
      file.write(new byte[4096]);
    }
    try (ServedTables tables = opened("b")) {
      assertThatThrownBy(() -> tables.load(ENOUGH))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Cannot read the tables");
    }
  }
}
