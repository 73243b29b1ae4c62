package org.phasemap.chart.dashboard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.network.DecimalText;
import org.phasemap.quantity.Axis;

/** What the parameters of a request mean for a sweep. */
final class Asked {
  private static final int MOST_VALUES = 1_000;

  private final Exploration exploration;
  private final Parameters parameters;
  private final String task;
  private final Map<String, Object> places = new LinkedHashMap<>();

  Asked(Exploration exploration, Parameters parameters) {
    this.exploration = exploration;
    this.parameters = parameters;
    List<String> tasks = exploration.tasks();
    this.task = parameters.choice(Axis.TASK.column(), exploration.usualTask(), tasks, t -> t);
  }

  /** The same of cells that stand at these places, too: values by the columns of axes. */
  Asked at(Map<String, Object> values) {
    places.putAll(values);
    return this;
  }

  String task() {
    return task;
  }

  /** One of several choices. */
  <T> T choice(String name, T usual, List<T> choices, Function<T, String> id) {
    return parameters.choice(name, usual, choices, id);
  }

  Exploration exploration() {
    return exploration;
  }

  private SweepAxes axes() {
    return exploration.axes(task);
  }

  /** An axis that the cells have. */
  Axis<?> axis(String name, Axis<?> usual) {
    List<Axis<?>> there = List.copyOf(axes().values().keySet());
    return parameters.<Axis<?>>choice(name, usual, there, Axis::column);
  }

  /** Axes that the cells have. */
  List<Axis<?>> axes(String name) {
    List<Axis<?>> there = List.copyOf(axes().values().keySet());
    return parameters.<Axis<?>>choices(name, there, Axis::column);
  }

  /** The number that is drawn. */
  Drawn quantity() {
    List<Drawn> measured = exploration.measured(task);
    if (measured.isEmpty()) {
      throw new Refused(404, "The sweep has no numbers of " + task + " yet.");
    }
    Drawn usual =
        measured.stream()
            .filter(drawn -> List.of("ln_gradient_gain", "p_trained").contains(drawn.id()))
            .findFirst()
            .orElse(measured.get(0));
    return parameters.choice("quantity", usual, measured, Drawn::id);
  }

  /** A frame of two places, with facets and averages. */
  Frame plane() {
    Axis<?> x = axis("x", axes().usualX());
    Axis<?> y = axis("y", axes().usualY(x));
    if (x.equals(y)) {
      throw Refused.parameter("y", y.column(), "another axis than x");
    }
    return frame(List.of(x, y));
  }

  /** A frame of one axis and the axis of its curves, which may be none. */
  Frame curves() {
    Axis<?> x = axis("x", axes().usualX());
    List<Axis<?>> by = axes("by");
    if (by.size() > 1 || by.contains(x)) {
      throw Refused.parameter("by", String.valueOf(by.get(0)), "one axis, other than x");
    }
    return frame(by.isEmpty() ? List.of(x) : List.of(x, by.get(0)));
  }

  /** The axes of parallel coordinates: those that vary, where none is named. */
  List<Axis<?>> coordinates() {
    List<Axis<?>> named = axes("axes");
    return named.isEmpty() ? axes().varying() : named;
  }

  /** The axis that colours points. */
  Axis<?> by() {
    return axis("by", axes().usualX());
  }

  /** A frame of these places, with facets and averages. */
  private Frame frame(List<Axis<?>> places) {
    List<Axis<?>> facets = axes("facet");
    List<Axis<?>> average = axes("average");
    List<Axis<?>> all = new ArrayList<>(places);
    for (Axis<?> axis : facets) {
      check(all, "facet", axis);
    }
    for (Axis<?> axis : average) {
      check(all, "average", axis);
    }
    if (facets.size() > 2) {
      throw new Refused(400, "facet: has " + facets.size() + " axes; allowed: at most two.");
    }
    return new Frame(places, facets, average);
  }

  private static void check(List<Axis<?>> taken, String name, Axis<?> axis) {
    if (taken.contains(axis)) {
      throw Refused.parameter(name, axis.column(), "an axis that is not drawn already");
    }
    taken.add(axis);
  }

  /** The cells that are meant, after which no parameter may be left. */
  Selection lastly() {
    Selection selection = selection();
    parameters.checkAllTaken();
    for (Map.Entry<String, Object> place : places.entrySet()) {
      Object value = place.getValue();
      Axis<?> axis = Axis.of(place.getKey()).orElseThrow();
      selection = selection.and(axis, value instanceof BigDecimal d ? d.doubleValue() : value);
    }
    return selection;
  }

  /** Where cells are not chosen: no parameter may be left. */
  void all() {
    parameters.checkAllTaken();
  }

  private Selection selection() {
    Map<Axis<?>, Selection.Choice> choices = new LinkedHashMap<>();
    choices.put(Axis.TASK, new Selection.OneOf(List.of(task)));
    for (Axis<?> axis : Axis.all()) {
      if (!axis.equals(Axis.TASK)) {
        Optional<String> text = parameters.take(axis.column());
        text.ifPresent(value -> choices.put(axis, choice(axis, value)));
      }
    }
    return new Selection(choices);
  }

  private static Selection.Choice choice(Axis<?> axis, String text) {
    if (axis.stored() != String.class && text.contains("..")) {
      String[] ends = text.split("\\.\\.", -1);
      if (ends.length != 2 || text.equals("..")) {
        throw Refused.parameter(axis.column(), text, "LOWEST..HIGHEST");
      }
      return new Selection.Between(
          ends[0].isEmpty() ? Double.NEGATIVE_INFINITY : number(axis, ends[0]),
          ends[1].isEmpty() ? Double.POSITIVE_INFINITY : number(axis, ends[1]));
    }
    String[] parts = text.split("\\|", -1);
    if (parts.length > MOST_VALUES) {
      throw new Refused(
          400,
          axis.column() + ": has " + parts.length + " values; allowed: at most " + MOST_VALUES);
    }
    List<Object> values = new ArrayList<>();
    for (String part : parts) {
      values.add(axis.stored() == String.class ? part : number(axis, part));
    }
    return new Selection.OneOf(values);
  }

  private static double number(Axis<?> axis, String text) {
    try {
      return DecimalText.number(text);
    } catch (NumberFormatException e) {
      throw Refused.parameter(axis.column(), text, "numbers such as 1.5, A|B, LOWEST..HIGHEST");
    }
  }
}
