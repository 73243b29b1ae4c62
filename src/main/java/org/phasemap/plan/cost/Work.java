package org.phasemap.plan.cost;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Unit;

/**
 * What a task does.
 *
 * @param units to measure
 * @param fault why they cannot be measured, and are only recorded; null where nothing is known
 *     against them
 */
public record Work(List<Unit> units, @Nullable Throwable fault) implements Serializable {
  /** Estimated seconds on one core. */
  public double seconds(Costs costs) {
    return fault == null ? costs.seconds(units) : 0;
  }

  /** Each cell alone; empty if there is but one. */
  private List<Work> split() {
    List<Work> alone =
        units.stream()
            .flatMap(unit -> unit.cells().stream().map(unit::alone))
            .map(unit -> new Work(List.of(unit), null))
            .toList();
    return alone.size() > 1 ? alone : List.of();
  }

  /**
   * What is left to do after this task has failed as often as it may: its cells are tried alone; a
   * cell that was alone is recorded as failed.
   *
   * @param reason of the last failure
   * @throws IllegalStateException if this task only had failures to record
   */
  public List<Work> afterFailure(Throwable reason) {
    if (fault != null) {
      throw new IllegalStateException("A failed row cannot be recorded", reason);
    }
    List<Work> alone = split();
    return alone.isEmpty() ? List.of(new Work(units, reason)) : alone;
  }
}
