package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.analysis.Trial;

/**
 * How far the depth to which networks can be trained has moved in a column of the map (docs/
 * boundaries.md). Replicates are drawn again with replacement, the same ones for both sweeps where
 * they share random numbers, and the middle 95 % of the shifts is the interval (Efron 1979). It
 * says where the boundary went and decides nothing: P(trained) of the cells is tested.
 *
 * @param where the column
 * @param before depth in the baseline
 * @param after in the candidate
 * @param low lower end of the interval of after/before; NaN with fewer than {@link #FEWEST}
 * @param high upper end
 * @param replicates that were drawn from
 */
public record BoundaryShift(
    String where, double before, double after, double low, double high, int replicates) {
  /** Draws of fewer are too often all alike. */
  public static final int FEWEST = 5;

  private static final int DRAWS = 1_000;

  /** Draws are the same each time. */
  private static final long SEED = 19;

  /** Of the columns that both have and in which both have a boundary. */
  static List<BoundaryShift> of(
      List<TrainingMap> before, List<TrainingMap> after, Pairing pairing) {
    Map<Map<String, @Nullable Object>, MapColumn> columns = columns(before);
    List<BoundaryShift> shifts = new ArrayList<>();
    columns(after)
        .forEach(
            (configuration, column) -> {
              MapColumn former = columns.get(configuration);
              if (former != null && isBounded(former) && isBounded(column)) {
                String where = where(configuration, columns.keySet());
                shifts.add(of(where, former.trials(), column.trials(), pairing));
              }
            });
    return List.copyOf(shifts);
  }

  private static Map<Map<String, @Nullable Object>, MapColumn> columns(List<TrainingMap> maps) {
    Map<Map<String, @Nullable Object>, MapColumn> columns = new LinkedHashMap<>();
    maps.forEach(map -> map.columns().forEach(c -> columns.put(c.configuration(), c)));
    return columns;
  }

  private static boolean isBounded(MapColumn column) {
    return depth(column.trials()) > 0;
  }

  private static double depth(List<Trial> trials) {
    double depth = Boundary.withoutInterval(trials).depth();
    return Double.isNaN(depth) ? 0 : depth;
  }

  static BoundaryShift of(String where, List<Trial> before, List<Trial> after, Pairing pairing) {
    List<Integer> numbers = numbers(before);
    List<Integer> numbersAfter = numbers(after);
    double was = depth(before);
    double is = depth(after);
    if (numbers.size() < FEWEST) {
      return new BoundaryShift(where, was, is, Double.NaN, Double.NaN, numbers.size());
    }
    Map<Integer, List<Trial>> ofBefore = byNumber(before);
    Map<Integer, List<Trial>> ofAfter = byNumber(after);
    Random random = new Random(SEED);
    double[] ratios = new double[DRAWS];
    int drawn = 0;
    for (int i = 0; i < DRAWS; i++) {
      List<Integer> first = draw(numbers, random);
      List<Integer> second = pairing == Pairing.PAIRED ? first : draw(numbersAfter, random);
      double from = depth(chosen(ofBefore, first));
      double to = depth(chosen(ofAfter, second));
      if (from > 0 && to > 0) {
        ratios[drawn++] = to / from;
      }
    }
    double[] sorted = Arrays.copyOf(ratios, drawn);
    Arrays.sort(sorted);
    return drawn < DRAWS / 2
        ? new BoundaryShift(where, was, is, Double.NaN, Double.NaN, numbers.size())
        : new BoundaryShift(
            where,
            was,
            is,
            sorted[(int) (0.025 * drawn)],
            sorted[Math.min(drawn - 1, (int) (0.975 * drawn))],
            numbers.size());
  }

  private static List<Integer> numbers(List<Trial> trials) {
    return List.copyOf(
        trials.stream().map(Trial::replicate).collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<Integer> draw(List<Integer> numbers, Random random) {
    return numbers.stream().map(n -> numbers.get(random.nextInt(numbers.size()))).toList();
  }

  private static Map<Integer, List<Trial>> byNumber(List<Trial> trials) {
    return trials.stream().collect(Collectors.groupingBy(Trial::replicate));
  }

  private static List<Trial> chosen(Map<Integer, List<Trial>> byNumber, List<Integer> numbers) {
    List<Trial> chosen = new ArrayList<>();
    numbers.forEach(n -> chosen.addAll(byNumber.getOrDefault(n, List.of())));
    return chosen;
  }

  /** The activation, and what else the columns differ in. */
  private static String where(
      Map<String, @Nullable Object> configuration, Iterable<Map<String, @Nullable Object>> all) {
    List<String> parts = new ArrayList<>();
    configuration.forEach(
        (name, value) -> {
          boolean differs = false;
          for (Map<String, @Nullable Object> other : all) {
            differs |= !java.util.Objects.equals(other.get(name), value);
          }
          if (value != null && (differs || name.equals("activation"))) {
            parts.add(
                value instanceof Double d
                    ? name + " " + NumberText.of(d)
                    : name.equals("activation") ? value.toString() : name + " " + value);
          }
        });
    return String.join(", ", parts);
  }

  /** after/before: 1 where the boundary is where it was. */
  public double ratio() {
    return after / before;
  }
}
