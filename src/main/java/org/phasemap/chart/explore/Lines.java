package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.Point;

/**
 * Theory's and fitted lines over a map, in its coordinates. Each kind is a list of lines, and empty
 * where the map's plane has none.
 *
 * @param edge of chaos, χ₁ = 1
 * @param stable to which depth gradients keep within a factor of 100
 * @param trainable to which depth the tangent kernel's condition does
 * @param generalising to which depth predictions depend on the input
 * @param scales L = k ξ_c
 * @param measured boundaries that were fitted to trained cells
 */
public record Lines(
    List<List<Point>> edge,
    List<List<Point>> stable,
    List<List<Point>> trainable,
    List<List<Point>> generalising,
    List<Scale> scales,
    List<Measured> measured) {

  /**
   * A multiple of the depth scale of correlations.
   *
   * @param k the multiple
   * @param label what it is
   * @param line it
   */
  public record Scale(double k, String label, List<Point> line) {}

  /**
   * A fitted boundary with its 95 % interval.
   *
   * @param label of which cells
   * @param line depth where half of the networks train
   * @param lower end of the interval
   * @param upper end
   */
  public record Measured(String label, List<Point> line, List<Point> lower, List<Point> upper) {}

  static Lines none() {
    return new Lines(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** These, and others. */
  void add(Lines others) {
    edge.addAll(others.edge);
    stable.addAll(others.stable);
    trainable.addAll(others.trainable);
    generalising.addAll(others.generalising);
    scales.addAll(others.scales);
    measured.addAll(others.measured);
  }

  /** With x and y exchanged. */
  Lines transposed() {
    return new Lines(
        all(edge),
        all(stable),
        all(trainable),
        all(generalising),
        scales.stream().map(s -> new Scale(s.k, s.label, one(s.line))).toList(),
        measured.stream()
            .map(m -> new Measured(m.label, one(m.line), one(m.lower), one(m.upper)))
            .toList());
  }

  private static List<List<Point>> all(List<List<Point>> lines) {
    return lines.stream().map(Lines::one).toList();
  }

  private static List<Point> one(List<Point> line) {
    return line.stream().map(point -> new Point(point.y(), point.x())).toList();
  }
}
