package org.phasemap.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import org.phasemap.store.table.Tables;

/**
 * The numbers of {@code cells} that charts look at, which may be taken into memory: the view {@link
 * ServedTables#DRAWN}.
 *
 * @param kept columns of {@code cells} that have a value
 * @param drawn columns of the view
 * @param from whence to select them, in SQL
 */
record DrawnNumbers(Set<String> kept, Set<String> drawn, String from) {
  private static final String TABLE = "stored.drawn";

  static DrawnNumbers of(Set<String> kept, String from) {
    return new DrawnNumbers(kept, DrawnColumns.of(kept), from);
  }

  /** The columns that have a value. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(drawn);
    columns.retainAll(kept);
    return columns;
  }

  /** Shows them where they are. */
  void show(Statement statement) throws SQLException {
    show(statement, "cell_id", from);
  }

  private void show(Statement statement, String cell, String where) throws SQLException {
    String tail = ", " + cell + " as " + ServedTables.CELL + where;
    TableLoader.show(statement, ServedTables.DRAWN, Tables.CELLS, kept, drawn, tail);
  }

  /** Takes them into memory; gives whether they fit there. */
  boolean isLoaded(Statement statement) throws SQLException {
    String number =
        "case when " + CellIds.IS_ONE + " then " + CellIds.NUMBER + " end as " + ServedTables.CELL;
    return isMade(
        statement,
        "create table %s as select %s, %s%s"
            .formatted(TABLE, TableLoader.names(columns()), number, from));
  }

  /** Shows those in memory. */
  void showLoaded(Statement statement) throws SQLException {
    String cell = areNumbered(statement) ? ServedTables.CELL : "cell_id";
    show(statement, cell, " from " + TABLE);
  }

  /** Gives their memory back. */
  void drop(Statement statement) throws SQLException {
    statement.execute("drop table " + TABLE);
  }

  /** Whether every id has the form that makes it a number. */
  private static boolean areNumbered(Statement statement) throws SQLException {
    String sql = "select count(*) = count(%s) as every from %s".formatted(ServedTables.CELL, TABLE);
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBoolean("every");
    }
  }

  /** Makes a table, unless it does not fit into the memory. A statement that fails is closed. */
  static boolean isMade(Statement beside, String sql) throws SQLException {
    try (Statement statement = beside.getConnection().createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("Out of Memory Error")) {
        throw e;
      }
      return false;
    }
  }
}
