package org.phasemap.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.network.activation.Activations;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * A sweep as large as the quickstart, with the tables' very columns, made of theory and noise
 * instead of networks. Replicate r has the same noise in every cell.
 */
public final class SyntheticSweep {
  public static final List<String> ACTIVATIONS = List.of("relu", "tanh", "gelu");
  public static final List<Integer> DEPTHS = List.of(4, 6, 8, 12, 16, 24, 32, 48, 64);
  public static final List<Integer> TRAINED_DEPTHS = List.of(4, 8, 16, 32, 64);
  public static final int MULTIPLIERS = 25;
  private static final int REPLICATES = 8;
  private static final int WIDTH = 256;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SyntheticSweep() {}

  /** The i-th of {@link #MULTIPLIERS} factors, evenly spaced in the logarithm from 0.5 to 2. */
  public static double multiplier(int i) {
    double value = 0.5 * Math.pow(4, (double) i / (MULTIPLIERS - 1));
    return Math.round(value * 1e6) / 1e6;
  }

  /** Writes both tables into a folder and lists their files, by table. */
  public static Map<String, List<String>> write(Path folder) throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Map<String, Object>> theory = new ArrayList<>();
    for (String name : ACTIVATIONS) {
      for (double keep : new double[] {1, 0.5}) {
        for (int i = 0; i < MULTIPLIERS; i++) {
          SyntheticCell cell =
              new SyntheticCell(Activations.parse(name), multiplier(i), keep, WIDTH);
          for (int depth : DEPTHS) {
            theory.add(cell.theory(depth));
            for (int r = 0; r < REPLICATES; r++) {
              rows.add(cell.propagation(depth, r));
            }
          }
          if (keep == 1 && i % 2 == 0) {
            for (int depth : TRAINED_DEPTHS) {
              for (int r = 0; r < 2; r++) {
                rows.add(cell.training(depth, r));
              }
            }
          }
        }
      }
    }
    Map<String, List<String>> files = new LinkedHashMap<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      load(sql, "replicates", Tables.replicates(), ndjson(folder, "replicates", rows));
      List<Column> predicted =
          Tables.cells().stream()
              .filter(c -> c.name().matches("cell_id|theory_.*|expected_.*|phase"))
              .toList();
      load(sql, "theory", predicted, ndjson(folder, "theory", theory));
      sql.execute("create table cells as " + cellsSql());
      for (String table : List.of("replicates", "cells")) {
        Path file = folder.resolve(table + ".parquet");
        sql.execute("copy " + table + " to '" + file + "' (format parquet, compression zstd)");
        files.put(table, List.of(file.toString()));
      }
    }
    return files;
  }

  /**
   * Tables that differ from a sweep's.
   *
   * @param where condition on the rows that stay
   * @param replaced columns that get another value, as SQL, wherever they exist
   */
  public static Map<String, List<String>> vary(
      Map<String, List<String>> files, Path folder, String where, Map<String, String> replaced)
      throws Exception {
    Map<String, List<String>> varied = new LinkedHashMap<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      for (Map.Entry<String, List<String>> table : files.entrySet()) {
        List<Column> columns =
            table.getKey().equals(Tables.CELLS) ? Tables.cells() : Tables.replicates();
        String select =
            columns.stream()
                .map(
                    c ->
                        replaced.containsKey(c.name())
                            ? "(" + replaced.get(c.name()) + ")::" + type(c) + " as " + c.name()
                            : c.name())
                .collect(Collectors.joining(", "));
        Path file = folder.resolve(table.getKey() + ".parquet");
        String rows = "'" + table.getValue().get(0) + "' where " + where;
        sql.execute(
            "copy (select " + select + " from " + rows + ") to '" + file + "' (format parquet)");
        varied.put(table.getKey(), List.of(file.toString()));
      }
    }
    return varied;
  }

  static String id(Object... parts) {
    String text = List.of(parts).toString();
    return String.format("%08x%08x", text.hashCode(), (text + text).hashCode());
  }

  private static Path ndjson(Path folder, String name, List<Map<String, Object>> rows)
      throws IOException {
    Path file = folder.resolve(name + ".json");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Map<String, Object> row : rows) {
        out.write(JSON.writeValueAsString(row));
        out.newLine();
      }
    }
    return file;
  }

  private static void load(Statement sql, String table, List<Column> columns, Path file)
      throws Exception {
    String types =
        columns.stream()
            .map(c -> "\"" + c.name() + "\": '" + type(c) + "'")
            .collect(Collectors.joining(", ", "{", "}"));
    sql.execute(
        ("create table " + table + " as select * from read_json('" + file + "', columns = ")
            + (types + ", format = 'newline_delimited')"));
    Files.delete(file);
  }

  static String type(Column column) {
    return switch (column.type()) {
      case STRING -> "VARCHAR";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case INT_LIST -> "INTEGER[]";
      case DOUBLE_LIST -> "DOUBLE[]";
    };
  }

  /** What the sweep's Spark SQL does, in DuckDB's dialect. */
  static String cellsSql() {
    List<String> select = new ArrayList<>();
    for (Column column : Tables.cells()) {
      select.add(expression(column.name()) + " as " + column.name());
    }
    return "select "
        + String.join(", ", select)
        + " from replicates r left join theory t on r.cell_id = t.cell_id"
        + " group by r.cell_id";
  }

  /** The share of networks that trained, or an end of Wilson's interval (1927). */
  private static String share(String name) {
    String share = "count(*) filter (where category = 'trained') / count(*)";
    String half =
        "1.959964 * sqrt(%1$s * (1 - %1$s) / count(*) + 3.841459 / (4 * count(*) ** 2))"
            .formatted("(" + share + ")");
    String middle = share + " + 3.841459 / (2 * count(*))";
    String value =
        switch (name) {
          case "p_trained_low" -> "(%s - %s) / (1 + 3.841459 / count(*))".formatted(middle, half);
          case "p_trained_high" -> "(%s + %s) / (1 + 3.841459 / count(*))".formatted(middle, half);
          default -> share;
        };
    return "case when any_value(task) = 'training' then round(" + value + ", 9) end";
  }

  private static String expression(String name) {
    if (name.equals("cell_id")) {
      return "r.cell_id";
    }
    if (Tables.configuration().stream().anyMatch(c -> c.name().equals(name))) {
      return "any_value(r." + name + ")";
    }
    String count =
        switch (name) {
          case "replicates" -> "count(*)";
          case "failed" -> "cast(0 as bigint)";
          case "stopped" -> "'fixed'";
          case "finite" -> "count(*) filter (where category = 'finite')";
          case "exploded", "vanished" ->
              "case when any_value(task) <> 'training'"
                  + (" then count(*) filter (where category = '" + name + "') end");
          case "trained" ->
              "case when any_value(task) = 'training'"
                  + " then count(*) filter (where category = 'trained') end";
          default -> "";
        };
    if (!count.isEmpty()) {
      return count;
    }
    if (name.startsWith("p_trained")) {
      return share(name);
    }
    if (name.matches("theory_.*|expected_.*|phase")) {
      return "any_value(t." + name + ")";
    }
    if (name.equals("no_theory")) {
      return "cast(null as varchar)";
    }
    if (name.startsWith("z_")) {
      String base = name.substring(2);
      String sd = "any_value(t.expected_" + base + "_sd)";
      return ("case when count(*) = "
              + count(base)
              + " then ("
              + mean(base)
              + " - any_value(t.expected_"
              + base
              + "))")
          + (" / (" + sd + " / sqrt(" + count(base) + ")) end");
    }
    int cut = name.lastIndexOf('_');
    String base = name.substring(0, cut);
    return switch (name.substring(cut + 1)) {
      case "mean" -> mean(base);
      case "count" -> count(base);
      case "se" -> se(base);
      case "q05" -> "quantile_cont(" + base + ", 0.05)";
      case "q50" -> "quantile_cont(" + base + ", 0.5)";
      default -> "quantile_cont(" + base + ", 0.95)";
    };
  }

  private static String count(String base) {
    return "count(" + base + ") filter (where isfinite(" + base + "))";
  }

  private static String mean(String base) {
    return "avg(" + base + ") filter (where isfinite(" + base + "))";
  }

  private static String se(String base) {
    String finite = " filter (where isfinite(" + base + "))";
    return "stddev_samp(" + base + ")" + finite + " / sqrt(count(" + base + ")" + finite + ")";
  }
}
