package org.phasemap.sweep;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Unit;

/**
 * What a task does.
 *
 * @param units to measure
 * @param fault why they cannot be measured, and are only recorded; null where nothing is known
 *     against them
 */
record Work(List<Unit> units, @Nullable Throwable fault) implements Serializable {
  /** Estimated seconds on one core. */
  double seconds() {
    return fault == null ? units.stream().mapToDouble(CostModel::seconds).sum() : 0;
  }

  /** Each cell alone; empty if there is but one. */
  List<Work> split() {
    List<Work> alone =
        units.stream()
            .flatMap(unit -> unit.cells().stream().map(unit::alone))
            .map(unit -> new Work(List.of(unit), null))
            .toList();
    return alone.size() > 1 ? alone : List.of();
  }
}
