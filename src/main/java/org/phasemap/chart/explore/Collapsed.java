package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.theory.limit.PhasePoint;

/**
 * A number of all cells over one scaled depth: where it is a function of that alone, all curves
 * fall onto one.
 *
 * @param scale by which it is drawn
 * @param scales that are offered
 * @param quality of depth alone, and of the scale
 * @param by column of the axis that colours points
 * @param total cells of the selection
 * @param shown points
 * @param leftOut the other cells, and why
 * @param columns cell_id, x, value, error, by
 */
public record Collapsed(
    String scale,
    List<Offer> scales,
    Quality quality,
    String by,
    long total,
    long shown,
    List<LeftOut> leftOut,
    Columns columns) {

  /** A scale by its name in requests. */
  public record Offer(String id, String label) {}

  /**
   * 1 − δ²/(2 s²), δ² the mean squared difference of values that follow one another in x and s²
   * their variance (von Neumann 1941): 1 where the value is a smooth function of x, 0 where x says
   * nothing, below 0 where neighbours are less alike than any two.
   *
   * @param raw over depth
   * @param collapsed over the scale
   */
  public record Quality(double raw, double collapsed) {}

  /** A cell: NaN where a number is missing. */
  private record Spot(
      String id, double x, double depth, double value, double error, @Nullable Object by) {}

  static Collapsed of(
      Query query, Selection selection, Axis<?> by, Drawn drawn, Scaling scale, Laws laws) {
    Shown shown = Shown.sample(query, selection.condition(), "cells");
    Rows rows =
        query.rows(
            "select c.cell_id, c.depth, c.width, %s, c.%s as by, %s as value, %s as error from drawn c where %%s order by c.cell_id"
                .formatted(Laws.Law.COLUMNS, by.column(), drawn.mean(), drawn.error()),
            shown.condition());
    Map<Laws.Law, PhasePoint> points = points(rows, scale, laws);
    List<Spot> all = new ArrayList<>();
    for (Rows.Row row : rows) {
      PhasePoint point = points.get(Laws.Law.of(row));
      double depth = row.number("depth");
      double x = point == null && scale.isOfLaw() ? Double.NaN : scaled(scale, row, point);
      all.add(
          new Spot(
              row.text("cell_id"),
              x,
              depth,
              row.number("value"),
              row.number("error"),
              row.value("by")));
    }
    List<Spot> drawnSpots =
        all.stream()
            .filter(spot -> Double.isFinite(spot.value) && Double.isFinite(spot.x) && spot.x > 0)
            .toList();
    List<LeftOut> leftOut = new ArrayList<>(shown.leftOut());
    if (drawnSpots.size() < all.size()) {
      leftOut.add(
          new LeftOut(
              "they have no value, or their law has no such scale",
              all.size() - drawnSpots.size()));
    }
    return new Collapsed(
        scale.id(),
        Arrays.stream(Scaling.values()).map(s -> new Offer(s.id(), s.label())).toList(),
        new Quality(
            quality(drawnSpots, Comparator.comparing(Spot::depth)),
            quality(drawnSpots, Comparator.comparing(Spot::x))),
        by.column(),
        shown.total(),
        drawnSpots.size(),
        leftOut,
        columns(drawnSpots));
  }

  @SuppressWarnings("NullAway") // a scale that is not of the law does not look at it
  private static double scaled(Scaling scale, Rows.Row row, @Nullable PhasePoint point) {
    return scale.x(row.number("depth"), row.number("width"), point);
  }

  private static Map<Laws.Law, PhasePoint> points(Rows rows, Scaling scale, Laws laws) {
    if (!scale.isOfLaw()) {
      return Map.of();
    }
    Map<Laws.Law, PhasePoint> points = new LinkedHashMap<>();
    StreamSupport.stream(rows.spliterator(), false)
        .map(Laws.Law::of)
        .filter(law -> law.sigmaW2() > 0 && law.sigmaB2() >= 0)
        .distinct()
        .toList()
        .parallelStream()
        .map(law -> Map.entry(law, laws.point(law)))
        .toList()
        .forEach(entry -> points.put(entry.getKey(), entry.getValue()));
    return points;
  }

  /** Of values in an order; spots with equal places are in that of their ids, which is random. */
  private static double quality(List<Spot> spots, Comparator<Spot> order) {
    return smoothness(
        spots.stream().sorted(order.thenComparing(Spot::id)).mapToDouble(Spot::value).toArray());
  }

  /** See {@link Quality}; NaN for fewer than three values, or where they are all the same. */
  static double smoothness(double[] values) {
    if (values.length < 3) {
      return Double.NaN;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double steps = 0;
    for (int i = 1; i < values.length; i++) {
      steps += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    return squares == 0 ? Double.NaN : 1 - steps / (2 * squares);
  }

  private static Columns columns(List<Spot> spots) {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    columns.put("cell_id", new ArrayList<>(spots.stream().map(Spot::id).toList()));
    columns.put("x", new ArrayList<>(spots.stream().map(Spot::x).toList()));
    columns.put("value", new ArrayList<>(spots.stream().map(Spot::value).toList()));
    columns.put("error", new ArrayList<>(spots.stream().map(Spot::error).toList()));
    List<@Nullable Object> by = new ArrayList<>();
    spots.forEach(spot -> by.add(spot.by));
    columns.put("by", by);
    return new Columns(columns, Set.of("by"));
  }
}
