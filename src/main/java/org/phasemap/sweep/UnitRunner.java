package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.measure.Probers;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.quantity.Measurement;
import org.phasemap.rows.ReplicateRow;
import org.phasemap.rows.ReplicateRow.Circumstances;
import org.phasemap.sweep.cluster.GpuResources;

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
      List<Result> results = measure(kernel, unit, cellSeconds);
      return rows(unit, results, (System.nanoTime() - start) * 1e-9);
    }
  }

  /** Rows of a unit that cannot be measured. */
  static Rows failed(Unit unit, Throwable fault) {
    return rows(unit, unit.cells().stream().map(cell -> new Result(cell, null, fault)).toList(), 0);
  }

  /**
   * What a cell came to.
   *
   * @param measurement null where it failed
   * @param fault null where it was measured
   */
  private record Result(Cell cell, @Nullable Measurement measurement, @Nullable Throwable fault) {
    @Nullable Object[] row(Circumstances circumstances) {
      return measurement == null
          ? ReplicateRow.failed(cell, circumstances, Objects.requireNonNull(fault))
          : ReplicateRow.measured(cell, circumstances, measurement);
    }
  }

  private static Rows rows(Unit unit, List<Result> results, double seconds) {
    Circumstances circumstances =
        new Circumstances(
            unit.replicate(), unit.sampler().id(), unit.backend().id(), seconds, results.size());
    List<@Nullable Object[]> rows = new ArrayList<>();
    results.forEach(result -> rows.add(result.row(circumstances)));
    return new Rows(
        rows,
        results.stream()
            .filter(result -> result.fault() != null)
            .map(result -> result.cell().id())
            .toList());
  }

  private static List<Result> measure(Kernel kernel, Unit unit, double cellSeconds) {
    try {
      checkMemory(unit);
      kernel.guard(new TimeLimit(unit.cells().size() * cellSeconds));
      List<Measurement> measured =
          unit.task() instanceof Task.Training task
              ? TrainedUnit.measure(kernel, unit, task)
              : Probers.of(unit.architecture()).measure(kernel, unit);
      return IntStream.range(0, measured.size())
          .mapToObj(i -> new Result(unit.cells().get(i), measured.get(i), null))
          .toList();
    } catch (TaskKilledException | UserException e) {
      throw e; // Nothing is wrong with the cell: the user misses a file where the task runs.
    } catch (RuntimeException | OutOfMemoryError e) {
      if (unit.cells().size() == 1) {
        return List.of(new Result(unit.cells().get(0), null, e));
      }
    }
    // One cell's failure is not its neighbours': measure each alone.
    return unit.cells().stream()
        .flatMap(cell -> measure(kernel, unit.alone(cell), cellSeconds).stream())
        .toList();
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
}
