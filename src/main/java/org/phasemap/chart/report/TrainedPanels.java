package org.phasemap.chart.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.analysis.Trial;
import org.phasemap.chart.ArchitectureNames;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.map.PhaseMap;

/**
 * The maps of training for the terminal: the share of networks that trained, depth × σ, a map for
 * each bias variance and combination of the other axes.
 *
 * <p>P(trained) is a map of its own, because a sweep without a browser should say what it found.
 *
 * @param x {@code sigma_multiplier}, or {@code sigma_w2} where a column has no multiplier
 * @param panels the first maps
 * @param collapses L = k ξ_c of the same maps with the 95 % interval of k, a line for each that has
 *     one
 * @param more how many maps there are beside these
 */
record TrainedPanels(String x, List<PhaseMap> panels, List<String> collapses, int more) {
  private static final int MOST = 4;

  static TrainedPanels of(Map<TrainingMap, List<Collapse>> training) {
    List<TrainingMap> maps = List.copyOf(training.keySet());
    boolean multipliers =
        maps.stream()
            .flatMap(map -> map.columns().stream())
            .allMatch(column -> column.configuration().get("sigma_multiplier") != null);
    Map<Object, String> architectures =
        ArchitectureNames.of(
            maps.stream()
                .flatMap(map -> Stream.ofNullable(map.configuration().get("architecture")))
                .distinct()
                .toList());
    String x = multipliers ? "sigma_multiplier" : "sigma_w2";
    List<PhaseMap> panels = new ArrayList<>();
    List<String> collapses = new ArrayList<>();
    int more = 0;
    for (TrainingMap map : maps) {
      String name = name(map, maps, architectures);
      Map<Double, List<MapColumn>> parts =
          map.columns().stream()
              .collect(
                  Collectors.groupingBy(c -> c.law().sigmaB2(), TreeMap::new, Collectors.toList()));
      boolean drawn = panels.size() < MOST;
      for (Map.Entry<Double, List<MapColumn>> part : parts.entrySet()) {
        if (panels.size() < MOST) {
          String bias = parts.size() > 1 ? ", sigma_b^2 " + Rounded.text(part.getKey(), 3) : "";
          panels.add(panel(name + bias, part.getValue(), x));
        } else {
          more++;
        }
      }
      if (drawn) {
        collapse(training.getOrDefault(map, List.of()), name).ifPresent(collapses::add);
      }
    }
    return new TrainedPanels(x, panels, collapses, more);
  }

  /** The activation, and what else is not the same in all maps. */
  private static String name(
      TrainingMap map, List<TrainingMap> all, Map<Object, String> architectures) {
    return map.configuration().entrySet().stream()
        .filter(
            entry ->
                entry.getKey().equals("activation")
                    || all.stream()
                        .anyMatch(
                            other ->
                                !Objects.equals(
                                    other.configuration().get(entry.getKey()), entry.getValue())))
        .map(entry -> part(entry.getKey(), entry.getValue(), architectures))
        .collect(Collectors.joining(", "));
  }

  private static String part(
      String name, @Nullable Object value, Map<Object, String> architectures) {
    return value instanceof Number number
        ? name.replace('_', ' ') + " " + Rounded.text(number.doubleValue(), 4)
        : value == null
            ? "no " + name.replace('_', ' ')
            : architectures.getOrDefault(value, value.toString());
  }

  private static PhaseMap panel(String name, List<MapColumn> columns, String x) {
    TreeMap<Double, MapColumn> byX = new TreeMap<>();
    columns.forEach(c -> byX.put(number(c, x), c));
    TreeSet<Integer> depths = new TreeSet<>();
    columns.forEach(column -> column.trials().forEach(trial -> depths.add(trial.depth())));
    Map<Integer, List<PhaseMap.Spot>> rows = new LinkedHashMap<>();
    depths.forEach(depth -> rows.put(depth, new ArrayList<>()));
    for (MapColumn column : byX.values()) {
      Map<Integer, List<Trial>> trials =
          column.trials().stream().collect(Collectors.groupingBy(Trial::depth));
      double boundary = Boundary.withoutInterval(column.trials()).depth();
      Integer deepest = boundary >= 1 ? new TreeSet<>(trials.keySet()).floor((int) boundary) : null;
      rows.forEach(
          (depth, row) -> {
            PhaseMap.Spot spot = spot(trials.getOrDefault(depth, List.of()), lnChi1(column));
            row.add(depth.equals(deepest) ? spot.asMarked() : spot);
          });
    }
    return new PhaseMap(
        name,
        List.copyOf(byX.keySet()),
        depths.stream().map(Integer::doubleValue).toList(),
        List.copyOf(rows.values()));
  }

  private static PhaseMap.Spot spot(List<Trial> trials, double lnChi1) {
    double share = trials.stream().mapToInt(t -> t.trained() ? 1 : 0).average().orElse(Double.NaN);
    PhaseMap.State state = trials.isEmpty() ? PhaseMap.State.ABSENT : PhaseMap.State.FINITE;
    return new PhaseMap.Spot(state, share, Double.NaN, lnChi1, false);
  }

  private static double number(MapColumn column, String name) {
    return column.configuration().get(name) instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  /** NaN of architectures without one. */
  private static double lnChi1(MapColumn column) {
    return column
        .side()
        .map(side -> (side == MapColumn.Side.ORDERED ? -1 : 1) / column.xiGradient())
        .orElse(Double.NaN);
  }

  private static Optional<String> collapse(List<Collapse> ofMap, String name) {
    String sides =
        ofMap.stream()
            .filter(collapse -> !Double.isNaN(collapse.k()))
            .map(TrainedPanels::words)
            .collect(Collectors.joining(", "));
    return sides.isEmpty() ? Optional.empty() : Optional.of("    " + sides + ": " + name);
  }

  private static String words(Collapse collapse) {
    String interval =
        !Double.isFinite(collapse.high())
            ? ""
            : String.format(Locale.ROOT, " (%.2f..%.2f)", collapse.low(), collapse.high());
    String side = collapse.side().name().toLowerCase(Locale.ROOT);
    return String.format(Locale.ROOT, "%s %.2f%s", side, collapse.k(), interval);
  }
}
