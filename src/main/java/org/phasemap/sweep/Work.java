package org.phasemap.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Costs;

/**
 * What a task does.
 *
 * @param units to measure
 * @param fault why they cannot be measured, and are only recorded; null where nothing is known
 *     against them
 */
record Work(List<Unit> units, @Nullable Throwable fault) implements Serializable {
  /** Estimated seconds on one core. */
  double seconds(Costs costs) {
    return fault == null ? costs.seconds(units) : 0;
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

  /**
   * What is left after a task has failed as often as it may: its cells are tried alone, last; a
   * cell that was alone is recorded as failed.
   */
  static List<Work> rest(List<Work> tasks, BitSet left, TaskFailure failure) throws IOException {
    failure.throwIfNoCells();
    int culprit = failure.task().orElseThrow(() -> failure.reason());
    left.clear(culprit);
    List<Work> rest = new ArrayList<>();
    left.stream().mapToObj(tasks::get).forEach(rest::add);
    Work failed = tasks.get(culprit);
    if (failed.fault() != null) {
      throw new IllegalStateException("A failed row cannot be recorded", failure.reason());
    }
    List<Work> alone = failed.split();
    rest.addAll(alone.isEmpty() ? List.of(new Work(failed.units(), failure.reason())) : alone);
    return rest;
  }
}
