package org.phasemap.cli.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * Two sweeps on the places that both have.
 *
 * @param axes that vary in one of them, and tell places apart
 * @param points in the order of the first one
 * @param onlyInFirst cells of the first with a value and without a partner
 * @param onlyInSecond the same of the second
 */
record SweepDifference(
    List<Axis<?>> axes, List<Point> points, long onlyInFirst, long onlyInSecond) {

  /**
   * A cell of both.
   *
   * @param place its values on the axes; null where it has none
   * @param first mean of the first sweep
   * @param second mean of the second
   * @param error of the difference, √(se₁² + se₂²)
   */
  record Point(List<@Nullable Object> place, double first, double second, double error) {
    /** Second less first, in standard errors; NaN where both errors are 0 and the means equal. */
    double standardErrors() {
      return (second - first) / error;
    }
  }

  /** A cell of one sweep. */
  private record Cell(Rows.Row row, double mean, double error) {
    List<@Nullable Object> place(List<Axis<?>> axes) {
      List<@Nullable Object> place = new ArrayList<>();
      axes.forEach(axis -> place.add(row.value(axis.column())));
      return place;
    }
  }

  /**
   * What the multiplier decides tells no places apart; what a sweep is of, they are compared in.
   */
  private static final List<Axis<?>> NOT_PLACES = List.of(Axis.INPUT_HASH, Axis.WEIGHT_LAW);

  static SweepDifference of(Query first, Query second, Quantity quantity) {
    List<Cell> ofFirst = cells(first, quantity);
    List<Cell> ofSecond = cells(second, quantity);
    List<Axis<?>> axes = varying(ofFirst, ofSecond);
    Map<List<@Nullable Object>, Cell> partners = new LinkedHashMap<>();
    ofSecond.forEach(cell -> partners.put(cell.place(axes), cell));
    long seconds = partners.size();
    List<Point> points = new ArrayList<>();
    for (Cell a : ofFirst) {
      List<@Nullable Object> place = a.place(axes);
      Cell b = partners.get(place);
      if (b != null) {
        points.add(new Point(place, a.mean, b.mean, Math.hypot(a.error, b.error)));
      }
    }
    return new SweepDifference(
        axes, points, ofFirst.size() - points.size(), seconds - points.size());
  }

  private static List<Cell> cells(Query query, Quantity quantity) {
    String columns = Axis.all().stream().map(Axis::column).collect(Collectors.joining(", "));
    String sql =
        "select %s, %s as mean, %s as se from cells where mean is not null and se is not null"
            .formatted(columns, Figure.MEAN.column(quantity), Figure.SE.column(quantity));
    List<Cell> cells = new ArrayList<>();
    for (Rows.Row row : query.rows(sql)) {
      cells.add(new Cell(row, row.number("mean"), row.number("se")));
    }
    return cells;
  }

  /** σ_w² follows from the multiplier where that varies alone with it. */
  private static List<Axis<?>> varying(List<Cell> first, List<Cell> second) {
    List<Axis<?>> varying =
        Axis.all().stream()
            .filter(axis -> !NOT_PLACES.contains(axis))
            .filter(axis -> Stream.of(first, second).anyMatch(of -> values(of, axis) > 1))
            .collect(Collectors.toCollection(ArrayList::new));
    boolean multiplied =
        Stream.of(first, second)
            .flatMap(List::stream)
            .allMatch(cell -> cell.row.value(Axis.SIGMA_MULTIPLIER.column()) != null);
    if (multiplied && varying.contains(Axis.SIGMA_MULTIPLIER)) {
      varying.remove(Axis.SIGMA_W2);
    }
    return List.copyOf(varying);
  }

  private static long values(List<Cell> cells, Axis<?> axis) {
    return cells.stream()
        .map(cell -> String.valueOf(cell.row.value(axis.column())))
        .distinct()
        .count();
  }

  /** The values of an axis that points have, numbers in ascending order. */
  List<Object> values(int axis) {
    return points.stream()
        .map(point -> point.place().get(axis))
        .filter(Objects::nonNull)
        .distinct()
        .sorted(SweepDifference::compare)
        .map(Object.class::cast)
        .toList();
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    return a instanceof Number x && b instanceof Number y
        ? Double.compare(x.doubleValue(), y.doubleValue())
        : String.valueOf(a).compareTo(String.valueOf(b));
  }
}
