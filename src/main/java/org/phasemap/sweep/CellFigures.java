package org.phasemap.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the replicates of a cell come to.
 *
 * @param configuration the cell's columns, in order
 * @param measured rows
 * @param failed rows
 * @param finite rows of that category
 * @param trained rows of that category
 * @param scalars by name; those without a value are left out
 */
record CellFigures(
    @Nullable Object[] configuration,
    long measured,
    long failed,
    long finite,
    long trained,
    Map<String, Scalar> scalars)
    implements Serializable {
  /** The quantiles of a {@link Scalar}, in order. */
  static final double[] PROBABILITIES = {0.05, 0.5, 0.95};

  /**
   * A column of replicates.
   *
   * @param count of values
   * @param mean of these
   * @param sd their standard deviation, of n − 1; NaN for one value
   * @param quantiles the smallest values that at least such shares do not exceed; empty where not
   *     asked for
   */
  record Scalar(long count, double mean, double sd, double[] quantiles) implements Serializable {}

  /** From the rows of a cell, in no order. */
  static CellFigures of(Iterable<ReplicateFigures> rows) {
    List<ReplicateFigures> replicates = new ArrayList<>();
    rows.forEach(replicates::add);
    // Sums of doubles depend on their order: it is that of the replicates' numbers, however many
    // commits they came in.
    replicates.sort(Comparator.comparingInt(ReplicateFigures::replicate));
    Map<String, Scalar> scalars = new LinkedHashMap<>();
    for (int i = 0; i < ReplicateFigures.NAMES.size(); i++) {
      int index = i;
      double[] values =
          replicates.stream()
              .mapToDouble(r -> r.values()[index])
              .filter(v -> !Double.isNaN(v))
              .toArray();
      if (values.length > 0) {
        scalars.put(ReplicateFigures.NAMES.get(i), scalar(values));
      }
    }
    return new CellFigures(
        replicates.stream()
            .map(ReplicateFigures::configuration)
            .filter(configuration -> configuration.length > 0)
            .findFirst()
            .orElseThrow(),
        count(replicates, r -> r.status().equals("measured")),
        count(replicates, r -> r.status().equals("failed")),
        count(replicates, r -> "finite".equals(r.category())),
        count(replicates, r -> "trained".equals(r.category())),
        scalars);
  }

  private static Scalar scalar(double[] values) {
    double mean = StatUtils.mean(values);
    double sd = values.length > 1 ? Math.sqrt(StatUtils.variance(values, mean)) : Double.NaN;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] quantiles =
        Arrays.stream(PROBABILITIES)
            .map(p -> sorted[(int) Math.max(0, Math.ceil(p * sorted.length) - 1)])
            .toArray();
    return new Scalar(values.length, mean, sd, quantiles);
  }

  private static long count(
      List<ReplicateFigures> replicates, Predicate<ReplicateFigures> condition) {
    return replicates.stream().filter(condition).count();
  }
}
