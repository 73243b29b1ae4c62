package org.phasemap.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.phasemap.store.Column;
import org.phasemap.store.Tables;

/**
 * Rows of {@code replicates} to be compared with another sweep's: their texts and single numbers,
 * and a {@code fingerprint} of 64 bits of all that was measured, lists too, so that lists need not
 * be kept. Who computed and how long it took is no part of it. Zeros of either sign are alike in
 * it.
 */
final class MarkedTable {
  private static final String BACKEND = "backend";

  private MarkedTable() {}

  static void load(Statement statement, String table, List<String> files) throws SQLException {
    List<Column> columns = Tables.replicates();
    if (files.isEmpty()) {
      String none =
          columns.stream()
              .map(c -> TableLoader.value(c, Set.of()))
              .collect(Collectors.joining(", "));
      statement.execute(
          "create view %s as select %s, 0::ubigint as fingerprint where false"
              .formatted(table, none));
      return;
    }
    String list = files.stream().map(TableLoader::text).collect(Collectors.joining(", ", "[", "]"));
    String rows = "read_parquet(" + list + ", union_by_name = true)";
    Connection connection = statement.getConnection();
    try {
      Set<String> filled = TableLoader.filled(statement, list, rows);
      String kept =
          columns.stream()
              .filter(c -> !c.isList() && filled.contains(c.name()))
              .map(c -> TableLoader.quoted(c.name()))
              .collect(Collectors.joining(", "));
      String marked =
          columns.stream()
              .filter(c -> !Tables.TIMES.contains(c.name()) && !c.name().equals(BACKEND))
              .map(c -> filled.contains(c.name()) ? TableLoader.quoted(c.name()) : "null")
              .collect(Collectors.joining(", "));
      statement.execute("create schema if not exists stored");
      statement.execute(
          "create table stored.%s as select %s, hash(%s) as fingerprint from %s"
              .formatted(table, kept, marked, rows));
      String shown =
          columns.stream()
              .filter(c -> !c.isList())
              .map(c -> TableLoader.value(c, filled))
              .collect(Collectors.joining(", "));
      statement.execute(
          "create view %1$s as select %2$s, fingerprint from stored.%1$s".formatted(table, shown));
    } catch (SQLException e) {
      throw TableLoader.unreadable(connection, files, e);
    }
  }
}
