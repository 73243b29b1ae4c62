package org.phasemap.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.phasemap.quantity.Axis;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** The views of {@link ServedTables}. */
final class ServedViews {
  /** What charts of a cell ask of networks beside axes and lists. */
  private static final List<String> OUTCOMES =
      List.of("cell_id", "replicate", "status", "category", "error_class", "error_message");

  private ServedViews() {}

  /** Views of the files of both tables; gives the numbers of cells that charts look at. */
  static DrawnNumbers ofFiles(Statement statement, Map<String, List<String>> files)
      throws SQLException {
    showNetworks(statement, files);
    List<String> cells = files.getOrDefault(Tables.CELLS, List.of());
    String from = from(cells);
    // Their lists are asked for in a view of their own.
    Set<String> kept = TableLoader.showFooters(statement, Tables.CELLS, Tables.CELLS, cells);
    showLayers(statement, ServedTables.CELL_LAYERS, Tables.CELLS, kept, from);
    Set<String> numbers = new LinkedHashSet<>(kept);
    Tables.cells().stream().filter(Column::isList).map(Column::name).forEach(numbers::remove);
    if (numbers.contains("task") && !numbers.contains("exploded")) {
      from = countCategories(statement, numbers, from);
      numbers.addAll(List.of("exploded", "vanished"));
    }
    TableLoader.show(statement, Tables.CELLS, Tables.CELLS, numbers, from);
    DrawnNumbers drawn = DrawnNumbers.of(numbers, from);
    drawn.show(statement);
    return drawn;
  }

  /**
   * Views of the networks, and of averages over them as cells; gives whether these are in memory.
   */
  static boolean ofAverages(Statement statement, Map<String, List<String>> files)
      throws SQLException {
    showNetworks(statement, files);
    boolean fits =
        DrawnNumbers.isMade(statement, "create table stored.cells as " + ProvisionalCells.SQL);
    if (!fits) {
      statement.execute("create view stored.cells as " + ProvisionalCells.SQL);
    }
    Set<String> averaged = columns(statement);
    String from = " from stored.cells";
    showLayers(statement, ServedTables.CELL_LAYERS, Tables.CELLS, averaged, from);
    TableLoader.show(statement, Tables.CELLS, Tables.CELLS, averaged, from);
    DrawnNumbers.of(averaged, from).show(statement);
    return fits;
  }

  private static void showNetworks(Statement statement, Map<String, List<String>> files)
      throws SQLException {
    List<String> replicates = files.getOrDefault(Tables.REPLICATES, List.of());
    Set<String> measured =
        TableLoader.showFooters(statement, Tables.REPLICATES, Tables.REPLICATES, replicates);
    showLayers(statement, ServedTables.NETWORKS, Tables.REPLICATES, measured, from(replicates));
  }

  /** Early schemas did not count what exploded and vanished; gives whence to select cells. */
  private static String countCategories(Statement statement, Set<String> numbers, String from)
      throws SQLException {
    statement.execute(
        """
        create table stored.categories as
        select cell_id, count(*) filter (where category = 'exploded') as exploded,
          count(*) filter (where category = 'vanished') as vanished
        from replicates where task = 'propagation' group by cell_id
        """);
    String rows = "(select %s%s)".formatted(TableLoader.names(numbers), from);
    return " from (select l.*, n.exploded, n.vanished from %s l".formatted(rows)
        + " left join stored.categories n using (cell_id))";
  }

  private static String from(List<String> files) {
    return files.isEmpty() ? " where false" : " from " + TableLoader.rows(files);
  }

  /** A view of the columns of a table that charts of single cells look at. */
  private static void showLayers(
      Statement statement, String name, String table, Set<String> kept, String from)
      throws SQLException {
    Set<String> wanted = new LinkedHashSet<>(OUTCOMES);
    Axis.all().forEach(axis -> wanted.add(axis.column()));
    Tables.columns(table).stream()
        .filter(Column::isList)
        .forEach(column -> wanted.add(column.name()));
    TableLoader.show(statement, name, table, kept, wanted, from);
  }

  private static Set<String> columns(Statement statement) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    try (ResultSet rows = statement.executeQuery("select * from stored.cells limit 0")) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        names.add(rows.getMetaData().getColumnLabel(i));
      }
    }
    return names;
  }
}
