package org.phasemap.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.store.parquet.DamagedFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * Copies the Parquet files of a table into DuckDB. Tables are wide, and a sweep fills a third of
 * their columns: what is null in every row is not kept, but stands in a view that has the table's
 * name and all of its columns.
 */
final class TableLoader {
  private TableLoader() {}

  /** Copies a table, every column that has a value. */
  static void load(Statement statement, String table, List<String> files) throws SQLException {
    Connection connection = statement.getConnection();
    Set<String> kept = new LinkedHashSet<>();
    if (!files.isEmpty()) {
      statement.execute("create schema if not exists stored");
      try {
        kept.addAll(filled(statement, list(files), rows(files)));
        statement.execute(
            "create table stored.%s as select %s from %s"
                .formatted(table, names(kept), rows(files)));
      } catch (SQLException e) {
        throw unreadable(connection, files, e);
      }
    }
    show(statement, table, table, kept, files.isEmpty() ? " where false" : " from stored." + table);
  }

  /**
   * Shows the files themselves as a table, which queries read where they need them.
   *
   * @param name of the view
   * @param table whose columns it has
   * @return the columns that have a value
   */
  static Set<String> showFiles(Statement statement, String name, String table, List<String> files)
      throws SQLException {
    return showFiles(statement, name, table, files, TableLoader::filled);
  }

  /**
   * As {@link #showFiles}, by the footers alone, which takes a second less for a million rows.
   *
   * @return the columns that have a value, and lists that may have none
   */
  static Set<String> showFooters(Statement statement, String name, String table, List<String> files)
      throws SQLException {
    return showFiles(statement, name, table, files, (of, list, rows) -> present(of, list));
  }

  @FunctionalInterface
  private interface Finder {
    Set<String> find(Statement statement, String list, String rows) throws SQLException;
  }

  private static Set<String> showFiles(
      Statement statement, String name, String table, List<String> files, Finder finder)
      throws SQLException {
    Connection connection = statement.getConnection();
    if (files.isEmpty()) {
      show(statement, name, table, Set.of(), " where false");
      return Set.of();
    }
    try {
      Set<String> kept = finder.find(statement, list(files), rows(files));
      show(statement, name, table, kept, " from " + rows(files));
      return kept;
    } catch (SQLException e) {
      throw unreadable(connection, files, e);
    }
  }

  /** A view that has all columns of a table, null where they are not kept. */
  static void show(Statement statement, String name, String table, Set<String> kept, String from)
      throws SQLException {
    Set<String> all = new LinkedHashSet<>();
    Tables.columns(table).forEach(column -> all.add(column.name()));
    show(statement, name, table, kept, all, from);
  }

  /** A view that has some columns of a table, null where they are not kept. */
  static void show(
      Statement statement,
      String name,
      String table,
      Set<String> kept,
      Set<String> wanted,
      String from)
      throws SQLException {
    String shown =
        Tables.columns(table).stream()
            .filter(c -> wanted.contains(c.name()))
            .map(c -> value(c, kept))
            .collect(Collectors.joining(", "));
    statement.execute("create or replace view " + name + " as select " + shown + from);
  }

  /** Files as a list in SQL. */
  static String list(List<String> files) {
    return files.stream().map(TableLoader::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Their rows in SQL. */
  static String rows(List<String> files) {
    return "read_parquet(" + list(files) + ", union_by_name = true)";
  }

  /**
   * The columns of some files that are not null in every row; {@code cell_id} is among them.
   *
   * @param list of the files, in SQL
   * @param rows of the files, in SQL
   */
  static Set<String> filled(Statement statement, String list, String rows) throws SQLException {
    Set<String> filled = new LinkedHashSet<>();
    List<String> lists = new ArrayList<>();
    for (Stored column : stored(statement, list)) {
      if (!column.isEmpty) {
        filled.add(column.name);
      } else if (column.isList) {
        lists.add(column.name);
      }
    }
    // To Parquet's statistics a list without elements is null too.
    if (!lists.isEmpty()) {
      String counts =
          lists.stream().map(n -> "count(" + quoted(n) + ")").collect(Collectors.joining(", "));
      try (ResultSet counted = statement.executeQuery("select " + counts + " from " + rows)) {
        counted.next();
        for (int i = 0; i < lists.size(); i++) {
          if (counted.getLong(i + 1) > 0) {
            filled.add(lists.get(i));
          }
        }
      }
    }
    return filled;
  }

  private static Set<String> present(Statement statement, String list) throws SQLException {
    Set<String> present = new LinkedHashSet<>();
    for (Stored column : stored(statement, list)) {
      if (!column.isEmpty || column.isList) {
        present.add(column.name);
      }
    }
    return present;
  }

  /**
   * What footers say of a column.
   *
   * @param isEmpty whether it has neither a value in any row nor, in a list, an element
   */
  private record Stored(String name, boolean isList, boolean isEmpty) {}

  private static List<Stored> stored(Statement statement, String list) throws SQLException {
    List<Stored> columns = new ArrayList<>();
    try (ResultSet chunks =
        statement.executeQuery(
            """
            select split_part(path_in_schema, ', ', 1) as name,
              bool_or(contains(path_in_schema, ', ')) as list,
              bool_and(coalesce(stats_null_count = num_values, false)) as empty
            from parquet_metadata(%s) group by name order by name
            """
                .formatted(list))) {
      while (chunks.next()) {
        columns.add(
            new Stored(
                chunks.getString("name"), chunks.getBoolean("list"), chunks.getBoolean("empty")));
      }
    }
    return columns;
  }

  /** Says which file it is that cannot be read: DuckDB does not always. */
  static SQLException unreadable(Connection connection, List<String> files, SQLException failure) {
    for (String file : files) {
      // The statement that failed is closed.
      try (Statement one = connection.createStatement()) {
        one.execute("create or replace temp table one as from read_parquet(" + text(file) + ")");
      } catch (SQLException e) {
        String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        throw new UserException(
            String.format("%s: is damaged or missing (%s); %s", file, cause, DamagedFile.REMEDY),
            e);
      }
    }
    return failure;
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String names(Set<String> names) {
    return names.stream().map(TableLoader::quoted).collect(Collectors.joining(", "));
  }

  /**
   * A column as views show it. On some axes files have null for what all cells were before there
   * was the axis.
   *
   * @param kept columns that have a value; others are null
   */
  static String value(Column column, Set<String> kept) {
    String name = quoted(column.name());
    boolean isKept = kept.contains(column.name());
    Optional<Object> instead = Axis.of(column.name()).flatMap(Axis::storedForNull);
    if (instead.isEmpty()) {
      return isKept ? name : "null::" + type(column) + " as " + name;
    }
    String otherwise = text(instead.get().toString());
    return (isKept ? "coalesce(" + name + ", " + otherwise + ")" : otherwise + "::" + type(column))
        + (" as " + name);
  }

  static String type(Column column) {
    return switch (column.type()) {
      case STRING -> "varchar";
      case INT -> "integer";
      case LONG -> "bigint";
      case DOUBLE -> "double";
      case INT_LIST -> "integer[]";
      case DOUBLE_LIST -> "double[]";
    };
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
