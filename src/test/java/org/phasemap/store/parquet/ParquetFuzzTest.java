package org.phasemap.store.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.table.Column;

/**
 * Random tables, written as sweeps write theirs and read by DuckDB, by Parquet's own reader of
 * records and by {@link RowFile}: all values, bit for bit. {@code -Dphasemap.fuzz=5000} tries as
 * many, {@code -Dphasemap.fuzz.first=N} begins with the one of number N.
 */
class ParquetFuzzTest {
  private static final int TABLES = Math.max(24, Integer.getInteger("phasemap.fuzz", 0));
  private static final int FIRST = Integer.getInteger("phasemap.fuzz.first", 0);
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder = Path.of("");

  /** What files had, over all tables: the limits must be reached. */
  private int groups;

  private int dictionaries;
  private int fallbacks;

  @Test
  void whatIsWrittenIsWhatOthersRead() throws Exception {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("set threads = 1"); // Or rows may come in another order.
      for (int number = FIRST; number < FIRST + TABLES; number++) {
        check(number, duckDb);
      }
    }
    assertThat(groups).isGreaterThan(TABLES);
    assertThat(dictionaries).isGreaterThan(TABLES);
    assertThat(fallbacks).isGreaterThan(TABLES / 3);
  }

  private void check(int number, Connection duckDb) throws Exception {
    RandomTable table = RandomTable.of(number);
    String name = number + ".parquet";
    Configuration written = new Configuration(CONFIGURATION);
    table.limits().forEach(limit -> written.set(limit.getKey(), limit.getValue()));
    if (number % 2 == 0) {
      RowFile.write(
          written, folder.toString(), name, table.columns(), Map.of(), table.rows().iterator());
    } else {
      RowFile.stage(
          written, folder.toString(), name, table.columns(), Map.of(), table.rows().iterator());
    }
    String seed = "-Dphasemap.fuzz.first=" + number;
    List<List<@Nullable Object>> expected = table.bits();
    Path file = folder.resolve(name);
    assertThat(duckDb(duckDb, file, table.columns())).as(seed).isEqualTo(expected);
    assertThat(records(file, table.columns())).as(seed).isEqualTo(expected);
    List<List<@Nullable Object>> own = new ArrayList<>();
    RowFile.read(CONFIGURATION, folder.toString(), name, table.columns())
        .forEach(row -> own.add(RandomTable.bits(row)));
    assertThat(own).as(seed).isEqualTo(expected);
    checkFound(duckDb, file, table, seed);
    count(RowFile.footer(CONFIGURATION, folder.toString(), name));
    Files.delete(file);
    Files.delete(folder.resolve("." + name + ".crc"));
  }

  private static List<List<@Nullable Object>> duckDb(
      Connection duckDb, Path file, List<Column> columns) throws Exception {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery("select * from '" + file + "'")) {
      while (rows.next()) {
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
          Object value = rows.getObject(i + 1);
          row[i] =
              value instanceof Array array ? Arrays.asList((Object[]) array.getArray()) : value;
        }
        all.add(RandomTable.bits(row));
      }
    }
    return all;
  }

  private static List<List<@Nullable Object>> records(Path file, List<Column> columns)
      throws Exception {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (ParquetReader<Group> records =
        ParquetReader.builder(
                new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toString()))
            .build()) {
      for (Group record = records.read(); record != null; record = records.read()) {
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = value(record, i, columns.get(i));
        }
        all.add(RandomTable.bits(row));
      }
    }
    return all;
  }

  private static @Nullable Object value(Group record, int field, Column column) {
    if (record.getFieldRepetitionCount(field) == 0) {
      return null;
    }
    if (!column.isList()) {
      return scalar(record, field, column.type());
    }
    Group list = record.getGroup(field, 0);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      Group element = list.getGroup(0, i);
      boolean isNull = element.getFieldRepetitionCount(0) == 0;
      values.add(isNull ? null : scalar(element, 0, column.type()));
    }
    return values;
  }

  private static Object scalar(Group group, int field, Column.Type type) {
    return switch (type) {
      case STRING -> group.getString(field, 0);
      case LONG -> group.getLong(field, 0);
      case INT, INT_LIST -> group.getInteger(field, 0);
      case DOUBLE, DOUBLE_LIST -> group.getDouble(field, 0);
    };
  }

  /** DuckDB leaves out groups by the smallest and largest values that they are said to have. */
  private static void checkFound(Connection duckDb, Path file, RandomTable table, String seed)
      throws Exception {
    for (int i = 0; i < table.columns().size() && !table.rows().isEmpty(); i++) {
      Object value = table.rows().get(table.rows().size() * (i + 1) / 9)[i];
      if (value == null || table.columns().get(i).isList()) {
        continue;
      }
      int place = i;
      long expected = table.rows().stream().filter(row -> same(value, row[place])).count();
      String sql = String.format("select count(*) from '%s' where c%d = ?", file, i);
      try (PreparedStatement statement = duckDb.prepareStatement(sql)) {
        statement.setObject(1, value);
        ResultSet rows = statement.executeQuery();
        rows.next();
        assertThat(rows.getLong(1)).as("%s, c%d = %s", seed, i, value).isEqualTo(expected);
      }
    }
  }

  /** As SQL has it: both zeros are one number, all NaNs are one. */
  private static boolean same(Object value, @Nullable Object other) {
    if (value instanceof Double x && other instanceof Double y) {
      return x.doubleValue() == y.doubleValue() || (x.isNaN() && y.isNaN());
    }
    return Objects.equals(value, other);
  }

  private void count(ParquetMetadata footer) {
    groups += footer.getBlocks().size();
    footer.getBlocks().stream()
        .map(BlockMetaData::getColumns)
        .flatMap(List::stream)
        .forEach(
            column -> {
              boolean dictionary = column.getEncodingStats().hasDictionaryPages();
              dictionaries += dictionary ? 1 : 0;
              fallbacks +=
                  dictionary && column.getEncodingStats().hasNonDictionaryEncodedPages() ? 1 : 0;
            });
  }
}
