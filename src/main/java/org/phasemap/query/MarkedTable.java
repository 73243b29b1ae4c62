package org.phasemap.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * Rows of {@code replicates} to be compared with another sweep's: what is compared of them, and a
 * {@code fingerprint} of 64 bits of all that was measured, lists too, so that lists need not be
 * kept. Who computed and how long it took is no part of it. Zeros of either sign are alike in it.
 *
 * <p>What a cell is stands once for each cell, not for each of its networks, which would be a third
 * of the memory.
 */
final class MarkedTable {
  /** Of the networks, and no number of theirs. */
  private static final Set<String> OF_NETWORKS =
      Set.of("cell_id", "replicate", Axis.TASK.column(), "status", "category");

  /** Who computed. */
  private static final String BACKEND = "backend";

  private final Statement statement;
  private final List<String> files;
  private final Set<String> filled;

  private MarkedTable(Statement statement, List<String> files) throws SQLException {
    this.statement = statement;
    this.files = files;
    try {
      this.filled =
          files.isEmpty()
              ? Set.of()
              : TableLoader.filled(statement, TableLoader.list(files), TableLoader.rows(files));
    } catch (SQLException e) {
      throw TableLoader.unreadable(statement.getConnection(), files, e);
    }
  }

  /** The rows. */
  static void load(Statement statement, String table, List<String> files) throws SQLException {
    new MarkedTable(statement, files).load(table);
  }

  /** The cells: their ids, and where they are on each axis. */
  static void loadCells(Statement statement, String table, List<String> files) throws SQLException {
    new MarkedTable(statement, files).loadCells(table);
  }

  private void load(String table) throws SQLException {
    List<Column> compared =
        Tables.replicates().stream().filter(c -> isCompared(c) && !c.isList()).toList();
    String marked =
        Tables.replicates().stream()
            .filter(c -> !Tables.TIMES.contains(c.name()) && !c.name().equals(BACKEND))
            .map(c -> filled.contains(c.name()) ? TableLoader.quoted(c.name()) : "null")
            .collect(Collectors.joining(", "));
    String kept =
        compared.stream()
            .filter(c -> filled.contains(c.name()))
            .map(c -> TableLoader.quoted(c.name()) + ", ")
            .collect(Collectors.joining());
    show(table, compared, kept + "hash(" + marked + ")", "");
  }

  private void loadCells(String table) throws SQLException {
    List<Column> configuration = Tables.configuration();
    String kept =
        configuration.stream()
            .filter(c -> filled.contains(c.name()) && Axis.of(c.name()).isPresent())
            .map(c -> "any_value(%1$s) as %1$s, ".formatted(TableLoader.quoted(c.name())))
            .collect(Collectors.joining());
    show(table, configuration, "cell_id, " + kept + "0::ubigint", " group by cell_id");
  }

  private static boolean isCompared(Column column) {
    return OF_NETWORKS.contains(column.name())
        || Tables.TIMES.contains(column.name())
        || Quantity.all().stream().anyMatch(q -> q.column().equals(column.name()));
  }

  /**
   * A table, and a view of it that has its empty columns too.
   *
   * @param kept in SQL; the last is the fingerprint
   */
  private void show(String table, List<Column> columns, String kept, String grouped)
      throws SQLException {
    String shown =
        columns.stream().map(c -> TableLoader.value(c, filled)).collect(Collectors.joining(", "));
    if (files.isEmpty()) {
      statement.execute(
          "create view %s as select %s, 0::ubigint as fingerprint where false"
              .formatted(table, shown));
      return;
    }
    Connection connection = statement.getConnection();
    try {
      statement.execute("create schema if not exists stored");
      statement.execute(
          "create table stored.%s as select %s as fingerprint from %s%s"
              .formatted(table, kept, TableLoader.rows(files), grouped));
      statement.execute(
          "create view %1$s as select %2$s, fingerprint from stored.%1$s".formatted(table, shown));
    } catch (SQLException e) {
      throw TableLoader.unreadable(connection, files, e);
    }
  }
}
