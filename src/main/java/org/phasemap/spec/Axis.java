package org.phasemap.spec;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Numbers to sweep: a value, a list, {@code {from, to, count}} or {@code {from, to, step}}. Points
 * of an axis of whole numbers are rounded, and merged where that makes them equal.
 */
record Axis<T extends Number>(NumberType<T> element) implements Type<List<T>> {
  /** Most points of one axis, whatever the limits. */
  static final int MAX_POINTS = 100_000;

  /** How the points of an axis are spaced. */
  enum Scale {
    LINEAR,
    LOG
  }

  @Override
  public String shape() {
    return "axis";
  }

  @Override
  public String allowed() {
    return element.allowed();
  }

  @Override
  public List<T> read(Place place) {
    if (place.node() instanceof Node.Mapping mapping) {
      return range(new Section(place, mapping, Format.AXIS));
    }
    return new Type.Several<>(element).read(place);
  }

  private List<T> range(Section range) {
    Place place = range.place();
    double from = range.read(Format.FROM.as(element)).doubleValue();
    double to = range.read(Format.TO.as(element)).doubleValue();
    if (from > to) {
      throw place.wrong(
          "from "
              + text(range, Format.FROM)
              + " is above to "
              + text(range, Format.TO)
              + "; allowed: from <= to");
    }
    if (range.has(Format.COUNT) == range.has(Format.STEP)) {
      String problem =
          range.has(Format.COUNT) ? " has both count and step" : " has no count or step";
      throw place.wrong(place.node().shown() + problem + "; allowed: one of count, step");
    }
    Stream<BigDecimal> points =
        range.has(Format.COUNT) ? counted(range, from, to) : stepped(range, from, to);
    List<T> values = points.map(element::nearest).toList();
    Set<T> distinct = new LinkedHashSet<>(values);
    if (distinct.size() < values.size() && !(element instanceof NumberType.Whole)) {
      throw place.wrong(place.node().shown() + " gives values twice; allowed: points that differ");
    }
    return List.copyOf(distinct);
  }

  private static Stream<BigDecimal> counted(Section range, double from, double to) {
    int maxPoints = range.place().maxPoints();
    int count = range.read(Format.COUNT.as(NumberType.Whole.ints(1, maxPoints)));
    Scale scale = range.read(Format.SCALE);
    if ((count == 1) != (from == to)) {
      String allowed = count == 1 ? "1 only where from equals to" : "1 where from equals to";
      throw range.at(Format.COUNT).notAllowed(allowed);
    }
    if (scale == Scale.LINEAR) {
      return Points.linear(from, to, count);
    }
    if (!(from > 0)) {
      throw range.at(Format.FROM).notAllowed("numbers above 0 where scale is log");
    }
    return Points.logarithmic(from, to, count);
  }

  private Stream<BigDecimal> stepped(Section range, double from, double to) {
    double step = range.read(Format.STEP.as(element.step())).doubleValue();
    if (range.read(Format.SCALE) == Scale.LOG) {
      throw range.at(Format.SCALE).wrong("log does not go with step; allowed: log with count");
    }
    Place place = range.place();
    if (Points.count(from, to, step) > place.maxPoints()) {
      throw place.tooMany();
    }
    return Points.byStep(from, to, step);
  }

  private static String text(Section range, Field<?> end) {
    return range.at(end).node().shown();
  }
}
