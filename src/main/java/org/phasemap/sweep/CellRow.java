package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Tables;

/** Makes a row of {@code cells}. */
final class CellRow {
  private CellRow() {}

  /**
   * The row of a cell.
   *
   * @param figures of its replicates, in no order
   * @param row what the plan knows of it; is changed
   */
  static @Nullable Object[] of(
      String cell, Iterable<ReplicateFigures> figures, Map<String, @Nullable Object> row) {
    List<ReplicateFigures> replicates = new ArrayList<>();
    figures.forEach(replicates::add);
    // Sums of doubles depend on their order: it is that of the replicates' numbers, however many
    // commits they came in.
    replicates.sort(Comparator.comparingInt(ReplicateFigures::replicate));
    for (ReplicateFigures replicate : replicates) {
      for (int i = 0; i < replicate.configuration().length; i++) {
        row.put(Tables.configuration().get(i).name(), replicate.configuration()[i]);
      }
    }
    row.put("cell_id", cell);
    row.put("replicates", count(replicates, r -> r.status().equals("measured")));
    row.put("failed", count(replicates, r -> r.status().equals("failed")));
    row.put("finite", count(replicates, r -> "finite".equals(r.category())));
    if ("training".equals(row.get("task"))) {
      row.put("trained", count(replicates, r -> "trained".equals(r.category())));
    }
    for (int i = 0; i < ReplicateFigures.NAMES.size(); i++) {
      int index = i;
      double[] values =
          replicates.stream()
              .mapToDouble(r -> r.values()[index])
              .filter(v -> !Double.isNaN(v))
              .toArray();
      if (values.length > 0) {
        add(ReplicateFigures.NAMES.get(i), values, row);
      }
    }
    return Schemas.row(Tables.cells(), row);
  }

  private static long count(
      List<ReplicateFigures> replicates, Predicate<ReplicateFigures> condition) {
    return replicates.stream().filter(condition).count();
  }

  private static void add(String name, double[] values, Map<String, @Nullable Object> row) {
    double mean = StatUtils.mean(values);
    row.put(name + "_mean", mean);
    if (values.length > 1) {
      row.put(name + "_se", Math.sqrt(StatUtils.variance(values, mean) / values.length));
    }
    if (Tables.EXPECTED.contains(name)
        && row.get("expected_" + name) instanceof Double expected
        && row.get("expected_" + name + "_sd") instanceof Double sd
        && sd > 0) {
      row.put("z_" + name, (mean - expected) / sd * Math.sqrt(values.length));
    }
    if (Tables.COMPARED.contains(name)) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      row.put(name + "_q05", quantile(sorted, 5));
      row.put(name + "_q50", quantile(sorted, 50));
      row.put(name + "_q95", quantile(sorted, 95));
    }
  }

  /** The smallest value that at least so many percent do not exceed. */
  private static double quantile(double[] sorted, int percent) {
    return sorted[Math.max(0, (percent * sorted.length + 99) / 100 - 1)];
  }
}
