package org.phasemap.sweep;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;
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
    for (int i = 0; i < figures.scalars().length; i++) {
      Scalar scalar = figures.scalars()[i];
      if (scalar != null) {
        add(ReplicateFigures.AVERAGED.get(i), scalar, figures.measured(), row);
      }
    }
    return Schemas.row(Tables.cells(), row);
  }

  private static void add(
      Quantity quantity, Scalar scalar, long measured, Map<String, @Nullable Object> row) {
    row.put(Figure.MEAN.column(quantity), scalar.mean());
    row.put(Figure.SE.column(quantity), scalar.sd() / Math.sqrt((double) scalar.count()));
    // Networks without a value are no random choice of all, so the others' mean has no z.
    if (scalar.count() == measured
        && row.get(Figure.EXPECTED.column(quantity)) instanceof Double expected
        && row.get(Figure.EXPECTED_SD.column(quantity)) instanceof Double sd
        && sd > 0) {
      row.put(
          Figure.Z.column(quantity),
          (scalar.mean() - expected) / sd * Math.sqrt((double) scalar.count()));
    }
    if (Figure.COUNT.isOf(quantity)) {
      row.put(Figure.COUNT.column(quantity), scalar.count());
      row.put(Figure.Q05.column(quantity), scalar.quantiles()[0]);
      row.put(Figure.Q50.column(quantity), scalar.quantiles()[1]);
      row.put(Figure.Q95.column(quantity), scalar.quantiles()[2]);
    }
  }
}
