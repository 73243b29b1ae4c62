package org.phasemap.plan;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Quantity;

/** What of a plan is measured, and so what is wanted next. */
public final class Progress {
  private final Plan plan;
  private final Map<String, CellProgress> cells = new LinkedHashMap<>();

  /** Nothing is measured yet. */
  public Progress(Plan plan) {
    this.plan = plan;
    plan.cells().forEach(cell -> cells.put(cell.id(), new CellProgress(plan.replicates(cell))));
  }

  /** The columns that decide how many replicates a cell needs. */
  public List<String> columns() {
    return plan.until().stream().map(Quantity::column).toList();
  }

  /**
   * Adds a row of the table, measured or failed. Cells that the plan does not have are passed over.
   *
   * @param values of {@link #columns}, NaN where there is none
   */
  public void add(String cellId, int replicate, double[] values) {
    CellProgress cell = cells.get(cellId);
    if (cell != null) {
      cell.add(replicate, values);
    }
  }

  /** Rows that are wanted, as far as is known by now. */
  public long wanted() {
    return cells.values().stream().mapToLong(cell -> cell.decide().replicates()).sum();
  }

  /** Rows that are wanted and not there yet. */
  public long missing() {
    return missingReplicates().values().stream().mapToLong(BitSet::cardinality).sum();
  }

  /** Units of the missing rows, longest first. */
  public List<Unit> units() {
    return plan.units(List.copyOf(missingReplicates().values()));
  }

  /** Why cells have no more replicates, by cell id; without those that are not done. */
  public Map<String, Stop> stops() {
    Map<String, Stop> stops = new LinkedHashMap<>();
    cells.forEach(
        (id, cell) -> {
          Stop stop = cell.decide().stop();
          if (stop != null) {
            stops.put(id, stop);
          }
        });
    return stops;
  }

  /** Replicates that are missing, by cell id, in the order of the plan. */
  public Map<String, BitSet> missingReplicates() {
    Map<String, BitSet> missing = new LinkedHashMap<>();
    cells.forEach((id, cell) -> missing.put(id, cell.missing()));
    return missing;
  }
}
