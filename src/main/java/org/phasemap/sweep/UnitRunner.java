package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.measure.Probers;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
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
  record Rows(List<@Nullable Object[]> rows, List<String> failedCells) {
    private void add(Rows more) {
      rows.addAll(more.rows);
      failedCells.addAll(more.failedCells);
    }
  }

  /**
   * Measures all cells of units: those that a device takes on the device, all together, the others
   * one after the other on the CPU.
   *
   * @param cellSeconds longest that a cell may take
   */
  static Rows run(List<Unit> units, double cellSeconds) {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
    List<Unit> onCpu = units;
    if (units.stream().anyMatch(DeviceUnits::takes)) {
      Backend backend = units.get(0).backend();
      GpuResources.bind(backend);
      try (Kernel kernel = backend.open();
          CudaDevice device = CudaDevice.open()) {
        Predicate<Unit> taken = unit -> DeviceUnits.takes(unit, device);
        List<Unit> onDevice = units.stream().filter(taken).toList();
        onCpu = units.stream().filter(taken.negate()).toList();
        if (!onDevice.isEmpty()) {
          runOnDevice(new Machine(device, kernel, cellSeconds), onDevice, rows);
        }
      }
    }
    onCpu.forEach(unit -> rows.add(run(unit, cellSeconds)));
    return rows;
  }

  /**
   * What measures units together, and how long a cell of them may take.
   *
   * @param kernel of the CPU
   */
  private record Machine(CudaDevice device, Kernel kernel, double cellSeconds) {
    List<List<Measurement>> measure(List<Unit> units, int cells) {
      TimeLimit limit = new TimeLimit(cells * cellSeconds);
      device.guard(limit);
      kernel.guard(limit);
      return DeviceUnits.measure(device, kernel, units);
    }
  }

  /** Where units fail together, each half is tried alone, down to a cell. */
  private static void runOnDevice(Machine machine, List<Unit> units, Rows rows) {
    long start = System.nanoTime();
    try {
      int all = units.stream().mapToInt(unit -> unit.cells().size()).sum();
      List<List<Measurement>> measured = machine.measure(units, all);
      double perCell = (System.nanoTime() - start) * 1e-9 / all;
      for (int i = 0; i < units.size(); i++) {
        Unit unit = units.get(i);
        rows.add(
            rows(
                unit,
                unit.backend().id(),
                results(unit, measured.get(i)),
                perCell * unit.cells().size()));
      }
      return;
    } catch (TaskKilledException | UserException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (units.size() == 1 && units.get(0).cells().size() == 1) {
        rows.add(failed(units.get(0), e));
        return;
      }
    }
    List<Unit> parts =
        units.size() > 1 ? units : units.get(0).cells().stream().map(units.get(0)::alone).toList();
    int half = parts.size() / 2;
    runOnDevice(machine, parts.subList(0, half), rows);
    runOnDevice(machine, parts.subList(half, parts.size()), rows);
  }

  private static Rows run(Unit unit, double cellSeconds) {
    long start = System.nanoTime();
    try (Kernel kernel = unit.backend().open()) {
      List<Result> results = measure(kernel, unit, cellSeconds);
      return rows(unit, kernel.name(), results, (System.nanoTime() - start) * 1e-9);
    }
  }

  /** Rows of units that cannot be measured. */
  static Rows failed(List<Unit> units, Throwable fault) {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
    units.forEach(unit -> rows.add(failed(unit, fault)));
    return rows;
  }

  private static Rows failed(Unit unit, Throwable fault) {
    return rows(
        unit,
        unit.backend().id(),
        unit.cells().stream().map(cell -> new Result(cell, null, fault)).toList(),
        0);
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

  private static Rows rows(Unit unit, String backend, List<Result> results, double seconds) {
    Circumstances circumstances =
        new Circumstances(unit.replicate(), unit.sampler().id(), backend, seconds, results.size());
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
          unit.task()
              .read(
                  propagation -> Probers.of(unit.architecture()).measure(kernel, unit),
                  training -> TrainedUnit.measure(kernel, unit, training));
      return results(unit, measured);
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

  private static List<Result> results(Unit unit, List<Measurement> measured) {
    return IntStream.range(0, measured.size())
        .mapToObj(i -> new Result(unit.cells().get(i), measured.get(i), null))
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
