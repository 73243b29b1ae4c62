package org.phasemap.plan.cost;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Progress;
import org.phasemap.plan.Unit;

/** The work that a plan asks for: units, longest first, and tasks of them. */
public final class Schedule {
  /** A task's work: long beside what starting it costs, short beside a wave. */
  private static final double TASK_SECONDS = 2;

  /** The last tasks end at different times: on average half of one's work is idle on each core. */
  private static final int TASKS_PER_CORE = 50;

  /** The least work of a task whose units a device measures, some thousand networks. */
  private static final double DEVICE_TASK_SECONDS = 0.25;

  private static final int DEVICE_TASKS_PER_CORE = 4;

  private Schedule() {}

  /** Units of {@link Plan#rows}. */
  public static List<Unit> most(Plan plan) {
    return units(
        plan, plan.cells().stream().map(cell -> first(plan.replicates(cell).max())).toList());
  }

  /** Units of {@link Plan#fewestRows}. */
  public static List<Unit> fewest(Plan plan) {
    return units(
        plan, plan.cells().stream().map(cell -> first(plan.replicates(cell).min())).toList());
  }

  /** Units of the rows that are missing. */
  public static List<Unit> missing(Progress progress) {
    return units(progress.plan(), List.copyOf(progress.missingReplicates().values()));
  }

  /** One replicate of one cell, drawn as in the plan's sweep. */
  public static Unit alone(Plan plan, Cell cell, int replicate) {
    return new Units(plan).of(List.of(cell), replicate).get(0);
  }

  /**
   * Units of some replicates.
   *
   * @param wanted replicates of each cell, in the order of the plan's cells
   */
  private static List<Unit> units(Plan plan, List<BitSet> wanted) {
    List<Cell> cells = plan.cells();
    Units batches = new Units(plan);
    List<Unit> units = new ArrayList<>();
    List<Unit> last = List.of();
    BitSet before = new BitSet();
    int end = wanted.stream().mapToInt(BitSet::length).max().orElse(0);
    for (int i = 0; i < end; i++) {
      int replicate = i;
      BitSet now = new BitSet();
      IntStream.range(0, cells.size())
          .filter(cell -> wanted.get(cell).get(replicate))
          .forEach(now::set);
      // Most often all replicates want the same cells, and batching these is the work.
      last =
          now.equals(before)
              ? last.stream().map(unit -> unit.again(replicate)).toList()
              : batches.of(now.stream().mapToObj(cells::get).toList(), replicate);
      units.addAll(last);
      before = now;
    }
    Costs costs = new Costs();
    units.sort(Comparator.<Unit>comparingDouble(costs::seconds).reversed());
    return units;
  }

  /**
   * Cuts units, longest first, into tasks, in order: of {@link #TASK_SECONDS} at most, as long as
   * that leaves each core tasks enough to balance. A unit that costs more is a task of its own.
   */
  public static List<List<Unit>> tasks(List<Unit> units, int cores) {
    List<Unit> onDevice = units.stream().filter(DeviceShape::isOnDevice).toList();
    List<Unit> onCpu = units.stream().filter(unit -> !DeviceShape.isOnDevice(unit)).toList();
    Costs costs = new Costs();
    // A device is busy only with many networks at once.
    double most =
        Math.max(DEVICE_TASK_SECONDS, costs.seconds(onDevice) / cores / DEVICE_TASKS_PER_CORE);
    List<List<Unit>> tasks = tasks(onDevice, Math.min(TASK_SECONDS, most), costs);
    most = costs.seconds(onCpu) / cores / TASKS_PER_CORE;
    tasks.addAll(tasks(onCpu, Math.min(TASK_SECONDS, most), costs));
    return tasks;
  }

  private static List<List<Unit>> tasks(List<Unit> units, double most, Costs costs) {
    List<List<Unit>> tasks = new ArrayList<>();
    double cost = Double.POSITIVE_INFINITY;
    for (Unit unit : units) {
      double more = costs.seconds(unit);
      if (cost + more > most) {
        tasks.add(new ArrayList<>());
        cost = 0;
      }
      tasks.get(tasks.size() - 1).add(unit);
      cost += more;
    }
    return tasks;
  }

  private static BitSet first(int count) {
    BitSet first = new BitSet();
    first.set(0, count);
    return first;
  }
}
