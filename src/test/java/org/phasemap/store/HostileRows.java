package org.phasemap.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** Puts hostile values into a column of a Parquet file, which is written as a sweep would. */
final class HostileRows {
  private static final Configuration LOCAL = new Configuration();

  private final Random random;

  HostileRows(Random random) {
    this.random = random;
  }

  /** Changes a file of a results folder; what was done, for a message. */
  String mutate(Path results, Path file) throws IOException {
    String folder = results.toString();
    String path = results.relativize(file).toString();
    List<@Nullable Object[]> rows;
    List<Column> columns;
    boolean cells = path.startsWith(Tables.CELLS);
    try {
      columns = RowFile.columns(LOCAL, folder, path, cells ? Tables.cells() : Tables.replicates());
      rows = RowFile.read(LOCAL, folder, path, columns);
    } catch (IOException | UserException e) {
      return "nothing";
    }
    List<Column> keys =
        columns.stream()
            .filter(c -> List.of("cell_id", "replicate", "status").contains(c.name()))
            .toList();
    if (rows.isEmpty() || keys.isEmpty()) {
      return "nothing";
    }
    Column column = random.nextInt(3) == 0 ? one(keys) : one(columns);
    int place = columns.indexOf(column);
    boolean every = random.nextBoolean();
    Object value = value(column.type());
    for (int row = 0; row < rows.size(); row++) {
      if (every || row == rows.size() / 2) {
        rows.get(row)[place] = value;
      }
    }
    var metadata = RowFile.metadata(LOCAL, folder, path);
    Files.delete(file);
    RowFile.stage(LOCAL, folder, path, columns, metadata, rows.iterator());
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    String text = String.valueOf(value);
    return column.name() + " " + text.substring(0, Math.min(60, text.length()));
  }

  private @Nullable Object value(Column.Type type) {
    return switch (type) {
      case STRING ->
          one(
              Arrays.asList(
                  null, "", "failed", "measured", "\u001b[31m</script>", "x".repeat(50_000)));
      case INT -> one(Arrays.asList(null, -1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE));
      case LONG -> one(Arrays.asList(null, -1L, 0L, Long.MAX_VALUE, Long.MIN_VALUE));
      case DOUBLE ->
          one(
              Arrays.asList(
                  null, 0.0, -1.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, 1e-320));
      case INT_LIST ->
          one(List.of(List.of(), listOf(null), List.of(-1, 2), Collections.nCopies(70_000, 1)));
      case DOUBLE_LIST ->
          one(
              List.of(
                  List.of(), listOf(null), List.of(Double.NaN), Collections.nCopies(70_000, 1.0)));
    };
  }

  private static List<@Nullable Object> listOf(@Nullable Object element) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(element);
    return list;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
