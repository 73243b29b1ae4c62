package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.quantity.Axis;

/**
 * An axis of a figure: where values lie along it. A coordinate is the value, its logarithm, or the
 * place of a name among the names.
 */
final class Ruler {
  /**
   * A value that is marked.
   *
   * @param share of the axis' length
   */
  record Tick(double share, String label) {}

  private static final double MARGIN = 0.04;
  private static final int MOST_TICKS = 7;

  private final List<Object> values;
  private final boolean logarithmic;
  private final double min;
  private final double max;

  private Ruler(List<Object> values, boolean logarithmic, double min, double max) {
    this.values = values;
    this.logarithmic = logarithmic;
    this.min = min;
    this.max = max;
  }

  /** Of cells, whose rectangles reach half a step past the outermost values. */
  static Ruler ofCells(Axis<?> axis, List<Object> values) {
    boolean log = isLogarithmic(axis, values);
    Ruler bare = new Ruler(values, log, 0, 1);
    List<Double> edges = edges(values.stream().map(bare::coordinate).toList());
    return new Ruler(values, log, edges.get(0), edges.get(edges.size() - 1));
  }

  /** Of points, with a margin. */
  static Ruler ofPoints(Axis<?> axis, List<Object> values) {
    boolean log = isLogarithmic(axis, values);
    Ruler bare = new Ruler(values, log, 0, 1);
    double low = bare.coordinate(values.get(0));
    double high = bare.coordinate(values.get(values.size() - 1));
    double margin = high > low ? MARGIN * (high - low) : 0.5;
    return new Ruler(values, log, low - margin, high + margin);
  }

  /** Of numbers between two, with a margin. */
  static Ruler linear(double low, double high) {
    double margin = high > low ? MARGIN * (high - low) : Math.max(0.5, Math.abs(low) / 4);
    return new Ruler(List.of(), false, low - margin, high + margin);
  }

  /** Of numbers from one to another. */
  static Ruler exact(double low, double high) {
    return new Ruler(List.of(), false, low, high);
  }

  /** Of positive numbers between two on a logarithmic scale, with a margin. */
  static Ruler logarithmic(double low, double high) {
    double margin = high > low ? MARGIN * Math.log(high / low) : 0.5;
    return new Ruler(List.of(), true, Math.log(low) - margin, Math.log(high) + margin);
  }

  private static boolean isText(List<Object> values) {
    return values.stream().anyMatch(v -> !(v instanceof Number));
  }

  private static boolean isLogarithmic(Axis<?> axis, List<Object> values) {
    if (isText(values) || values.stream().anyMatch(v -> number(v) <= 0)) {
      return false;
    }
    if (values.size() < 3 || axis.equals(Axis.DEPTH)) {
      return axis.scale() == Axis.Scale.LOG;
    }
    List<Double> steps = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 1; i < values.size(); i++) {
      steps.add(number(values.get(i)) - number(values.get(i - 1)));
      ratios.add(Math.log(number(values.get(i)) / number(values.get(i - 1))));
    }
    return spread(ratios) < spread(steps) - 1e-9;
  }

  private static double spread(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares) / Math.abs(mean);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** Midpoints between neighbours; the outermost are as far outwards as inwards. */
  static List<Double> edges(List<Double> centres) {
    if (centres.size() == 1) {
      return List.of(centres.get(0) - 0.5, centres.get(0) + 0.5);
    }
    List<Double> edges = new ArrayList<>();
    for (int i = 1; i < centres.size(); i++) {
      edges.add((centres.get(i - 1) + centres.get(i)) / 2);
    }
    edges.add(0, 2 * centres.get(0) - edges.get(0));
    edges.add(2 * centres.get(centres.size() - 1) - edges.get(edges.size() - 1));
    return edges;
  }

  List<Object> values() {
    return values;
  }

  /** Where a value lies; NaN for a number that a logarithmic axis does not have. */
  double coordinate(Object value) {
    if (value instanceof Number number) {
      return of(number.doubleValue());
    }
    return values.indexOf(value);
  }

  /** As {@link #coordinate}. */
  double of(double value) {
    return !logarithmic ? value : value > 0 ? Math.log(value) : Double.NaN;
  }

  /** The share of the axis' length at a coordinate. */
  double share(double coordinate) {
    return (coordinate - min) / (max - min);
  }

  /** The value at the axis' beginning; a name's place has none. */
  double low() {
    return logarithmic ? Math.exp(min) : min;
  }

  /** The value at the axis' end. */
  double high() {
    return logarithmic ? Math.exp(max) : max;
  }

  /**
   * What is marked along it.
   *
   * @param length of the axis in points
   * @param room that a label takes along it, in points
   */
  List<Tick> ticks(double length, double room) {
    if (isText(values)) {
      return values.stream()
          .map(v -> new Tick(share(coordinate(v)), Numbers.value(v).replace('_', ' ')))
          .toList();
    }
    double gap = room * (max - min) / length;
    List<Double> all = values.stream().map(Ruler::number).toList();
    List<Double> chosen;
    if (logarithmic) {
      chosen = Ticks.logarithmic(all, low(), high(), gap);
    } else if (!all.isEmpty() && all.size() <= 5) {
      chosen = Ticks.apart(all, gap, v -> v);
    } else {
      chosen =
          Ticks.even(
              low(),
              high(),
              (int) Math.max(2, Math.min(MOST_TICKS, Math.floor((max - min) / gap))));
    }
    return chosen.stream()
        .filter(v -> share(of(v)) >= -1e-9 && share(of(v)) <= 1 + 1e-9)
        .map(v -> new Tick(share(of(v)), Numbers.text(Math.abs(v) < 1e-12 ? 0 : v, 4)))
        .toList();
  }
}
