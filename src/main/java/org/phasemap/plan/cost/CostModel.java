package org.phasemap.plan.cost;

import org.phasemap.network.Architecture;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;

/**
 * What a unit costs on one core, and the memory that it needs: its architecture and its task say.
 * Seconds are fitted to processor times ({@code UnitBenchmark}) and good to a factor of two; bytes
 * are counted.
 */
public final class CostModel {
  /**
   * What a unit's memory should not exceed. One panel cannot be cut: a unit that holds no more may
   * need more.
   */
  public static final double UNIT_BYTES = 256e6;

  private CostModel() {}

  /** Estimated seconds on one core. */
  public static double seconds(Unit unit) {
    return of(unit).seconds(unit);
  }

  /** The part of {@link #seconds} that is for rows: statistics, files, their merging. */
  static double rowSeconds(Unit unit) {
    return of(unit).rowSeconds(unit);
  }

  /** The part of {@link #seconds} that a calibration times. */
  public static double measuringSeconds(Unit unit) {
    return seconds(unit) - rowSeconds(unit);
  }

  /** Bytes outside the heap that a unit needs at its peak. */
  public static double bytes(Unit unit) {
    return of(unit).bytes(unit);
  }

  /**
   * The part of {@link #bytes} that processors without AVX-512 alone need: a wide factor and its
   * product with their columns in another order.
   */
  public static double copies(Unit unit) {
    return of(unit).copies(unit);
  }

  static UnitCost of(Unit unit) {
    return of(unit.cells().get(0));
  }

  static UnitCost of(Cell cell) {
    return cell.network().architecture().read(new OfTask(cell.task()));
  }

  /** What a task costs, by architecture. */
  private record OfTask(Task task) implements Architecture.Reader<UnitCost> {
    @Override
    public UnitCost mlp(Architecture.Mlp mlp) {
      return task.read(propagation -> new PropagationCost(), TrainingCost::new);
    }

    @Override
    public UnitCost layered(Architecture.Layered layered) {
      return task.read(
          propagation -> new GraphCost(layered),
          training -> {
            throw new UnsupportedOperationException("no cost of training yet: " + layered);
          });
    }
  }
}
