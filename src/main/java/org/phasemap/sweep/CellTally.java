package org.phasemap.sweep;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.phasemap.plan.Cell;

/**
 * Counts the cells that a run of a sweep is done with, each once, through rounds and second tries.
 * A cell is done when all rows that its round asked for are there.
 */
final class CellTally {
  /** Rows that are still to come; a plan has one object for each cell. */
  private final IdentityHashMap<Cell, Integer> awaited = new IdentityHashMap<>();

  private final Set<Cell> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> failed = new HashSet<>();

  /** These tasks are to run, and no others any more. */
  synchronized void await(List<Work> tasks) {
    awaited.clear();
    cells(tasks).forEach(cell -> awaited.merge(cell, 1, Integer::sum));
  }

  /** A task has ended. */
  synchronized void add(Work task, Part part) {
    for (Cell cell : cells(List.of(task))) {
      if (awaited.merge(cell, -1, Integer::sum) == 0) {
        done.add(cell);
      }
    }
    failed.addAll(part.failedCells());
  }

  /** Cells that are done. */
  synchronized long done() {
    return done.size();
  }

  /** Cells with a row that failed. */
  synchronized long failed() {
    return failed.size();
  }

  private static List<Cell> cells(List<Work> tasks) {
    return tasks.stream()
        .flatMap(task -> task.units().stream())
        .flatMap(unit -> unit.cells().stream())
        .toList();
  }
}
