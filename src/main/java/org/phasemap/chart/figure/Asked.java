package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.chart.explore.Scaling;
import org.phasemap.chart.explore.View;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.network.DecimalText;
import org.phasemap.quantity.Axis;

/** What a request means for a sweep. */
final class Asked {
  private static final int MOST_FACETS = 2;
  private final Exploration exploration;
  private final FigureRequest request;

  Asked(Exploration exploration, FigureRequest request) {
    this.exploration = exploration;
    this.request = request;
  }

  /** The first task that has the number. */
  String task() {
    return exploration.tasks().stream()
        .filter(task -> exploration.measured(task).stream().anyMatch(this::isMeant))
        .findFirst()
        .orElseThrow(
            () ->
                Choice.refused(
                    request.kind().option(),
                    request.subject(),
                    exploration.tasks().stream()
                        .flatMap(task -> exploration.measured(task).stream())
                        .map(Drawn::id)
                        .distinct()
                        .toList()));
  }

  private boolean isMeant(Drawn drawn) {
    return drawn.id().equals(request.subject());
  }

  Drawn drawn() {
    return exploration.measured(task()).stream().filter(this::isMeant).findFirst().orElseThrow();
  }

  SweepAxes axes() {
    return exploration.axes(task());
  }

  private Axis<?> axis(String option, Optional<String> name, Axis<?> usual) {
    List<Axis<?>> there = List.copyOf(axes().values().keySet());
    return Choice.<Axis<?>>of(option, name, usual, there, Axis::column);
  }

  private Axis<?> x() {
    return axis("--x", request.x(), axes().usualX());
  }

  /** Of a map. */
  Frame plane() {
    Axis<?> x = x();
    Axis<?> y = axis("--y", request.y(), axes().usualY(x));
    if (x.equals(y)) {
      throw Choice.refused("--y", y.column(), "another axis than --x");
    }
    return frame(List.of(x, y));
  }

  /** Of a slice: along an axis, a curve for each value of another. */
  Frame curves() {
    Axis<?> usual = axes().varying().contains(Axis.DEPTH) ? Axis.DEPTH : axes().usualX();
    Axis<?> x = axis("--x", request.x(), usual);
    if (request.by().isEmpty()) {
      return frame(List.of(x));
    }
    Axis<?> by = axis("--by", request.by(), x);
    if (by.equals(x)) {
      throw Choice.refused("--by", by.column(), "another axis than --x");
    }
    return frame(List.of(x, by));
  }

  /** What colours the points of a collapse. */
  Axis<?> by() {
    return axis("--by", request.by(), axes().usualX());
  }

  Scaling scale() {
    return Choice.of("--scale", request.scale(), Arrays.asList(Scaling.values()), Scaling::id);
  }

  View view() {
    return Choice.of("--view", request.view(), Arrays.asList(View.values()), View::id);
  }

  List<TheoryLine> theory() {
    List<TheoryLine> all = Arrays.asList(TheoryLine.values());
    return request.theory().stream()
        .map(name -> Choice.of("--theory", name, all, TheoryLine::id))
        .distinct()
        .toList();
  }

  private Frame frame(List<Axis<?>> places) {
    List<Axis<?>> facets = new ArrayList<>();
    for (String name : request.facets()) {
      Axis<?> facet = axis("--facet", Optional.of(name), Axis.TASK);
      if (places.contains(facet) || facets.contains(facet)) {
        throw Choice.refused("--facet", name, "an axis that is not drawn already");
      }
      facets.add(facet);
    }
    if (facets.size() > MOST_FACETS) {
      throw Choice.refused("--facet", String.join(",", request.facets()), "at most two axes");
    }
    return new Frame(places, facets, List.of());
  }

  /** The cells that are meant. */
  Selection selection() {
    Map<Axis<?>, Selection.Choice> choices = new LinkedHashMap<>();
    choices.put(Axis.TASK, new Selection.OneOf(List.of(task())));
    narrowed().forEach((axis, wanted) -> choices.put(axis, new Selection.OneOf(wanted)));
    for (Map.Entry<String, List<String>> at : request.at().entrySet()) {
      Axis<?> axis = axis("--at", Optional.of(at.getKey()), Axis.TASK);
      choices.put(axis, choice(axis, at.getValue()));
    }
    return new Selection(choices);
  }

  /**
   * Axes on which the folder has values that its spec does not want now, with those that it wants.
   */
  Map<Axis<?>, List<Object>> narrowed() {
    Map<Axis<?>, List<Object>> narrowed = new LinkedHashMap<>();
    Map<Axis<?>, List<Object>> wanted =
        exploration.wanted().values().getOrDefault(task(), Map.of());
    wanted.forEach(
        (axis, values) -> {
          List<Object> there = axes().values().getOrDefault(axis, List.of());
          List<Object> both = there.stream().filter(values::contains).toList();
          if (!both.isEmpty() && both.size() < there.size()) {
            narrowed.put(axis, both);
          }
        });
    return narrowed;
  }

  private Selection.Choice choice(Axis<?> axis, List<String> texts) {
    if (texts.size() == 1 && texts.get(0).contains("..") && axis.stored() != String.class) {
      return between(axis, texts.get(0));
    }
    List<Object> there = axes().values().getOrDefault(axis, List.of());
    List<Object> values =
        texts.stream()
            .flatMap(text -> Stream.of(text.split("\\|", -1)))
            .map(text -> value(axis, text, there))
            .toList();
    return new Selection.OneOf(values);
  }

  private static Object value(Axis<?> axis, String text, List<Object> there) {
    return there.stream()
        .filter(value -> isWritten(value, text))
        .findFirst()
        .orElseThrow(
            () ->
                Choice.refused(
                    "--at " + axis.column(),
                    text,
                    there.stream().limit(60).map(Numbers::value).toList()));
  }

  /** As it is, or as figures print it. */
  private static boolean isWritten(Object value, String text) {
    if (!(value instanceof Number number)) {
      return value.equals(text);
    }
    try {
      double asked = DecimalText.number(text);
      return asked == number.doubleValue()
          || asked == Double.parseDouble(Numbers.value(number).replace('−', '-'));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Selection.Choice between(Axis<?> axis, String text) {
    String[] ends = text.split("\\.\\.", -1);
    try {
      if (ends.length == 2 && !text.equals("..")) {
        return new Selection.Between(
            ends[0].isEmpty() ? Double.NEGATIVE_INFINITY : Double.parseDouble(ends[0]),
            ends[1].isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(ends[1]));
      }
    } catch (NumberFormatException e) {
      throw Choice.refused("--at " + axis.column(), text, "LOWEST..HIGHEST");
    }
    throw Choice.refused("--at " + axis.column(), text, "LOWEST..HIGHEST");
  }
}
