package org.phasemap.spec.yaml;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Numbers to sweep: a value, a list, {@code {from, to, count}} or {@code {from, to, step}}. Points
 * of an axis of whole numbers are rounded, and merged where that makes them equal.
 */
public record Series<T extends Number>(NumberType<T> element) implements Type<List<T>> {
  /** How the points of an axis are spaced. */
  public enum Spacing {
    LINEAR,
    LOG
  }

  private static final NumberType.Real ANY = NumberType.Real.between(-1e12, 1e12);
  private static final Field<Double> FROM =
      Field.required("from", ANY, "first value; within what the axis allows", "4");
  private static final Field<Double> TO =
      Field.required("to", ANY, "last value, at least `from`; within what the axis allows", "64");
  private static final Field<Integer> COUNT =
      Field.optional(
          "count",
          NumberType.Whole.ints(1, Rules.MAX_POINTS),
          "none; this or `step`",
          "number of points, both ends included",
          "9");
  private static final Field<Double> STEP =
      Field.optional(
          "step",
          NumberType.Real.above(0, Double.MAX_VALUE),
          "none; this or `count`",
          "distance of neighbours, whole on an axis of whole numbers; the last point is `to` or the"
              + " last one below it",
          "4");
  private static final Field<Spacing> SCALE =
      Field.defaulted(
          "scale",
          Choice.of(Spacing.class),
          "linear",
          "`log` spaces points by equal ratios; it needs `count` and `from` above 0",
          "log");

  /** The fields of a range. */
  public static final List<Field<?>> FIELDS = List.of(FROM, TO, COUNT, STEP, SCALE);

  @Override
  public String shape() {
    return "axis";
  }

  @Override
  public String allowed() {
    return element.allowed();
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> range =
        new LinkedHashMap<>(
            new Fields(
                    List.of(
                        FROM.as(element), TO.as(element), COUNT, STEP.as(element.step()), SCALE))
                .schema());
    range.put(
        "oneOf",
        List.of(Map.of("required", List.of("count")), Map.of("required", List.of("step"))));
    return Map.of("anyOf", List.of(new Several<>(element).schema(), range));
  }

  @Override
  public List<T> read(Place place) {
    if (place.node() instanceof Node.Mapping mapping) {
      return range(new Section(place, mapping, FIELDS));
    }
    return new Several<>(element).read(place);
  }

  private List<T> range(Section range) {
    Place place = range.place();
    double from = range.read(FROM.as(element)).doubleValue();
    double to = range.read(TO.as(element)).doubleValue();
    if (from > to) {
      throw place.wrong(
          "from "
              + text(range, FROM)
              + " is above to "
              + text(range, TO)
              + "; allowed: from <= to");
    }
    if (range.has(COUNT) == range.has(STEP)) {
      String problem = range.has(COUNT) ? " has both count and step" : " has no count or step";
      throw place.wrong(place.node().shown() + problem + "; allowed: one of count, step");
    }
    Stream<BigDecimal> points =
        range.has(COUNT) ? counted(range, from, to) : stepped(range, from, to);
    List<T> values = points.map(element::nearest).toList();
    Set<T> distinct = new LinkedHashSet<>(values);
    if (distinct.size() < values.size() && !(element instanceof NumberType.Whole)) {
      throw place.wrong(place.node().shown() + " gives values twice; allowed: points that differ");
    }
    return List.copyOf(distinct);
  }

  private static Stream<BigDecimal> counted(Section range, double from, double to) {
    int maxPoints = range.place().rules().maxPoints();
    int count = range.read(COUNT.as(NumberType.Whole.ints(1, maxPoints)));
    Spacing spacing = range.read(SCALE);
    if ((count == 1) != (from == to)) {
      String allowed = count == 1 ? "1 only where from equals to" : "1 where from equals to";
      throw range.at(COUNT).notAllowed(allowed);
    }
    if (spacing == Spacing.LINEAR) {
      return Points.linear(from, to, count);
    }
    if (!(from > 0)) {
      throw range.at(FROM).notAllowed("numbers above 0 where scale is log");
    }
    return Points.logarithmic(from, to, count);
  }

  private Stream<BigDecimal> stepped(Section range, double from, double to) {
    double step = range.read(STEP.as(element.step())).doubleValue();
    if (range.read(SCALE) == Spacing.LOG) {
      throw range.at(SCALE).wrong("log does not go with step; allowed: log with count");
    }
    Place place = range.place();
    if (Points.count(from, to, step) > place.rules().maxPoints()) {
      throw place.tooMany();
    }
    return Points.byStep(from, to, step);
  }

  private static String text(Section range, Field<?> end) {
    return range.at(end).node().shown();
  }
}
