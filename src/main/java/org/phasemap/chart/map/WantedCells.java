package org.phasemap.chart.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.phasemap.chart.Counted;
import org.phasemap.chart.Rounded;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;
import org.phasemap.spec.file.SpecReader;

/**
 * Which values the spec of a results folder wants on its axes, and in which order. A folder may
 * hold more: a spec may be narrowed, and no row is lost.
 *
 * @param values of each axis, as columns hold them, by task; nothing of a task that the spec has
 *     not
 * @param fault why all cells are wanted although there is a spec; empty where it was read
 */
public record WantedCells(Map<String, Map<Axis<?>, List<Object>>> values, Optional<String> fault) {
  private static final WantedCells ALL = new WantedCells(Map.of(), Optional.empty());

  /** Those of a resolved spec; all cells where there is none, or none that can be read. */
  public static WantedCells of(String specYaml) {
    if (specYaml.isEmpty()) {
      return ALL;
    }
    Spec spec;
    try {
      spec = SpecReader.resolved(specYaml, "spec.yaml", FileAccess.PLAIN);
    } catch (UserException e) {
      return new WantedCells(
          Map.of(),
          Optional.of(
              "all cells of the folder are drawn, since its spec cannot be read: "
                  + e.getMessage()));
    }
    Map<String, Map<Axis<?>, List<Object>>> values = new LinkedHashMap<>();
    values.put(TaskKind.PROPAGATION.id(), stored(spec.network()));
    Training training = spec.training();
    if (training != null) {
      values.put(TaskKind.TRAINING.id(), stored(training.network()));
    }
    return new WantedCells(values, Optional.empty());
  }

  private static Map<Axis<?>, List<Object>> stored(NetworkAxes axes) {
    Map<Axis<?>, List<Object>> stored = new LinkedHashMap<>();
    axes.lists().keySet().forEach(axis -> stored.put(axis, stored(axes, axis)));
    if (axes.rescaleForSparsity()) {
      stored.computeIfPresent(
          Axis.SIGMA_W2, (axis, all) -> rescaled(axes.values(Axis.SIGMA_W2), axes));
    }
    return stored;
  }

  /** σ_w² as cells have it where it is divided by p. */
  private static List<Object> rescaled(List<Double> sigmaW2, NetworkAxes axes) {
    return axes.values(Axis.KEEP_PROBABILITY).stream()
        .flatMap(p -> sigmaW2.stream().<Object>map(variance -> variance * (1 / p)))
        .distinct()
        .toList();
  }

  private static <T> List<Object> stored(NetworkAxes axes, Axis<T> axis) {
    return axes.values(axis).stream().map(axis::toStored).toList();
  }

  /** The cells {@code c} that are wanted; all of a task that the spec says nothing of. */
  Condition condition() {
    List<Condition> all = new ArrayList<>();
    values.forEach(
        (task, axes) ->
            axes.forEach(
                (axis, wanted) -> {
                  List<Object> bound = new ArrayList<>(List.of(task));
                  bound.addAll(wanted);
                  String marks = wanted.stream().map(v -> "?").collect(Collectors.joining(", "));
                  all.add(
                      new Condition(
                          "c.task <> ? or c.%1$s is null or c.%1$s in (%2$s)"
                              .formatted(axis.column(), marks),
                          bound));
                }));
    return Condition.allOf(all);
  }

  /** Hides the cells that are not wanted from all later questions, and says which there are. */
  public Optional<String> hideOthers(Query query) {
    if (fault.isPresent()) {
      return fault;
    }
    Condition wanted = condition();
    Condition others = new Condition("not (" + wanted.sql() + ")", wanted.values());
    long count = query.rows("select count(*) as n from cells c where %s", others).row(0).whole("n");
    if (count == 0) {
      return Optional.empty();
    }
    String said = others(query);
    query.keepCells(wanted);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the folder also holds %s that its spec does not want now: %s",
            Counted.of(count, "cell"),
            said));
  }

  /** Values of cells that no longer stand in the spec. */
  private String others(Query query) {
    Map<String, List<String>> others = new LinkedHashMap<>();
    values.forEach(
        (task, axes) ->
            axes.forEach(
                (axis, wanted) -> {
                  for (Object value : present(query, task, axis)) {
                    String text = Rounded.value(value);
                    List<String> said =
                        others.computeIfAbsent(axis.label(), label -> new ArrayList<>());
                    if (!wanted.contains(value) && !said.contains(text)) {
                      said.add(text);
                    }
                  }
                }));
    return others.entrySet().stream()
        .filter(axis -> !axis.getValue().isEmpty())
        .map(axis -> axis.getKey() + " " + String.join(", ", axis.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static List<Object> present(Query query, String task, Axis<?> axis) {
    String sql =
        "select distinct %1$s as v from cells where %1$s is not null and task = ? order by v";
    List<Object> present = new ArrayList<>();
    for (Rows.Row row : query.rows(sql.formatted(axis.column()), task)) {
      Object value = row.value("v");
      if (value != null) {
        present.add(value);
      }
    }
    return present;
  }

  /**
   * Names in the order of the spec; numbers by size, the largest first where their axis says so.
   */
  public List<Object> sorted(Axis<?> axis, List<Object> present) {
    List<Object> wanted =
        values.values().stream()
            .flatMap(axes -> axes.getOrDefault(axis, List.of()).stream())
            .distinct()
            .toList();
    List<Object> sorted = new ArrayList<>(present);
    if (axis.stored() == String.class) {
      sorted.sort(
          Comparator.comparing(
              value -> wanted.contains(value) ? wanted.indexOf(value) : wanted.size()));
    }
    return sorted;
  }
}
