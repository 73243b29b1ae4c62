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
import org.phasemap.analysis.regress.Region.Effect;

/**
 * Changed cells as regions. Two of them are neighbours where they differ by one step on one axis of
 * numbers; what can be reached over neighbours is a region. Regions that span the same numbers
 * under several names (activations, laws) are told as one.
 */
final class Regions {
  private final Grid grid;

  private Regions(Grid grid) {
    this.grid = grid;
  }

  /** Of what was found, the largest first. */
  static List<Region> of(List<Change> changes, Grid grid, int cells) {
    Map<String, List<Change>> byCell = new LinkedHashMap<>();
    changes.stream()
        .filter(Change::isFound)
        .forEach(c -> byCell.computeIfAbsent(c.cell(), k -> new ArrayList<>()).add(c));
    if (byCell.isEmpty()) {
      return List.of();
    }
    Regions regions = new Regions(grid);
    return regions.merged(regions.connected(byCell.keySet())).stream()
        .map(group -> regions.region(group, byCell, cells))
        .sorted(Comparator.comparingInt(Region::cells).reversed().thenComparing(Region::where))
        .toList();
  }

  private boolean isNumber(int axis) {
    return grid.axes().get(axis).isNumber();
  }

  private IntStream axes() {
    return IntStream.range(0, grid.axes().size());
  }

  private List<Set<String>> connected(Set<String> changed) {
    Map<List<Integer>, List<String>> at = new HashMap<>();
    changed.forEach(cell -> at.computeIfAbsent(grid.place(cell), k -> new ArrayList<>()).add(cell));
    List<Set<String>> groups = new ArrayList<>();
    Set<List<Integer>> seen = new HashSet<>();
    for (String cell : changed) {
      List<List<Integer>> open = new ArrayList<>();
      visit(grid.place(cell), seen, open);
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
      List<String> span = axes().filter(this::isNumber).mapToObj(a -> span(group, a)).toList();
      bySpan.computeIfAbsent(span, k -> new LinkedHashSet<>()).addAll(group);
    }
    return List.copyOf(bySpan.values());
  }

  private Region region(Set<String> group, Map<String, List<Change>> byCell, int cells) {
    String where =
        axes()
            .mapToObj(a -> span(group, a))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    Map<String, List<Change>> bySubject = new TreeMap<>();
    group.forEach(
        cell ->
            byCell
                .getOrDefault(cell, List.of())
                .forEach(
                    c ->
                        bySubject
                            .computeIfAbsent(c.subject().id(), k -> new ArrayList<>())
                            .add(c)));
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
        (double) group.size() / cells,
        effects);
  }

  private static Effect effect(List<Change> changes) {
    double[] differences = changes.stream().mapToDouble(Change::difference).sorted().toArray();
    long worse = changes.stream().filter(c -> c.verdict() == Verdict.WORSE).count();
    return new Effect(
        changes.get(0).subject(),
        changes.size(),
        (int) worse,
        differences[(differences.length - 1) / 2]);
  }

  /** What of an axis a group spans; empty where all of it. */
  private String span(Set<String> group, int axis) {
    List<String> all = grid.axes().get(axis).values();
    List<Integer> indices =
        group.stream().map(cell -> grid.place(cell).get(axis)).distinct().sorted().toList();
    List<Integer> present = indices.stream().filter(i -> i >= 0).toList();
    if (present.size() == all.size() || present.isEmpty()) {
      return "";
    }
    if (!isNumber(axis)) {
      return present.stream().map(all::get).collect(Collectors.joining("|"));
    }
    int first = present.get(0);
    int last = present.get(present.size() - 1);
    String name = grid.axes().get(axis).symbol();
    if (first == 0 && last == all.size() - 1) {
      return "";
    } else if (first == last) {
      return name + " = " + all.get(first);
    } else if (last == all.size() - 1) {
      return name + " ≥ " + all.get(first);
    } else if (first == 0) {
      return name + " ≤ " + all.get(last);
    }
    return name + " " + all.get(first) + "–" + all.get(last);
  }
}
