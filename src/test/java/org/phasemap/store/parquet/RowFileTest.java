package org.phasemap.store.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.ColumnChunk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;
import org.phasemap.store.FaultyFileSystem;
import org.phasemap.store.HostileFooter;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

class RowFileTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final List<Column> COLUMNS =
      List.of(
          new Column("text", Column.Type.STRING, ""),
          new Column("whole", Column.Type.INT, ""),
          new Column("large", Column.Type.LONG, ""),
          new Column("real", Column.Type.DOUBLE, ""),
          new Column("wholes", Column.Type.INT_LIST, ""),
          new Column("reals", Column.Type.DOUBLE_LIST, ""));

  private static final List<@Nullable Object[]> ROWS =
      List.of(
          new Object[] {"ä", 1, 1L << 40, 0.1, new int[] {1, 2}, new double[] {0.5, Double.NaN}},
          new Object[] {null, null, null, null, null, null},
          new Object[] {"", -1, -1L, -0.0, new int[0], Arrays.asList(1.0, null)});

  @TempDir private Path folder = Path.of("");

  private void write() throws Exception {
    RowFile.write(
        CONFIGURATION, folder.toString(), "t.parquet", COLUMNS, Map.of("k", "v"), ROWS.iterator());
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    write();
    List<@Nullable Object[]> rows =
        RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", COLUMNS);

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0))
        .containsExactly("ä", 1, 1L << 40, 0.1, List.of(1, 2), List.of(0.5, Double.NaN));
    assertThat(rows.get(1)).containsOnlyNulls();
    assertThat(rows.get(2)).containsExactly("", -1, -1L, -0.0, List.of(), Arrays.asList(1.0, null));
  }

  /** Such file systems there are: a network's, or one in memory that overflows. */
  @Test
  void aFileThatLostHalfOfAWriteIsRefusedWhetherItStaysOrNot() {
    Configuration configuration = FaultyFileSystem.register(new Configuration());
    String root = "faulty:" + folder;
    Runnable fail = () -> FaultyFileSystem.failAfter(0, FaultyFileSystem.Fault.LOSES_HALF);
    fail.run();
    assertThatThrownBy(
            () ->
                RowFile.stage(configuration, root, "s.parquet", COLUMNS, Map.of(), ROWS.iterator()))
        .hasMessageEndingWith("s.parquet does not hold the bytes that were written to it");
    fail.run();
    assertThatThrownBy(
            () ->
                RowFile.write(configuration, root, "w.parquet", COLUMNS, Map.of(), ROWS.iterator()))
        .hasMessageEndingWith("w.parquet does not hold the bytes that were written to it");
  }

  @Test
  void columnsAreReadInTheOrderAskedForAndMissingOnesAreNull() throws Exception {
    write();
    List<Column> wanted =
        List.of(COLUMNS.get(3), new Column("new", Column.Type.INT, ""), COLUMNS.get(0));

    assertThat(RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", wanted).get(0))
        .containsExactly(0.1, null, "ä");
  }

  @Test
  void rowsAreChosenByTheBeginningOfATextAndColumnsByTheFile() throws Exception {
    List<@Nullable Object[]> rows =
        Stream.of("abc", "ab", "b", null).map(text -> new @Nullable Object[] {text, 1}).toList();
    RowFile.write(
        CONFIGURATION,
        folder.toString(),
        "t.parquet",
        COLUMNS.subList(0, 2),
        Map.of(),
        rows.iterator());

    for (Map.Entry<String, Integer> expected :
        Map.of("ab", 2, "abc", 1, "", 3, "x", 0).entrySet()) {
      assertThat(
              RowFile.readBeginning(
                  CONFIGURATION,
                  folder.toString(),
                  "t.parquet",
                  COLUMNS.subList(0, 1),
                  COLUMNS.get(0),
                  expected.getKey()))
          .as(expected.getKey())
          .hasSize(expected.getValue());
    }
    assertThat(RowFile.columns(CONFIGURATION, folder.toString(), "t.parquet", COLUMNS))
        .isEqualTo(COLUMNS.subList(0, 2));
  }

  /** Files may come from anyone: a cast would end a command with a trace. */
  @Test
  void aColumnOfAnotherTypeIsDamage() throws Exception {
    write();
    for (Column column : COLUMNS) {
      for (Column.Type type : Column.Type.values()) {
        if (type != column.type()) {
          List<Column> other = List.of(new Column(column.name(), type, ""));
          assertThatThrownBy(
                  () -> RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", other))
              .isInstanceOf(UserException.class)
              .hasMessageContaining(
                  "is damaged (its column " + column.name() + " does not hold " + type + ")");
        }
      }
    }
  }

  /** A reader takes as much memory as a footer says, before it reads. */
  @ParameterizedTest
  @ValueSource(longs = {Integer.MIN_VALUE, -1, 1L << 20, (1L << 31) - 1, 1L << 31, Long.MAX_VALUE})
  void aFooterThatPointsOutOfItsFileIsDamage(long hostile) throws Exception {
    List<BiConsumer<ColumnChunk, Long>> changes =
        List.of(
            (chunk, value) -> chunk.getMeta_data().setTotal_compressed_size(value),
            (chunk, value) -> chunk.getMeta_data().setData_page_offset(value),
            (chunk, value) -> chunk.setOffset_index_offset(value),
            (chunk, value) -> chunk.setOffset_index_length(value.intValue()));
    for (BiConsumer<ColumnChunk, Long> change : changes) {
      Files.deleteIfExists(folder.resolve("t.parquet"));
      write();
      Files.deleteIfExists(folder.resolve(".t.parquet.crc"));
      HostileFooter.change(
          folder.resolve("t.parquet"),
          footer -> change.accept(footer.getRow_groups().get(0).getColumns().get(3), hostile));
      assertThatThrownBy(() -> RowFile.metadata(CONFIGURATION, folder.toString(), "t.parquet"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("t.parquet: is damaged");
    }
  }

  /** Whoever counts rows counts with them: a replicate below 0 is no place in a list. */
  @Test
  void aRowWithoutItsKeysIsDamage() throws Exception {
    List<Column> keys =
        List.of(Tables.replicatesColumn("cell_id"), Tables.replicatesColumn("replicate"));
    int file = 0;
    for (@Nullable Object[] row :
        List.of(
            new @Nullable Object[] {null, 1},
            new @Nullable Object[] {"a", null},
            new @Nullable Object[] {"a", -1})) {
      String name = "keys-" + file++;
      RowFile.stage(
          CONFIGURATION,
          folder.toString(),
          name,
          keys,
          Map.of(),
          List.<@Nullable Object[]>of(row).iterator());
      assertThatThrownBy(() -> RowFile.read(CONFIGURATION, folder.toString(), name, keys))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is damaged (a row");
    }
  }

  @Test
  void anotherReaderSeesTheSameRows() throws Exception {
    write();
    List<String> seen = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select text, whole, large, real, wholes::varchar, reals::varchar from '"
                    + folder.resolve("t.parquet")
                    + "'")) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= 6; i++) {
          row.append(rows.getString(i)).append('|');
        }
        seen.add(row.toString());
      }
    }
    assertThat(seen)
        .containsExactly(
            "ä|1|1099511627776|0.1|[1, 2]|[0.5, nan]|",
            "null|null|null|null|null|null|",
            "|-1|-1|-0.0|[]|[1.0, NULL]|");
  }

  @Test
  void aFileIsNeverOverwritten() throws Exception {
    write();

    assertThatThrownBy(this::write).isInstanceOf(java.io.IOException.class);
    assertThat(RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", COLUMNS)).hasSize(3);
  }

  private void assertUnreadable(String how) {
    assertThatThrownBy(() -> RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", COLUMNS))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.resolve("t.parquet") + ": " + how + "; bring a copy back");
  }

  @Test
  void aDamagedOrMissingFileIsNamed() throws Exception {
    write();
    Path file = folder.resolve("t.parquet");
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[60] ^= 1; // In the first column's page.
    Files.write(file, flipped);
    assertUnreadable("is damaged"); // By the sums that Hadoop keeps beside a local file,
    Files.delete(folder.resolve(".t.parquet.crc"));
    assertUnreadable("is damaged"); // and by Parquet's own.
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertUnreadable("is damaged");
    }
    Files.delete(file);
    assertUnreadable("is missing, though the manifest names it");
  }

  /** What made no sense in a header came as an error of the file system, which ends in a trace. */
  @Test
  void whateverByteIsWrongTheFileIsReadOrSaidToBeDamaged() throws Exception {
    write();
    Path file = folder.resolve("t.parquet");
    Files.delete(folder.resolve(".t.parquet.crc"));
    byte[] whole = Files.readAllBytes(file);
    int damaged = 0;
    for (int i = 0; i < whole.length; i += 3) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      try {
        RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", COLUMNS);
      } catch (UserException e) {
        damaged++;
      }
    }
    assertThat(damaged).isGreaterThan(whole.length / 9);
  }

  private static final List<Column> WIDE =
      List.of(
          new Column("cell_id", Column.Type.STRING, ""),
          new Column("real", Column.Type.DOUBLE, ""),
          new Column("wholes", Column.Type.INT_LIST, ""),
          new Column("reals", Column.Type.DOUBLE_LIST, ""));

  /** Longer than a page of 20,000 rows, and than a row group of 16 MB. */
  private static final int MANY = 21_000;

  private static @Nullable Object[] wideRow(int i) {
    double[] reals = new double[160];
    Arrays.setAll(reals, k -> k == i % 500 ? Double.NaN : Math.sin(i * 160.0 + k));
    Object list =
        switch (i % 11) {
          case 3 -> new double[0];
          case 5 -> Arrays.asList(null, 1.0 * i, null);
          default -> reals;
        };
    return new @Nullable Object[] {
      "cell " + i / 8,
      i % 7 == 0 ? null : (Object) (i - 0.5),
      new int[] {i, 1},
      i % 13 == 0 ? null : list
    };
  }

  private static List<@Nullable Object> plain(@Nullable Object[] row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : row) {
      values.add(
          value instanceof double[] reals
              ? Arrays.stream(reals).boxed().toList()
              : value instanceof int[] wholes ? Arrays.stream(wholes).boxed().toList() : value);
    }
    return values;
  }

  @Test
  void manyRowsAreReadBackFromPagesAndGroups() throws Exception {
    RowFile.stage(
        CONFIGURATION,
        folder.toString(),
        "staged.parquet",
        WIDE,
        Map.of("k", "v"),
        IntStream.range(0, MANY).mapToObj(RowFileTest::wideRow).iterator());
    assertThat(RowFile.metadata(CONFIGURATION, folder.toString(), "staged.parquet"))
        .containsEntry("k", "v");
    ManifestEntry.DataFile written;
    try (RowReader staged =
        RowFile.open(CONFIGURATION, folder.toString(), Split.whole("staged.parquet"), WIDE)) {
      written =
          RowFile.write(CONFIGURATION, folder.toString(), "kept.parquet", WIDE, Map.of(), staged);
    }
    assertThat(written.rows()).isEqualTo(MANY);
    assertThat(RowFile.footer(CONFIGURATION, folder.toString(), "kept.parquet").getBlocks())
        .hasSizeGreaterThan(1);

    int i = 0;
    for (Split split : Split.of(written)) {
      try (RowReader rows = RowFile.open(CONFIGURATION, folder.toString(), split, WIDE)) {
        while (rows.hasNext()) {
          assertThat(plain(rows.next())).isEqualTo(plain(wideRow(i++)));
        }
      }
    }
    assertThat(i).isEqualTo(MANY);
    assertDuckDbFindsRows(folder.resolve("kept.parquet"));
  }

  /** DuckDB leaves out groups by the smallest and largest numbers that they are said to have. */
  private static void assertDuckDbFindsRows(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int i = 1; i < MANY; i += 4000) {
        ResultSet rows =
            statement.executeQuery(
                String.format(
                    "select cell_id, wholes[1] from '%s' where real = %d - 0.5", file, i));
        assertThat(rows.next()).isEqualTo(i % 7 > 0);
        if (i % 7 > 0) {
          assertThat(rows.getString(1)).isEqualTo("cell " + i / 8);
          assertThat(rows.getInt(2)).isEqualTo(i);
        }
      }
      ResultSet entries =
          statement.executeQuery("select count(real), sum(len(reals)) from '" + file + "'");
      entries.next();
      assertThat(entries.getLong(1))
          .isEqualTo(IntStream.range(0, MANY).filter(i -> i % 7 > 0).count());
      assertThat(entries.getLong(2))
          .isEqualTo(
              IntStream.range(0, MANY)
                  .mapToObj(i -> plain(wideRow(i)).get(3))
                  .mapToLong(list -> list instanceof List<?> numbers ? numbers.size() : 0)
                  .sum());
    }
  }
}
