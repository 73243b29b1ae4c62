package org.phasemap.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The axes that tell the rows of a table apart, so that each row has a place of its own in an array
 * over them.
 *
 * @param axes the slowest first; none for a single row
 */
record Grid(List<GridAxis> axes) {
  /** Arrays that are emptier than this would be larger than the table by more than they explain. */
  private static final double FULL = 0.5;

  /**
   * A column with the number of its values.
   *
   * @param values different ones
   * @param isWhole whether every row has one
   */
  private record Candidate(String column, long values, boolean isWhole) {}

  /**
   * The grid of a table; empty if its rows fill less than half of one, or an axis has no value in
   * some of them.
   *
   * @param table its name in SQL
   * @param columns by which rows may differ, the slowest first
   */
  static Optional<Grid> of(Statement statement, String table, List<String> columns)
      throws SQLException {
    List<Candidate> varying = varying(statement, table, columns);
    long rows = number(statement, "select count(*) from " + table);
    Set<String> needed = new LinkedHashSet<>();
    varying.forEach(candidate -> needed.add(candidate.column));
    // Where σ_w² follows from the multiplier, it is no axis: of two the one that stands first
    // stays.
    List<Candidate> most = new ArrayList<>(varying);
    Collections.reverse(most);
    most.sort(Comparator.comparingLong(Candidate::values).reversed());
    for (Candidate candidate : most) {
      needed.remove(candidate.column);
      if (!isKey(statement, table, needed, rows)) {
        needed.add(candidate.column);
      }
    }
    List<Candidate> axes = varying.stream().filter(c -> needed.contains(c.column)).toList();
    double places = axes.stream().mapToDouble(Candidate::values).reduce(1, (a, b) -> a * b);
    boolean fits = axes.stream().allMatch(Candidate::isWhole) && rows >= FULL * places;
    if (!fits || !isKey(statement, table, needed, rows)) {
      return Optional.empty();
    }
    List<GridAxis> found = new ArrayList<>();
    for (Candidate axis : axes) {
      found.add(GridAxis.of(statement, table, axis.column));
    }
    return Optional.of(new Grid(found));
  }

  /** Those that have more than one value; none counts as one. */
  private static List<Candidate> varying(Statement statement, String table, List<String> columns)
      throws SQLException {
    if (columns.isEmpty()) {
      return List.of();
    }
    String counts =
        columns.stream()
            .map(TableLoader::quoted)
            .map(c -> "count(distinct " + c + "), count(*) - count(" + c + ")")
            .collect(Collectors.joining(", "));
    List<Candidate> varying = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("select " + counts + " from " + table)) {
      row.next();
      for (int i = 0; i < columns.size(); i++) {
        long values = row.getLong(2 * i + 1);
        boolean isWhole = row.getLong(2 * i + 2) == 0;
        if (values + (isWhole ? 0 : 1) > 1) {
          varying.add(new Candidate(columns.get(i), values, isWhole));
        }
      }
    }
    return varying;
  }

  private static boolean isKey(Statement statement, String table, Set<String> columns, long rows)
      throws SQLException {
    return rows
        == (columns.isEmpty()
            ? 1
            : number(
                statement,
                "select count(*) from (select distinct "
                    + TableLoader.names(columns)
                    + " from "
                    + table
                    + ")"));
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Places, filled or not. */
  int size() {
    return axes.stream().mapToInt(GridAxis::length).reduce(1, Math::multiplyExact);
  }

  /** The place of a row whose first columns are the axes. */
  int place(ResultSet row) throws SQLException {
    int place = 0;
    for (int i = 0; i < axes.size(); i++) {
      place = place * axes.get(i).length() + axes.get(i).place(row.getObject(i + 1));
    }
    return place;
  }
}
