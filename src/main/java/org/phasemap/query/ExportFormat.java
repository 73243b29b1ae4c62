package org.phasemap.query;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.phasemap.network.UserException;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Described;

/** What kind of file an {@link Export} is, which the ending of its name says. */
public enum ExportFormat {
  /**
   * Labels stand in the file's metadata: under {@code phasemap} all that is known, and under {@code
   * PANDAS_ATTRS} as pandas reads them into {@code DataFrame.attrs}.
   */
  PARQUET,
  /** Names alone: it has no place for labels, nor for lists. */
  CSV,
  /** A database with the table, and a table {@code columns} of labels, units and meanings. */
  DUCKDB,
  /** Arrays over the axes of the sweep, with labels and units; it has no place for lists. */
  NETCDF;

  /**
   * That of a file.
   *
   * @throws UserException if its name ends otherwise
   */
  static ExportFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.endsWith(format.ending()))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        "OUT: %s is not allowed; allowed: a name that ends with %s",
                        file,
                        Arrays.stream(values())
                            .map(ExportFormat::ending)
                            .collect(Collectors.joining(", ")))));
  }

  /** How the names of its files end. */
  String ending() {
    return this == NETCDF ? ".nc" : "." + name().toLowerCase(Locale.ROOT);
  }

  /** Whether it has a place for a column's values. */
  boolean holds(Column column) {
    return !column.isList() || this == PARQUET || this == DUCKDB;
  }

  /**
   * Makes the file.
   *
   * @param select the rows, in order
   * @return what the user should know of its form; empty for nothing
   */
  Optional<String> write(Statement statement, Path file, String select, Exported exported)
      throws SQLException, IOException {
    if (this == NETCDF) {
      return new GridFile(statement, exported).write(file, select);
    }
    for (String sql : statements(file, select, exported)) {
      statement.execute(sql);
    }
    return Optional.empty();
  }

  private List<String> statements(Path file, String select, Exported exported) {
    String out = TableLoader.text(file.toString());
    return switch (this) {
      case NETCDF -> List.of();
      case PARQUET ->
          List.of(
              "copy (%s) to %s (format parquet, compression zstd, kv_metadata %s)"
                  .formatted(select, out, metadata(exported)));
      case CSV -> List.of("copy (" + select + ") to " + out + " (format csv, header)");
      case DUCKDB -> database(out, select, exported);
    };
  }

  private static String metadata(Exported exported) {
    return "{phasemap: %s, PANDAS_ATTRS: %s}"
        .formatted(
            TableLoader.text(exported.json()), TableLoader.text(exported.pandasAttributes()));
  }

  private static List<String> database(String out, String select, Exported exported) {
    List<String> statements = new ArrayList<>();
    statements.add("attach " + out + " as exported");
    statements.add("create table exported." + exported.table() + " as " + select);
    statements.add(
        "create table exported.columns (name varchar, type varchar, label varchar, unit varchar,"
            + " meaning varchar)");
    statements.add("create table exported.provenance (name varchar, value varchar)");
    for (Described column : exported.columns()) {
      statements.add(
          insert(
              "columns",
              column.name(),
              column.type(),
              column.label(),
              column.unit(),
              column.meaning()));
      statements.add(
          "comment on column exported.%s.%s is %s"
              .formatted(
                  exported.table(),
                  TableLoader.quoted(column.name()),
                  TableLoader.text(column.label() + ": " + column.meaning())));
    }
    exported
        .provenance()
        .forEach((name, value) -> statements.add(insert("provenance", name, value)));
    statements.add("detach exported");
    return statements;
  }

  private static String insert(String table, String... values) {
    return Arrays.stream(values)
        .map(TableLoader::text)
        .collect(Collectors.joining(", ", "insert into exported." + table + " values (", ")"));
  }
}
