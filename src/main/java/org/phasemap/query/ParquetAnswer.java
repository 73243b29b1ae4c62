package org.phasemap.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A table as a Parquet file. DuckDB writes files only where it may, so it is one that holds this
 * table alone, and the file stands in a folder of its own that only this user can open, until it is
 * read.
 */
public final class ParquetAnswer {
  private ParquetAnswer() {}

  /**
   * The file's bytes.
   *
   * @param columns of one length: text, whole numbers or numbers
   */
  public static byte[] of(Map<String, ? extends List<? extends @Nullable Object>> columns) {
    try {
      Path folder = Files.createTempDirectory("phasemap-export-");
      Path file = folder.resolve("answer.parquet");
      try {
        write(columns, file);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A file for an export cannot be written", e);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot write a table of numbers and text", e);
    }
  }

  private static void write(
      Map<String, ? extends List<? extends @Nullable Object>> columns, Path file)
      throws SQLException {
    try (DuckDBConnection connection = (DuckDBConnection) DuckDb.open();
        Statement statement = connection.createStatement()) {
      List<String> types = new ArrayList<>();
      columns.forEach((name, values) -> types.add('"' + name + "\" " + type(values)));
      statement.execute("create table answer (" + String.join(", ", types) + ")");
      try (DuckDBAppender rows = connection.createAppender("answer")) {
        append(rows, List.copyOf(columns.values()));
      }
      statement.execute(
          "copy answer to '" + file.toString().replace("'", "''") + "' (format parquet)");
    }
  }

  private static void append(
      DuckDBAppender rows, List<? extends List<? extends @Nullable Object>> columns)
      throws SQLException {
    int size = columns.isEmpty() ? 0 : columns.get(0).size();
    List<String> types = columns.stream().map(ParquetAnswer::type).toList();
    for (int i = 0; i < size; i++) {
      rows.beginRow();
      for (int c = 0; c < columns.size(); c++) {
        append(rows, types.get(c), columns.get(c).get(i));
      }
      rows.endRow();
    }
  }

  private static void append(DuckDBAppender rows, String type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      rows.appendNull();
    } else if (type.equals("varchar")) {
      rows.append(value.toString());
    } else if (type.equals("bigint")) {
      rows.append(((Number) value).longValue());
    } else {
      rows.append(((Number) value).doubleValue());
    }
  }

  private static String type(List<? extends @Nullable Object> values) {
    List<?> present = values.stream().filter(Objects::nonNull).toList();
    if (!present.stream().allMatch(Number.class::isInstance)) {
      return "varchar";
    }
    boolean whole =
        !present.isEmpty()
            && present.stream().allMatch(v -> v instanceof Integer || v instanceof Long);
    return whole ? "bigint" : "double";
  }
}
