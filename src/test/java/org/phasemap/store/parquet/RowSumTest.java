package org.phasemap.store.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.store.HostileFooter;
import org.phasemap.store.table.Column;

class RowSumTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final List<Column> COLUMNS =
      List.of(
          new Column("cell_id", Column.Type.STRING, ""),
          new Column("replicate", Column.Type.INT, ""),
          new Column("real", Column.Type.DOUBLE, ""),
          new Column("other", Column.Type.DOUBLE, ""),
          new Column("reals", Column.Type.DOUBLE_LIST, ""));

  @TempDir private Path folder = Path.of("");

  private static List<@Nullable Object[]> rows() {
    return new ArrayList<>(
        List.of(
            new @Nullable Object[] {"a", 0, 0.5, 1.5, new double[] {1, 2}},
            new @Nullable Object[] {"a", 1, 0.0, null, new double[] {}},
            new @Nullable Object[] {"b", 0, -0.5, 1.5, Arrays.asList(null, 2.0)}));
  }

  private static long sum(List<Column> columns, List<@Nullable Object[]> rows) {
    RowSum sum = new RowSum(columns);
    rows.forEach(sum::add);
    return sum.value();
  }

  @Test
  void theOrderOfRowsAndColumnsDoesNotMatterAndWhatHasNoValueMayBeLeftOut() {
    List<@Nullable Object[]> rows = rows();
    long sum = sum(COLUMNS, rows);
    Collections.reverse(rows);
    assertThat(sum(COLUMNS, rows)).isEqualTo(sum);
    List<Column> columns = new ArrayList<>(COLUMNS);
    columns.add(new Column("new", Column.Type.INT, ""));
    Collections.reverse(columns);
    rows.replaceAll(
        row -> {
          List<@Nullable Object> values = new ArrayList<>(Arrays.asList(row));
          values.add(null);
          Collections.reverse(values);
          return values.toArray();
        });
    assertThat(sum(columns, rows)).isEqualTo(sum);
  }

  /** Footers have it. The number is that of the same sum in Python. */
  @Test
  void theSumStaysWhatItWas() {
    assertThat(sum(COLUMNS, rows())).isEqualTo(0x981080f00deb56c2L);
  }

  @Test
  void whateverIsAnotherTheSumIsAnother() {
    Set<Long> sums = new HashSet<>(List.of(sum(COLUMNS, rows())));
    int changes = 0;
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < COLUMNS.size(); column++) {
        for (Object value : values(COLUMNS.get(column).type())) {
          List<@Nullable Object[]> changed = rows();
          changed.get(row)[column] = value;
          sums.add(sum(COLUMNS, changed));
          changes++;
        }
      }
      List<@Nullable Object[]> twice = rows();
      twice.add(twice.get(row));
      sums.add(sum(COLUMNS, twice));
      List<@Nullable Object[]> without = rows();
      without.remove(row);
      sums.add(sum(COLUMNS, without));
      List<@Nullable Object[]> swapped = rows();
      Collections.swap(Arrays.asList(swapped.get(row)), 2, 3);
      sums.add(sum(COLUMNS, swapped));
      changes += 3;
    }
    assertThat(sums).hasSize(1 + changes);
  }

  /** Of the type, and in none of the rows. */
  private static List<Object> values(Column.Type type) {
    return switch (type) {
      case STRING -> List.of("", "c");
      case INT, LONG, INT_LIST -> List.of(2, -1);
      case DOUBLE -> List.of(-0.0, 0.5000000000000001, Double.NaN);
      case DOUBLE_LIST ->
          List.of(new double[] {2, 1}, new double[] {1, 2, 0}, new double[] {0}, List.of(2.0, 2.0));
    };
  }

  private void write(List<@Nullable Object[]> rows) throws IOException {
    RowFile.write(
        CONFIGURATION, folder.toString(), "t.parquet", COLUMNS, Map.of("k", "v"), rows.iterator());
  }

  private List<@Nullable Object[]> read(List<Column> columns) throws IOException {
    return RowFile.read(CONFIGURATION, folder.toString(), "t.parquet", columns);
  }

  @Test
  void theFooterHasTheSumAndWhoReadsAllColumnsHoldsTheRowsToIt() throws IOException {
    write(rows());
    assertThat(RowFile.sum(CONFIGURATION, folder.toString(), "t.parquet"))
        .hasValue(sum(COLUMNS, rows()));
    assertThat(RowFile.metadata(CONFIGURATION, folder.toString(), "t.parquet"))
        .containsExactly(Map.entry("k", "v"));
    assertThat(read(COLUMNS)).hasSize(3);

    HostileFooter.change(
        folder.resolve("t.parquet"),
        footer ->
            footer.getKey_value_metadata().stream()
                .filter(entry -> entry.getKey().equals(RowSum.FOOTER))
                .forEach(entry -> entry.setValue("0123456789abcdef")));
    Files.delete(folder.resolve(".t.parquet.crc"));
    assertThatThrownBy(() -> read(COLUMNS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is damaged (its rows are not those that were written)");
    assertThat(read(COLUMNS.subList(0, 2))).as("which are not all").hasSize(3);
  }

  @Test
  void filesOfEarlierVersionsHaveNoSum() throws IOException {
    write(rows());
    HostileFooter.change(
        folder.resolve("t.parquet"),
        footer -> footer.getKey_value_metadata().removeIf(e -> e.getKey().equals(RowSum.FOOTER)));
    Files.delete(folder.resolve(".t.parquet.crc"));
    assertThat(RowFile.sum(CONFIGURATION, folder.toString(), "t.parquet")).isEmpty();
    assertThat(read(COLUMNS)).hasSize(3);
  }

  /** Rows are written some at a time: the one array has the last row's numbers by then. */
  @Test
  void aFileThatHasOtherRowsThanItWasGivenIsNoFile() {
    double[] same = new double[1];
    List<@Nullable Object[]> rows =
        IntStream.range(0, 9)
            .mapToObj(i -> new @Nullable Object[] {"a", i, null, null, same})
            .toList();
    assertThatThrownBy(
            () ->
                RowFile.write(
                    CONFIGURATION,
                    folder.toString(),
                    "t.parquet",
                    COLUMNS,
                    Map.of(),
                    rows.stream().peek(row -> same[0]++).iterator()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "t.parquet does not hold the rows that were written to it: its rows are not those that"
                + " were written");
  }
}
