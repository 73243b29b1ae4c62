package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How well P(trained) of a map's columns is one curve of L/ξ_c: a logistic curve in ln (L/ξ_c),
 * common to all columns of one side of the edge of chaos that have a finite ξ_c above 0.
 *
 * @param side which columns
 * @param columns how many
 * @param k L/ξ_c where the common curve is ½; NaN where it cannot be fitted
 * @param low lower end of its 95 % interval; NaN with fewer than three columns, 0 where it is open
 * @param high upper end, infinite where it is open
 * @param width ln of the ratio of the depths where the common curve is 0.1 and 0.9
 * @param quality 1 − var(ln L_½/ξ_c)/var(ln L_½) over columns with a boundary: 1 where scaling by
 *     ξ_c makes them one, 0 or less where it brings nothing; NaN with fewer than three
 */
public record Collapse(
    MapColumn.Side side,
    int columns,
    double k,
    double low,
    double high,
    double width,
    double quality) {
  private static final int FEWEST = 3;

  /** The columns of one side. */
  public static Collapse of(List<MapColumn> all, MapColumn.Side side) {
    List<Scaled> columns =
        all.stream()
            .map(column -> new Scaled(column, column.xiC()))
            .filter(scaled -> scaled.xiC > 0 && Double.isFinite(scaled.xiC))
            .filter(scaled -> scaled.column.side().equals(Optional.of(side)))
            .toList();
    LogisticFit fit = fit(columns);
    double halfWidth = columns.size() < FEWEST ? Double.NaN : halfWidth(columns, fit);
    return new Collapse(
        side,
        columns.size(),
        Math.exp(fit.midpoint()),
        Math.exp(fit.midpoint() - halfWidth),
        Math.exp(fit.midpoint() + halfWidth),
        fit.width(),
        quality(columns));
  }

  private record Scaled(MapColumn column, double xiC) {}

  /** NaN where trained or untrained networks are missing, or P rises with depth. */
  private static LogisticFit fit(List<Scaled> columns) {
    List<LogisticFit.Point> points = new ArrayList<>();
    for (Scaled scaled : columns) {
      for (LogisticFit.Point point : Boundary.points(scaled.column.trials())) {
        points.add(
            new LogisticFit.Point(
                point.x() - Math.log(scaled.xiC), point.trials(), point.successes()));
      }
    }
    long trials = points.stream().mapToLong(LogisticFit.Point::trials).sum();
    long trained = points.stream().mapToLong(LogisticFit.Point::successes).sum();
    long places = points.stream().mapToDouble(LogisticFit.Point::x).distinct().count();
    if (trained == 0 || trained == trials || places < 2) {
      return new LogisticFit(Double.NaN, Double.NaN);
    }
    LogisticFit fit = LogisticFit.of(points);
    return fit.scale() > 0 ? fit : new LogisticFit(Double.NaN, Double.NaN);
  }

  /** Of ln k; columns differ in k, and their networks share random numbers. */
  private static double halfWidth(List<Scaled> columns, LogisticFit fit) {
    List<MidpointError.Network> networks = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      double lnXi = Math.log(columns.get(c).xiC);
      for (Trial trial : columns.get(c).column.trials()) {
        double x = Math.log(trial.depth()) - lnXi;
        networks.add(new MidpointError.Network(x, trial.trained(), c, trial.replicate()));
      }
    }
    return MidpointError.halfWidthOverColumnsAndReplicates(fit, networks);
  }

  private static double quality(List<Scaled> columns) {
    List<Double> plain = new ArrayList<>();
    List<Double> scaled = new ArrayList<>();
    for (Scaled column : columns) {
      double depth = Boundary.withoutInterval(column.column.trials()).depth();
      if (!Double.isNaN(depth)) {
        plain.add(Math.log(depth));
        scaled.add(Math.log(depth / column.xiC));
      }
    }
    return plain.size() < FEWEST ? Double.NaN : 1 - variance(scaled) / variance(plain);
  }

  private static double variance(List<Double> values) {
    return StatUtils.variance(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
