package org.phasemap.cli.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.results.SweepDifference.Point;
import org.phasemap.network.PlainText;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Quantity;

/** A difference of two sweeps as text: a map for each value of the axes that are not drawn. */
final class DifferenceText {
  private static final List<Axis<?>> ACROSS =
      List.of(Axis.SIGMA_MULTIPLIER, Axis.SIGMA_W2, Axis.SIGMA_B2, Axis.KEEP_PROBABILITY);
  private static final List<Axis<?>> UP = List.of(Axis.DEPTH, Axis.WIDTH);

  /**
   * Bounds of the symbols, in standard errors: beyond 2 is one of 22 by chance, 4 one of 16,000.
   */
  private static final double SEEN = 2;

  private static final double SURE = 4;

  private final SweepDifference difference;
  private final int x;
  private final int y;

  private DifferenceText(SweepDifference difference) {
    this.difference = difference;
    this.x = drawn(ACROSS, -1);
    this.y = drawn(UP, x);
  }

  /** Its lines. */
  static List<String> of(String a, String b, Quantity quantity, SweepDifference difference) {
    DifferenceText text = new DifferenceText(difference);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%s: %s less %s, in standard errors of the difference",
            quantity.label(), PlainText.of(b), PlainText.of(a)));
    lines.addAll(text.maps());
    lines.add("");
    lines.add(
        "  = below -4   - below -2   . within 2   + above 2   # above 4   blank: not in both");
    lines.addAll(text.counts());
    return lines;
  }

  private int drawn(List<Axis<?>> wanted, int taken) {
    return wanted.stream()
        .mapToInt(difference.axes()::indexOf)
        .filter(i -> i >= 0 && i != taken)
        .findFirst()
        .orElse(-1);
  }

  private List<String> maps() {
    Map<String, List<Point>> panels = new LinkedHashMap<>();
    for (Point point : difference.points()) {
      panels.computeIfAbsent(facet(point), k -> new ArrayList<>()).add(point);
    }
    List<String> lines = new ArrayList<>();
    panels.forEach(
        (facet, points) -> {
          lines.add("");
          lines.add("  " + facet);
          lines.addAll(map(points));
        });
    return lines;
  }

  private String facet(Point point) {
    return IntStream.range(0, difference.axes().size())
        .filter(i -> i != x && i != y)
        .mapToObj(i -> difference.axes().get(i).label() + " " + text(point.place().get(i)))
        .collect(Collectors.joining(", "));
  }

  private List<String> map(List<Point> points) {
    List<@Nullable Object> columns = values(x);
    List<@Nullable Object> rows = values(y);
    List<String> lines = new ArrayList<>();
    for (int r = rows.size() - 1; r >= 0; r--) {
      StringBuilder line =
          new StringBuilder(String.format("  %8s ", rows.get(r) == null ? "" : text(rows.get(r))));
      for (Object column : columns) {
        line.append(symbol(points, column, rows.get(r)));
      }
      lines.add(line.toString().stripTrailing());
    }
    if (x >= 0) {
      lines.add(
          String.format(
              "  %8s %s from %s to %s",
              "",
              difference.axes().get(x).label(),
              text(columns.get(0)),
              text(columns.get(columns.size() - 1))));
    }
    return lines;
  }

  private List<@Nullable Object> values(int axis) {
    List<@Nullable Object> values = new ArrayList<>();
    if (axis < 0) {
      values.add(null);
    } else {
      values.addAll(difference.values(axis));
    }
    return values;
  }

  private char symbol(List<Point> points, @Nullable Object column, @Nullable Object row) {
    return points.stream()
        .filter(point -> x < 0 || Objects.equals(point.place().get(x), column))
        .filter(point -> y < 0 || Objects.equals(point.place().get(y), row))
        .findFirst()
        .map(point -> symbol(point.standardErrors()))
        .orElse(' ');
  }

  private static char symbol(double z) {
    if (z > SURE) {
      return '#';
    } else if (z > SEEN) {
      return '+';
    } else if (z < -SURE) {
      return '=';
    }
    return z < -SEEN ? '-' : '.';
  }

  private List<String> counts() {
    List<Point> points = difference.points();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "  %,d cells in both; only in the first %,d, only in the second %,d",
            points.size(), difference.onlyInFirst(), difference.onlyInSecond()));
    lines.add(
        String.format(
            "  beyond 2: %,d (by chance about %,d); beyond 4: %,d. Sweeps of one seed share random"
                + " numbers: they differ by less",
            beyond(SEEN), Math.round(0.0455 * points.size()), beyond(SURE)));
    points.stream()
        .filter(point -> !Double.isNaN(point.standardErrors()))
        .max(Comparator.comparingDouble(point -> Math.abs(point.standardErrors())))
        .ifPresent(most -> lines.add("  most: " + told(most)));
    return lines;
  }

  private long beyond(double bound) {
    return difference.points().stream().filter(p -> Math.abs(p.standardErrors()) > bound).count();
  }

  private String told(Point point) {
    String place =
        IntStream.range(0, difference.axes().size())
            .mapToObj(i -> difference.axes().get(i).label() + " " + text(point.place().get(i)))
            .collect(Collectors.joining(", "));
    return String.format(
        "%s: %.4g, then %.4g, %+.1f standard errors",
        place, point.first(), point.second(), point.standardErrors());
  }

  private static String text(@Nullable Object value) {
    return value instanceof Double number
        ? String.format("%.4g", number).replaceFirst("\\.?0+$", "")
        : String.valueOf(value);
  }
}
