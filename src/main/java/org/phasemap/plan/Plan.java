package org.phasemap.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.phasemap.network.UserException;
import org.phasemap.plan.cost.Costs;
import org.phasemap.plan.cost.Units;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Recipe;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/** What a sweep wants: its cells, and how often each is measured. */
public final class Plan {
  /** A task's work: long beside what starting it costs, short beside a wave. */
  private static final double TASK_SECONDS = 2;

  /** The last tasks end at different times: on average half of one's work is idle on each core. */
  private static final int TASKS_PER_CORE = 50;

  private final Spec spec;
  private final List<Cell> cells;

  private Plan(Spec spec, List<Cell> cells) {
    this.spec = spec;
    this.cells = cells;
  }

  /**
   * Resolves a spec.
   *
   * @throws UserException if it asks for a critical point that does not exist
   */
  public static Plan of(Spec spec) {
    List<Cell> cells = new ArrayList<>();
    if (!spec.probes().isEmpty()) {
      cells.addAll(GridCells.of(spec.network(), propagation(spec)));
    }
    Training training = spec.training();
    if (training != null) {
      for (Recipe recipe : training.recipes()) {
        cells.addAll(GridCells.of(training.network(), new Task.Training(training.data(), recipe)));
      }
    }
    return new Plan(spec, List.copyOf(cells));
  }

  /** What a spec measures at initialisation. */
  public static Task propagation(Spec spec) {
    List<Probe> probes = spec.probes().stream().sorted().toList();
    return new Task.Propagation(spec.inputs(), probes, spec.outputs());
  }

  /** One replicate of one cell, drawn as in the spec's sweep. */
  public static Unit alone(Spec spec, Cell cell, int replicate) {
    return new Units(spec).of(List.of(cell), replicate).get(0);
  }

  public List<Cell> cells() {
    return cells;
  }

  /** How many replicates the spec wants of a cell. */
  public Replicates replicates(Cell cell) {
    Training training = spec.training();
    return cell.task() instanceof Task.Training && training != null
        ? Replicates.fixed(training.replicates())
        : spec.replicates();
  }

  /** Quantities whose confidence intervals decide how many replicates a cell needs. */
  Set<Quantity> until() {
    return spec.replicates().until().keySet();
  }

  /** Rows of {@code replicates} if every cell ends at its first checkpoint. */
  public long fewestRows() {
    return cells.stream().mapToLong(cell -> replicates(cell).min()).sum();
  }

  /** Rows of {@code replicates} if every cell goes on to the end. */
  public long rows() {
    return cells.stream().mapToLong(cell -> replicates(cell).max()).sum();
  }

  /** Units of {@link #fewestRows}, longest first. */
  public List<Unit> fewestUnits() {
    return units(cells.stream().map(cell -> first(replicates(cell).min())).toList());
  }

  /** Units of {@link #rows}, longest first. */
  public List<Unit> units() {
    return units(cells.stream().map(cell -> first(replicates(cell).max())).toList());
  }

  /**
   * Units of some replicates, longest first.
   *
   * @param wanted replicates of each cell, in the order of the cells
   */
  List<Unit> units(List<BitSet> wanted) {
    Units batches = new Units(spec);
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
    Costs costs = new Costs();
    double all = costs.seconds(units);
    double most = Math.min(TASK_SECONDS, all / cores / TASKS_PER_CORE);
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
