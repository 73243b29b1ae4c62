package org.phasemap.plan.cost;

import java.util.IdentityHashMap;
import java.util.List;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;

/**
 * What units cost, each kind computed once: a plan's replicates have the same list of cells, and
 * there may be ten thousand of them.
 */
public final class Costs {
  private final IdentityHashMap<List<Cell>, Double> seconds = new IdentityHashMap<>();
  private final IdentityHashMap<List<Cell>, Double> bytes = new IdentityHashMap<>();

  /** As {@link CostModel#seconds}. */
  public double seconds(Unit unit) {
    return seconds.computeIfAbsent(unit.cells(), cells -> CostModel.seconds(unit));
  }

  /** Of all of them. */
  public double seconds(List<Unit> units) {
    return units.stream().mapToDouble(this::seconds).sum();
  }

  /** As {@link CostModel#bytes}, of the unit that needs the most; 0 where there is none. */
  public double mostBytes(List<Unit> units) {
    return units.stream()
        .mapToDouble(unit -> bytes.computeIfAbsent(unit.cells(), cells -> CostModel.bytes(unit)))
        .max()
        .orElse(0);
  }
}
