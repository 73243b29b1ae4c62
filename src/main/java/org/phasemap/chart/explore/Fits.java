package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.CellErrors;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.chart.Point;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/** What is fitted to a sweep's trained networks, once, when it is first asked for. */
final class Fits {
  private @Nullable List<Fitted> fitted;

  /** A map of training with all its fits. */
  private record Fitted(
      TrainingMap map, Map<MapColumn, Boundary> boundaries, List<Collapse> collapses) {
    static Fitted of(TrainingMap map) {
      Map<MapColumn, Boundary> boundaries = new LinkedHashMap<>();
      map.columns().forEach(column -> boundaries.put(column, Boundary.of(column.trials())));
      List<Collapse> collapses = new ArrayList<>();
      for (MapColumn.Side side : MapColumn.Side.values()) {
        collapses.add(Collapse.of(map.columns(), side));
      }
      return new Fitted(map, boundaries, collapses);
    }
  }

  private synchronized List<Fitted> all(Query query, CellErrors errors) {
    if (fitted == null) {
      fitted =
          TrainingMap.of(query, errors, OptionalDouble.empty()).stream().map(Fitted::of).toList();
    }
    return fitted;
  }

  /** Those of a law's cells; points are (σ, L). */
  Lines of(Query query, CellErrors errors, PlaneLines law) {
    Lines lines = Lines.none();
    String sigma = (law.isMultiplier() ? Axis.SIGMA_MULTIPLIER : Axis.SIGMA_W2).column();
    for (Fitted each : all(query, errors)) {
      if (!isOf(each.map.configuration(), law)) {
        continue;
      }
      SortedMap<Double, Boundary> columns = new TreeMap<>();
      each.boundaries.forEach(
          (column, boundary) -> {
            boolean here =
                column.configuration().get(Axis.SIGMA_B2.column()) instanceof Number b
                    && b.doubleValue() == law.sigmaB2();
            if (here && column.configuration().get(sigma) instanceof Number at) {
              columns.put(at.doubleValue(), boundary);
            }
          });
      Object width = each.map.configuration().get(Axis.WIDTH.column());
      String label = "measured: P(trained) = ½ at n = " + width;
      lines.measured().addAll(measured(label, columns, law.other()));
      for (Collapse collapse : each.collapses) {
        if (Double.isFinite(collapse.k())) {
          String side = collapse.side() == MapColumn.Side.ORDERED ? "ordered" : "chaotic";
          lines.scales().add(new Lines.Scale(collapse.k(), "fitted, " + side, List.of()));
        }
      }
    }
    return lines;
  }

  private static boolean isOf(Map<String, @Nullable Object> configuration, PlaneLines law) {
    return law.architecture().toString().equals(configuration.get(Axis.ARCHITECTURE.column()))
        && law.activation().equals(configuration.get(Axis.ACTIVATION.column()))
        && configuration.get(Axis.KEEP_PROBABILITY.column()) instanceof Number keep
        && keep.doubleValue() == law.keep();
  }

  /**
   * The boundary of neighbouring columns. It breaks where a column has none: there it lies beyond
   * the depths that were trained, or nowhere. An interval that is open at one end ends where the
   * map does; one that is open at both says nothing, and the band leaves it out.
   */
  static List<Lines.Measured> measured(
      String label, SortedMap<Double, Boundary> columns, PlaneLines.Span depths) {
    List<Lines.Measured> parts = new ArrayList<>();
    Lines.@Nullable Measured part = null;
    boolean told = false;
    for (Map.Entry<Double, Boundary> column : columns.entrySet()) {
      double sigma = column.getKey();
      Boundary boundary = column.getValue();
      if (!Double.isFinite(boundary.depth()) || boundary.depth() <= 0) {
        part = null;
        continue;
      }
      boolean tells = boundary.low() > depths.low() || boundary.high() < depths.high();
      Point point = new Point(sigma, boundary.depth());
      if (part == null || tells != told) {
        // The line goes on where only the band begins or ends.
        List<Point> line =
            part == null ? List.of() : List.of(part.line().get(part.line().size() - 1));
        part =
            new Lines.Measured(label, new ArrayList<>(line), new ArrayList<>(), new ArrayList<>());
        parts.add(part);
      }
      told = tells;
      part.line().add(point);
      if (tells) {
        part.lower().add(new Point(sigma, Math.max(boundary.low(), depths.low())));
        part.upper().add(new Point(sigma, Math.min(boundary.high(), depths.high())));
      }
    }
    return parts;
  }
}
