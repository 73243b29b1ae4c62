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
  private final Pace pace;
  private final IdentityHashMap<List<Cell>, Double> seconds = new IdentityHashMap<>();

  /** As the cost model says. */
  public Costs() {
    this(Pace.FITTED);
  }

  /** On a machine of some pace. */
  public Costs(Pace pace) {
    this.pace = pace;
  }

  /** Estimated seconds of a unit on one core. */
  public double seconds(Unit unit) {
    return seconds.computeIfAbsent(unit.cells(), cells -> pace.seconds(unit));
  }

  /** Of all of them. */
  public double seconds(List<Unit> units) {
    return units.stream().mapToDouble(this::seconds).sum();
  }
}
