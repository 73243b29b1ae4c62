package org.phasemap.sweep;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Tables;
import org.phasemap.sweep.CellFigures.Scalar;

/** Makes a row of {@code cells}. */
final class CellRow {
  private CellRow() {}

  /**
   * The row of a cell.
   *
   * @param row what the plan knows of it; is changed
   */
  static @Nullable Object[] of(CellFigures figures, Map<String, @Nullable Object> row) {
    for (int i = 0; i < figures.configuration().length; i++) {
      row.put(Tables.configuration().get(i).name(), figures.configuration()[i]);
    }
    row.put("replicates", figures.measured());
    row.put("failed", figures.failed());
    Categories categories = figures.categories();
    row.put("finite", categories.finite());
    if ("training".equals(row.get("task"))) {
      row.put("trained", categories.trained());
      if (figures.measured() > 0) {
        row.putAll(TrainedShare.of(categories.trained(), figures.measured()));
      }
    } else {
      row.put("exploded", categories.exploded());
      row.put("vanished", categories.vanished());
    }
    figures.scalars().forEach((name, scalar) -> add(name, scalar, figures.measured(), row));
    return Schemas.row(Tables.cells(), row);
  }

  /** Networks without a value are no random choice of all, so the others' mean has no z. */
  private static void add(
      String name, Scalar scalar, long measured, Map<String, @Nullable Object> row) {
    row.put(name + "_mean", scalar.mean());
    row.put(name + "_se", scalar.sd() / Math.sqrt((double) scalar.count()));
    if (scalar.count() == measured
        && Tables.EXPECTED.contains(name)
        && row.get("expected_" + name) instanceof Double expected
        && row.get("expected_" + name + "_sd") instanceof Double sd
        && sd > 0) {
      row.put("z_" + name, (scalar.mean() - expected) / sd * Math.sqrt((double) scalar.count()));
    }
    if (Tables.COMPARED.contains(name)) {
      row.put(name + "_count", scalar.count());
      row.put(name + "_q05", scalar.quantiles()[0]);
      row.put(name + "_q50", scalar.quantiles()[1]);
      row.put(name + "_q95", scalar.quantiles()[2]);
    }
  }
}
