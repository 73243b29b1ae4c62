package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * What a sweep trained: columns that differ in σ_w² and σ_b² alone.
 *
 * @param configuration what they have in common, by the names of docs/tables.md
 * @param columns in the order of σ_b² and σ_w²
 */
public record TrainingMap(Map<String, @Nullable Object> configuration, List<MapColumn> columns) {
  private static final List<Axis<?>> OF_COLUMNS =
      List.of(Axis.SIGMA_MULTIPLIER, Axis.SIGMA_W2, Axis.SIGMA_B2);

  /** What cells of a column differ in, all cells share, or the caller may have chosen. */
  private static final List<Axis<?>> OF_CELLS =
      List.of(Axis.DEPTH, Axis.TASK, Axis.ACCURACY_THRESHOLD);

  private static final List<Axis<?>> OF_MAPS =
      Axis.all().stream()
          .filter(axis -> !OF_COLUMNS.contains(axis) && !OF_CELLS.contains(axis))
          .toList();

  /**
   * The maps of a sweep, counted by the spec's accuracy threshold or by another one.
   *
   * @param errors of the cells: where they are independent, no two networks share a number
   * @param threshold training accuracy from which a network that did not diverge counts as trained;
   *     empty for the spec's
   * @return a map for each combination of the other axes, the spec's threshold among them if that
   *     decides; empty where nothing was trained
   */
  public static List<TrainingMap> of(Query query, CellErrors errors, OptionalDouble threshold) {
    Condition trained =
        threshold.isPresent()
            ? Condition.of(
                "coalesce(category <> 'diverged' and train_accuracy >= ?, false)",
                threshold.getAsDouble())
            : Condition.is("category", "trained");
    List<Axis<?>> ofMaps = new ArrayList<>(OF_MAPS);
    if (threshold.isEmpty()) {
      ofMaps.add(Axis.ACCURACY_THRESHOLD);
    }
    String keys =
        Stream.concat(ofMaps.stream(), OF_COLUMNS.stream())
            .map(Axis::column)
            .collect(Collectors.joining(", "));
    Rows rows =
        query.rows(
            "select "
                + keys
                + ", depth, replicate, (%s) as is_trained from replicates"
                + " where task = 'training' and status = 'measured'"
                + " order by activation, width, sigma_b2, sigma_w2, depth, replicate, "
                + keys,
            trained);
    Map<Map<String, @Nullable Object>, Map<Map<String, @Nullable Object>, List<Trial>>> maps =
        new LinkedHashMap<>();
    int network = 0;
    for (Rows.Row row : rows) {
      int number = errors == CellErrors.INDEPENDENT ? network++ : (int) row.whole("replicate");
      maps.computeIfAbsent(values(row, ofMaps), key -> new LinkedHashMap<>())
          .computeIfAbsent(values(row, OF_COLUMNS), key -> new ArrayList<>())
          .add(
              new Trial(
                  (int) row.whole("depth"), number, Boolean.TRUE.equals(row.value("is_trained"))));
    }
    List<TrainingMap> all = new ArrayList<>();
    maps.forEach(
        (map, columns) -> {
          List<MapColumn> list = new ArrayList<>();
          columns.forEach((column, trials) -> list.add(column(map, column, trials)));
          all.add(new TrainingMap(map, List.copyOf(list)));
        });
    return List.copyOf(all);
  }

  private static MapColumn column(
      Map<String, @Nullable Object> map, Map<String, @Nullable Object> column, List<Trial> trials) {
    Map<String, @Nullable Object> configuration = new LinkedHashMap<>(map);
    configuration.putAll(column);
    NetworkLaw law =
        new NetworkLaw(
            Families.ofTable(String.valueOf(map.get(Axis.ARCHITECTURE.column()))),
            Activations.ofTable(String.valueOf(map.get(Axis.ACTIVATION.column()))),
            number(column, Axis.SIGMA_W2),
            number(map, Axis.KEEP_PROBABILITY),
            number(column, Axis.SIGMA_B2));
    return new MapColumn(configuration, law, List.copyOf(trials));
  }

  private static double number(Map<String, @Nullable Object> values, Axis<Double> axis) {
    return values.get(axis.column()) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static Map<String, @Nullable Object> values(Rows.Row row, List<Axis<?>> axes) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    axes.forEach(axis -> values.put(axis.column(), row.value(axis.column())));
    return values;
  }
}
