package org.phasemap.query;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;
import org.phasemap.query.netcdf.NetcdfDimension;
import org.phasemap.query.netcdf.NetcdfFile;
import org.phasemap.query.netcdf.NetcdfVariable;
import org.phasemap.query.netcdf.NetcdfVariable.Kind;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Described;
import org.phasemap.store.table.Tables;

/**
 * A table as a netCDF file: the axes on which rows differ are its dimensions, every other column is
 * an array over them. What all rows have in common is a single value. Rows that fill no grid stand
 * in a row, along a dimension {@code cell}.
 */
final class GridFile {
  private static final String ROWS = "exported_rows";
  private static final String IN_A_ROW = "cell";

  /** Arrays that are in memory together. */
  private static final int TOGETHER = 16;

  private final Statement statement;
  private final Exported exported;

  GridFile(Statement statement, Exported exported) {
    this.statement = statement;
    this.exported = exported;
  }

  /**
   * Writes it.
   *
   * @param select the rows, in order
   * @return what the user should know; empty if the rows fill a grid
   */
  Optional<String> write(Path file, String select) throws SQLException, IOException {
    statement.execute("create view " + ROWS + " as " + select);
    Optional<Grid> grid = Grid.of(statement, ROWS, keys());
    if (grid.isPresent()) {
      write(file, grid.get());
      return Optional.empty();
    }
    writeInARow(file);
    return Optional.of(
        "the rows fill no grid of their axes, so the file has one dimension, '"
            + IN_A_ROW
            + "'; --task propagation or --task training may give each axis its own");
  }

  private List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    Stream.concat(Axis.in(Axis.Order.GRID).stream(), Axis.all().stream())
        .map(Axis::column)
        .filter(this::has)
        .forEach(keys::add);
    if (has("replicate")) {
      keys.add("replicate");
    }
    return List.copyOf(keys);
  }

  private boolean has(String column) {
    return exported.columns().stream().anyMatch(described -> described.name().equals(column));
  }

  private void write(Path file, Grid grid) throws SQLException, IOException {
    List<NetcdfDimension> dimensions =
        grid.axes().stream()
            .map(axis -> new NetcdfDimension(axis.column(), axis.length()))
            .toList();
    List<NetcdfVariable> variables = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      variables.add(variable(column(grid.axes().get(i).column()), List.of(dimensions.get(i))));
    }
    Set<String> axes = new LinkedHashSet<>();
    grid.axes().forEach(axis -> axes.add(axis.column()));
    List<Described> others =
        exported.columns().stream().filter(column -> !axes.contains(column.name())).toList();
    Set<String> single = single(others);
    for (Described column : others) {
      variables.add(variable(column, single.contains(column.name()) ? List.of() : dimensions));
    }
    try (NetcdfFile out = new NetcdfFile(file, about(), variables)) {
      for (GridAxis axis : grid.axes()) {
        out.put(axis.values());
      }
      for (int from = 0; from < others.size(); from += TOGETHER) {
        List<Described> some = others.subList(from, Math.min(others.size(), from + TOGETHER));
        @Nullable Object[][] values = values(axes, some, grid);
        for (int i = 0; i < some.size(); i++) {
          boolean isSingle = single.contains(some.get(i).name());
          out.put(isSingle ? new @Nullable Object[] {first(values[i])} : values[i]);
        }
      }
    }
  }

  private void writeInARow(Path file) throws SQLException, IOException {
    List<NetcdfVariable> variables = new ArrayList<>();
    int rows = Math.toIntExact(number("count(*)"));
    for (Described column : exported.columns()) {
      variables.add(variable(column, List.of(new NetcdfDimension(IN_A_ROW, rows))));
    }
    try (NetcdfFile out = new NetcdfFile(file, about(), variables)) {
      for (Described column : exported.columns()) {
        @Nullable Object[] values = new Object[rows];
        try (ResultSet row = rows(List.of(column.name()))) {
          for (int i = 0; row.next(); i++) {
            values[i] = row.getObject(1);
          }
        }
        out.put(values);
      }
    }
  }

  /** The arrays of some columns over a grid. */
  private @Nullable Object[][] values(Set<String> axes, List<Described> columns, Grid grid)
      throws SQLException {
    @Nullable Object[][] values = new Object[columns.size()][grid.size()];
    List<String> names = new ArrayList<>(axes);
    columns.forEach(column -> names.add(column.name()));
    try (ResultSet row = rows(names)) {
      while (row.next()) {
        int place = grid.place(row);
        for (int i = 0; i < columns.size(); i++) {
          values[i][place] = row.getObject(axes.size() + i + 1);
        }
      }
    }
    return values;
  }

  private ResultSet rows(List<String> names) throws SQLException {
    String columns = TableLoader.names(new LinkedHashSet<>(names));
    return statement.executeQuery("select " + columns + " from " + ROWS);
  }

  private static @Nullable Object first(@Nullable Object[] values) {
    for (Object value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Axes on which all rows have the same value. */
  private Set<String> single(List<Described> columns) throws SQLException {
    Set<String> single = new LinkedHashSet<>();
    for (Described column : columns) {
      String name = TableLoader.quoted(column.name());
      if (Axis.of(column.name()).isPresent()
          && number("count(distinct " + name + ")") == 1
          && number("count(*) - count(" + name + ")") == 0) {
        single.add(column.name());
      }
    }
    return single;
  }

  private long number(String expression) throws SQLException {
    try (ResultSet row = statement.executeQuery("select " + expression + " from " + ROWS)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Described column(String name) {
    return exported.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private NetcdfVariable variable(Described column, List<NetcdfDimension> over)
      throws SQLException {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("long_name", column.label());
    if (!column.unit().isEmpty()) {
      attributes.put("units", column.unit());
    }
    attributes.put("comment", column.meaning());
    Kind kind = kind(column);
    List<NetcdfDimension> dimensions = new ArrayList<>(over);
    if (kind == Kind.TEXT) {
      attributes.put("_Encoding", "utf-8");
      String bytes = "coalesce(max(strlen(" + TableLoader.quoted(column.name()) + ")), 0)";
      int length = (int) Math.max(1, number(bytes));
      dimensions.add(new NetcdfDimension("string" + length, length));
    }
    return new NetcdfVariable(column.name(), kind, dimensions, attributes);
  }

  /** Counts of 64 bits become real numbers, which are exact below 2^53: the format has none. */
  private Kind kind(Described described) {
    Column.Type type =
        Tables.columns(exported.table()).stream()
            .filter(column -> column.name().equals(described.name()))
            .findFirst()
            .orElseThrow()
            .type();
    return switch (type) {
      case STRING -> Kind.TEXT;
      case INT -> Kind.WHOLE;
      case LONG, DOUBLE -> Kind.REAL;
      case INT_LIST, DOUBLE_LIST -> throw new IllegalArgumentException(described.name());
    };
  }

  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("title", "PhaseMap sweep " + exported.sweep() + ": " + exported.table());
    exported.provenance().forEach((name, value) -> about.put("phasemap_" + name, value));
    return about;
  }
}
