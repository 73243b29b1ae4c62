package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.measure.Probers;
import org.phasemap.measure.PropagationResult;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.CostModel;

/** Measures one unit where the task runs. A cell that fails becomes a row that says so. */
final class UnitRunner {
  private UnitRunner() {}

  /**
   * What a unit came to.
   *
   * @param rows of {@code replicates}, one for each cell
   * @param failedCells ids of the cells of rows that failed, one for each such row
   */
  record Rows(List<@Nullable Object[]> rows, List<String> failedCells) {}

  /**
   * Measures all cells of a unit.
   *
   * @param cellSeconds longest that a cell may take
   */
  static Rows run(Unit unit, double cellSeconds) {
    long start = System.nanoTime();
    GpuResources.bind(unit.backend());
    try (Kernel kernel = unit.backend().open()) {
      List<Map<String, @Nullable Object>> measured = measure(kernel, unit, cellSeconds);
      return rows(unit, measured, (System.nanoTime() - start) * 1e-9);
    }
  }

  /** Rows of a unit that cannot be measured. */
  static Rows failed(Unit unit, Throwable fault) {
    return rows(unit, unit.cells().stream().map(cell -> failed(cell, fault)).toList(), 0);
  }

  private static Rows rows(
      Unit unit, List<Map<String, @Nullable Object>> measured, double seconds) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map<String, @Nullable Object> row : measured) {
      row.put("replicate", unit.replicate());
      row.put("sampler", unit.sampler().id());
      row.put("backend", unit.backend().id());
      row.put("unit_seconds", seconds);
      row.put("unit_rows", (long) measured.size());
      rows.add(ReplicateRows.row(row));
    }
    List<String> failedCells =
        measured.stream()
            .filter(row -> "failed".equals(row.get("status")))
            .map(row -> String.valueOf(row.get("cell_id")))
            .toList();
    return new Rows(rows, failedCells);
  }

  private static List<Map<String, @Nullable Object>> measure(
      Kernel kernel, Unit unit, double cellSeconds) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try {
      checkMemory(unit);
      kernel.guard(new TimeLimit(unit.cells().size() * cellSeconds));
      if (unit.task() instanceof Task.Training task) {
        rows.addAll(TrainingRows.of(kernel, unit, task));
      } else {
        for (PropagationResult result : Probers.of(unit.architecture()).measure(kernel, unit)) {
          Map<String, @Nullable Object> row = RecordedCell.row(result.cell());
          ReplicateRows.addPropagation(result, row);
          row.put("status", "measured");
          rows.add(row);
        }
      }
      return rows;
    } catch (TaskKilledException | UserException e) {
      throw e; // Nothing is wrong with the cell: the user misses a file where the task runs.
    } catch (RuntimeException | OutOfMemoryError e) {
      if (unit.cells().size() == 1) {
        return List.of(failed(unit.cells().get(0), e));
      }
    }
    // One cell's failure is not its neighbours': measure each alone.
    rows.clear();
    for (Cell cell : unit.cells()) {
      rows.addAll(measure(kernel, unit.alone(cell), cellSeconds));
    }
    return rows;
  }

  private static void checkMemory(Unit unit) {
    double bytes = CostModel.bytes(unit);
    long limit = NativeMemory.limit();
    if (limit > 0 && bytes > limit) {
      throw new OutOfMemoryError(
          String.format(
              "%,.0f MB are needed outside the Java heap, this process may have %,.0f MB",
              bytes / 1e6, limit / 1e6));
    }
  }

  private static Map<String, @Nullable Object> failed(Cell cell, Throwable e) {
    Map<String, @Nullable Object> row = RecordedCell.row(cell);
    row.put("status", "failed");
    row.put("error_class", e.getClass().getName());
    row.put("error_message", String.valueOf(e.getMessage()));
    return row;
  }
}
