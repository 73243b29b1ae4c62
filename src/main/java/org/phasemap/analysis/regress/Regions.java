package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.regress.Region.Effect;
import org.phasemap.quantity.Axis;

/**
 * Changed cells as regions. Two of them are neighbours where they differ by one step on one axis of
 * numbers; what can be reached over neighbours is a region. Regions that span the same numbers under
 * several names (activations, laws) are told as one.
 */
final class Regions {
  private final Cells cells;

  /** The values of each axis, in order. */
  private final List<List<Object>> values = new ArrayList<>();

  private Regions(Cells cells) {
    this.cells = cells;
    for (int a = 0; a < cells.axes().size(); a++) {
      int axis = a;
      Set<Object> distinct = new HashSet<>();
      cells.places().values().forEach(p -> add(distinct, p.values().get(axis)));
      values.add(distinct.stream().sorted(Regions::compare).toList());
    }
  }

  private static void add(Set<Object> values, @Nullable Object value) {
    if (value != null) {
      values.add(value);
    }
  }

  private static int compare(Object a, Object b) {
    return a instanceof Number x && b instanceof Number y
        ? Double.compare(x.doubleValue(), y.doubleValue())
        : a.toString().compareTo(b.toString());
  }

  /** Of what was found, the largest first. */
  static List<Region> of(List<Change> changes, Cells cells) {
    Map<String, List<Change>> byCell = new LinkedHashMap<>();
    changes.stream()
        .filter(Change::isFound)
        .forEach(c -> byCell.computeIfAbsent(c.cell(), k -> new ArrayList<>()).add(c));
    if (byCell.isEmpty()) {
      return List.of();
    }
    Regions regions = new Regions(cells);
    return regions.merged(regions.connected(byCell.keySet())).stream()
        .map(group -> regions.region(group, byCell))
        .sorted(Comparator.comparingInt(Region::cells).reversed().thenComparing(Region::where))
        .toList();
  }

  /** Position on each axis; −1 where a cell has no value. */
  private List<Integer> index(String cell) {
    List<@Nullable Object> place = cells.place(cell).values();
    return IntStream.range(0, values.size())
        .mapToObj(a -> place.get(a) == null ? -1 : values.get(a).indexOf(place.get(a)))
        .toList();
  }

  private boolean isNumber(int axis) {
    return cells.axes().get(axis).scale() != Axis.Scale.CATEGORY;
  }

  private List<Set<String>> connected(Set<String> changed) {
    Map<List<Integer>, List<String>> at = new HashMap<>();
    changed.forEach(cell -> at.computeIfAbsent(index(cell), k -> new ArrayList<>()).add(cell));
    List<Set<String>> groups = new ArrayList<>();
    Set<List<Integer>> seen = new HashSet<>();
    for (String cell : changed) {
      List<List<Integer>> open = new ArrayList<>();
      visit(index(cell), seen, open);
      Set<String> group = new LinkedHashSet<>();
      while (!open.isEmpty()) {
        List<Integer> here = open.remove(open.size() - 1);
        group.addAll(at.getOrDefault(here, List.of()));
        for (int a = 0; a < here.size(); a++) {
          if (isNumber(a) && here.get(a) >= 0) {
            for (int step : new int[] {-1, 1}) {
              List<Integer> next = new ArrayList<>(here);
              next.set(a, here.get(a) + step);
              if (at.containsKey(next)) {
                visit(next, seen, open);
              }
            }
          }
        }
      }
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    return groups;
  }

  private static void visit(
      List<Integer> place, Set<List<Integer>> seen, List<List<Integer>> open) {
    if (seen.add(place)) {
      open.add(place);
    }
  }

  /** Groups whose names differ and whose numbers span the same become one. */
  private List<Set<String>> merged(List<Set<String>> groups) {
    Map<List<String>, Set<String>> bySpan = new LinkedHashMap<>();
    for (Set<String> group : groups) {
      List<String> span =
          IntStream.range(0, values.size())
              .filter(this::isNumber)
              .mapToObj(a -> span(group, a))
              .toList();
      bySpan.computeIfAbsent(span, k -> new LinkedHashSet<>()).addAll(group);
    }
    return List.copyOf(bySpan.values());
  }

  private Region region(Set<String> group, Map<String, List<Change>> byCell) {
    String where =
        IntStream.range(0, values.size())
            .mapToObj(a -> span(group, a))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    Map<String, List<Change>> bySubject = new TreeMap<>();
    group.forEach(
        cell ->
            byCell
                .getOrDefault(cell, List.of())
                .forEach(
                    c -> bySubject.computeIfAbsent(c.subject().id(), k -> new ArrayList<>()).add(c)));
    List<Effect> effects =
        bySubject.values().stream()
            .map(Regions::effect)
            .sorted(
                Comparator.comparingInt(Effect::cells)
                    .reversed()
                    .thenComparing(e -> e.subject().id()))
            .toList();
    return new Region(
        where.isEmpty() ? "everywhere" : where,
        group.size(),
        (double) group.size() / cells.size(),
        effects);
  }

  private static Effect effect(List<Change> changes) {
    double[] differences = changes.stream().mapToDouble(Change::difference).sorted().toArray();
    long worse = changes.stream().filter(c -> c.verdict() == Change.Verdict.WORSE).count();
    return new Effect(
        changes.get(0).subject(),
        changes.size(),
        (int) worse,
        differences[(differences.length - 1) / 2]);
  }

  /** What of an axis a group spans; empty where all of it. */
  private String span(Set<String> group, int axis) {
    List<Object> all = values.get(axis);
    List<Integer> indices = group.stream().map(cell -> index(cell).get(axis)).distinct().sorted().toList();
    if (indices.size() == all.size() || indices.equals(List.of(-1))) {
      return "";
    }
    List<Integer> present = indices.stream().filter(i -> i >= 0).toList();
    if (!isNumber(axis)) {
      return present.stream().map(i -> all.get(i).toString()).collect(Collectors.joining("|"));
    }
    int first = present.get(0);
    int last = present.get(present.size() - 1);
    String name = cells.axes().get(axis).symbol();
    if (first == 0 && last == all.size() - 1) {
      return "";
    } else if (first == last) {
      return name + " = " + text(all.get(first));
    } else if (last == all.size() - 1) {
      return name + " ≥ " + text(all.get(first));
    } else if (first == 0) {
      return name + " ≤ " + text(all.get(last));
    }
    return name + " " + text(all.get(first)) + "–" + text(all.get(last));
  }

  private static String text(Object number) {
    return number instanceof Double d ? NumberText.of(d) : number.toString();
  }
}
