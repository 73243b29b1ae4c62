package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Kernels;
import org.phasemap.measure.Propagation;
import org.phasemap.measure.PropagationResult;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;

/** Measures one unit where the task runs. A cell that fails becomes a row that says so. */
final class UnitRunner {
  private UnitRunner() {}

  /** A row for each cell of the unit. */
  static List<Row> run(Unit unit, Backend backend) {
    long start = System.nanoTime();
    GpuResources.bind();
    try (Kernel kernel = Kernels.open(backend)) {
      List<Map<String, @Nullable Object>> measured = measure(kernel, unit);
      double seconds = (System.nanoTime() - start) * 1e-9;
      List<Row> rows = new ArrayList<>();
      for (Map<String, @Nullable Object> row : measured) {
        row.put("replicate", unit.replicate());
        row.put("sampler", unit.sampler().id());
        row.put("backend", backend.name().toLowerCase(Locale.ROOT));
        row.put("unit_seconds", seconds);
        row.put("unit_rows", (long) measured.size());
        rows.add(ReplicateRows.row(row));
      }
      return rows;
    }
  }

  private static List<Map<String, @Nullable Object>> measure(Kernel kernel, Unit unit) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try {
      if (unit.task() instanceof Task.Training task) {
        rows.addAll(TrainingRows.of(kernel, unit, task));
      } else {
        for (PropagationResult result : Propagation.measure(kernel, unit)) {
          Map<String, @Nullable Object> row = ReplicateRows.configuration(result.cell());
          ReplicateRows.addPropagation(result, row);
          row.put("status", "measured");
          rows.add(row);
        }
      }
      return rows;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (unit.cells().size() == 1) {
        return List.of(failed(unit.cells().get(0), e));
      }
    }
    // One cell's failure is not its neighbours': measure each alone.
    rows.clear();
    for (Cell cell : unit.cells()) {
      rows.addAll(
          measure(
              kernel,
              new Unit(
                  unit.seed(), unit.replicate(), unit.sampler(), unit.sharing(), List.of(cell))));
    }
    return rows;
  }

  private static Map<String, @Nullable Object> failed(Cell cell, Throwable e) {
    Map<String, @Nullable Object> row = ReplicateRows.configuration(cell);
    row.put("status", "failed");
    row.put("error_class", e.getClass().getName());
    row.put("error_message", String.valueOf(e.getMessage()));
    return row;
  }
}
