package org.phasemap.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.quantity.Axis;

/**
 * Fitted boundaries as a table: the threshold, what varies of the configuration, the fit.
 *
 * @param columns names
 * @param rows a value for each column; null where there is none
 */
record BoundaryTable(List<String> columns, List<List<@Nullable Object>> rows) {
  /** What is fitted. */
  enum What {
    COLUMNS,
    COLLAPSE
  }

  private static final List<String> OF_BOUNDARIES =
      List.of("boundary", "low", "high", "width", "kind", "side", "xi_c", "k");
  private static final List<String> OF_COLLAPSES =
      List.of("side", "columns", "k", "low", "high", "width", "quality");

  /**
   * Maps counted by one threshold.
   *
   * @param threshold null for each map's own, the spec's
   */
  record Counted(@Nullable Double threshold, List<TrainingMap> maps) {}

  /** Fits every map at every threshold; there is at least one map. */
  static BoundaryTable of(What what, List<Counted> all) {
    List<Map<String, @Nullable Object>> configurations = new ArrayList<>();
    for (TrainingMap map : all.get(0).maps) {
      if (what == What.COLLAPSE) {
        configurations.add(map.configuration());
      } else {
        map.columns().forEach(column -> configurations.add(column.configuration()));
      }
    }
    List<String> varying = varying(configurations);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Counted counted : all) {
      for (TrainingMap map : counted.maps) {
        if (what == What.COLLAPSE) {
          addCollapses(counted.threshold, map, varying, rows);
        } else {
          addBoundaries(counted.threshold, map, varying, rows);
        }
      }
    }
    List<String> columns = new ArrayList<>(List.of("threshold"));
    columns.addAll(varying);
    columns.addAll(what == What.COLLAPSE ? OF_COLLAPSES : OF_BOUNDARIES);
    return new BoundaryTable(columns, rows);
  }

  /**
   * The activation and what is not the same everywhere, but for the threshold, which has a column.
   */
  private static List<String> varying(List<Map<String, @Nullable Object>> configurations) {
    List<String> names = new ArrayList<>();
    for (String name : configurations.get(0).keySet()) {
      Set<@Nullable Object> values = new LinkedHashSet<>();
      configurations.forEach(configuration -> values.add(configuration.get(name)));
      boolean isThreshold = name.equals(Axis.ACCURACY_THRESHOLD.column());
      if (!isThreshold && (values.size() > 1 || name.equals("activation"))) {
        names.add(name);
      }
    }
    return names;
  }

  private static void addBoundaries(
      @Nullable Double threshold,
      TrainingMap map,
      List<String> varying,
      List<List<@Nullable Object>> rows) {
    for (MapColumn column : map.columns()) {
      Boundary boundary = Boundary.of(column.trials());
      List<@Nullable Object> row = start(threshold, column.configuration(), varying);
      row.addAll(
          Arrays.asList(
              depth(boundary.depth()),
              depth(boundary.low()),
              depth(boundary.high()),
              number(boundary.width()),
              id(boundary.kind()),
              column.side().map(BoundaryTable::id).orElse(null),
              number(column.xiC()),
              number(boundary.depth() / column.xiC())));
      rows.add(row);
    }
  }

  private static void addCollapses(
      @Nullable Double threshold,
      TrainingMap map,
      List<String> varying,
      List<List<@Nullable Object>> rows) {
    for (MapColumn.Side side : MapColumn.Side.values()) {
      Collapse collapse = Collapse.of(map.columns(), side);
      List<@Nullable Object> row = start(threshold, map.configuration(), varying);
      row.addAll(
          Arrays.asList(
              id(side),
              collapse.columns(),
              number(collapse.k()),
              depth(collapse.low()),
              number(collapse.high()),
              number(collapse.width()),
              number(collapse.quality())));
      rows.add(row);
    }
  }

  private static List<@Nullable Object> start(
      @Nullable Double threshold,
      Map<String, @Nullable Object> configuration,
      List<String> varying) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(threshold == null ? configuration.get(Axis.ACCURACY_THRESHOLD.column()) : threshold);
    varying.forEach(name -> row.add(configuration.get(name)));
    return row;
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** An open end of an interval is 0 or infinite. */
  private static @Nullable Double depth(double x) {
    return x > 0 ? number(x) : null;
  }

  private static @Nullable Double number(double x) {
    return Double.isFinite(x) ? x : null;
  }
}
