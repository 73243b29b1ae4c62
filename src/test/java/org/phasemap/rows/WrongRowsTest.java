package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.Commit;
import org.phasemap.store.Damage;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.SweptFolder;

class WrongRowsTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final String YAML =
      """
      name: small
      replicates: 3
      network: {activation: [relu, tanh], depth: [1, 2], width: 8}
      inputs: {count: 2, dimension: 8}
      probes: [signal]
      """;

  private static final Plan PLAN = Plan.of(SpecReader.parse(YAML, "small.yaml"));
  private static final List<@Nullable Object[]> ROWS = SweptFolder.rows(YAML);
  private static final int CELL = 0;
  private static final int REPLICATE =
      Tables.replicates().indexOf(Tables.replicatesColumn("replicate"));

  @TempDir private Path folder = Path.of("");

  private static List<@Nullable Object[]> rows() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    ROWS.forEach(row -> rows.add(row.clone()));
    return rows;
  }

  private ResultsFolder committed(List<@Nullable Object[]> rows) {
    SweptFolder.commit(YAML, rows, folder.resolve("results").toString());
    return ResultsFolder.open(folder.resolve("results").toString());
  }

  /** A table that counts the replicates of cells, as {@code cells} does. */
  private static void commitCells(ResultsFolder results, Map<String, Long> counts)
      throws IOException {
    List<Column> columns =
        Tables.cells().stream()
            .filter(c -> List.of("cell_id", "replicates", "failed").contains(c.name()))
            .toList();
    List<@Nullable Object[]> rows = new ArrayList<>();
    counts.forEach((cell, count) -> rows.add(new @Nullable Object[] {cell, count, 0L}));
    try (FolderLock lock = FolderLock.take(results)) {
      Commit commit = new Commit(results, lock);
      String path = commit.newPath(Tables.CELLS) + ".parquet";
      commit.replace(
          Tables.CELLS,
          List.of(
              RowFile.write(
                  CONFIGURATION, results.uri(), path, columns, Map.of(), rows.iterator())),
          Map.of());
    }
  }

  private static Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    ROWS.forEach(row -> counts.merge(id(row), 1L, Long::sum));
    return counts;
  }

  private static String id(@Nullable Object[] row) {
    return (String) Objects.requireNonNull(row[CELL]);
  }

  private static List<String> found(ResultsFolder results) throws IOException {
    return WrongRows.find(PLAN, results, CONFIGURATION).stream()
        .map(damage -> damage.table() + " " + damage.what())
        .toList();
  }

  @Test
  void whatASweepHasMeasuredHasNoFault() throws IOException {
    ResultsFolder results = committed(rows());
    assertThat(found(results)).isEmpty();
    commitCells(results, counts());
    assertThat(found(results)).isEmpty();
  }

  /** What a full dictionary once did to merged files. */
  @Test
  void aRowUnderTheIdOfAnotherCellIsFound() throws IOException {
    List<@Nullable Object[]> rows = rows();
    @Nullable Object[] other =
        rows.stream().filter(row -> !id(row).equals(id(rows.get(0)))).findFirst().orElseThrow();
    rows.get(0)[CELL] = id(other);
    ResultsFolder results = committed(rows);
    assertThat(found(results))
        .containsExactly(
            "replicates has wrong rows: 1 with another configuration than their cell_id's, 2 of a"
                + " cell and replicate that another row is of");

    rows.get(0)[REPLICATE] = 3;
    ResultsFolder unique = at("unique", rows);
    assertThat(found(unique))
        .containsExactly(
            "replicates has wrong rows: 1 with another configuration than their cell_id's");
  }

  private ResultsFolder at(String name, List<@Nullable Object[]> rows) {
    SweptFolder.commit(YAML, rows, folder.resolve(name).toString());
    return ResultsFolder.open(folder.resolve(name).toString());
  }

  @Test
  void aRowThatIsThereTwiceIsFoundInBothFilesAndNobodyCountsWithIt() throws IOException {
    List<@Nullable Object[]> rows = rows();
    ResultsFolder results = committed(rows);
    assertCounted(results, 0);
    committed(rows.subList(0, 2));
    assertCounted(results, 2);
    List<Damage> found = WrongRows.find(PLAN, results, CONFIGURATION);
    assertThat(found).hasSize(2);
    assertThat(found)
        .extracting(Damage::what)
        .containsOnly("has wrong rows: 2 of a cell and replicate that another row is of");
    assertThat(found)
        .extracting(Damage::file)
        .containsExactlyElementsOf(results.dataFiles(Tables.REPLICATES));
    assertThatThrownBy(() -> Holdings.read(PLAN, results, CONFIGURATION).requireNoneTwice(results))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            results.path("replicates")
                + ": is damaged (2 rows are of a cell and replicate that another row is of);")
        .hasMessageContaining("--verify")
        .hasMessageContaining("--retry-damaged");
  }

  private static void assertCounted(ResultsFolder results, long twice) throws IOException {
    assertThat(Holdings.read(PLAN, results, CONFIGURATION).twice()).isEqualTo(twice);
  }

  @Test
  void cellsThatOnlyOneTableHasAreFoundAndThoseThatCountOtherRows() throws IOException {
    ResultsFolder results = committed(rows());
    Map<String, Long> counts = counts();
    List<String> ids = List.copyOf(counts.keySet());
    counts.remove(ids.get(0));
    counts.put(ids.get(1), 2L);
    counts.put("ffffffffffffffff", 3L);
    commitCells(results, counts);
    assertThat(found(results))
        .containsExactly(
            "cells has wrong rows: 1 with another number of replicates than there are, 1 of a cell"
                + " without replicates",
            "cells and the table's other files lack 1 cells");

    committed(rows().subList(0, 1));
    assertThat(found(results))
        .as("cells are behind replicates, as those of a sweep that was stopped")
        .noneMatch(what -> what.startsWith("cells"));
  }

  /** As {@code --retry-failed} leaves them, if it ends before it has measured again. */
  @Test
  void cellsAreBehindReplicatesThatWereTakenOut() throws IOException {
    ResultsFolder results = committed(rows());
    commitCells(results, counts());
    try (FolderLock lock = FolderLock.take(results)) {
      new Commit(results, lock).replace(Tables.REPLICATES, List.of(), Map.of());
    }
    assertThat(results.cellsAreBehind()).isTrue();
    assertThat(found(results)).isEmpty();
  }

  /** Whose rows are measured again must be known to be wrong. */
  @Test
  void whatIsNoFaultOfAFileIsNotCalledItsDamage() throws IOException {
    ResultsFolder results = committed(rows());
    String file = results.dataFiles(Tables.REPLICATES).get(0).path();
    Files.delete(folder.resolve("results").resolve(file));
    assertThatThrownBy(() -> found(results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is missing");
  }
}
