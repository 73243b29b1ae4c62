package org.phasemap.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Counts the cells that a run of a sweep is done with, each once, through rounds and second tries.
 * A cell is done when all rows that its round asked for are there.
 */
public final class CellTally {
  /** Rows that are still to come; a plan has one object for each cell. */
  private final IdentityHashMap<Cell, Integer> awaited = new IdentityHashMap<>();

  private final Set<Cell> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> failed = new HashSet<>();

  /** These units are to run, and no others any more. */
  public synchronized void await(List<Unit> units) {
    awaited.clear();
    cells(units).forEach(cell -> awaited.merge(cell, 1, Integer::sum));
  }

  /**
   * Units have ended.
   *
   * @param failedCells ids of the cells of rows that failed
   */
  public synchronized void add(List<Unit> units, List<String> failedCells) {
    for (Cell cell : cells(units)) {
      if (awaited.merge(cell, -1, Integer::sum) == 0) {
        done.add(cell);
      }
    }
    failed.addAll(failedCells);
  }

  /** Cells that are done. */
  public synchronized long done() {
    return done.size();
  }

  /** Cells with a row that failed. */
  public synchronized long failed() {
    return failed.size();
  }

  private static List<Cell> cells(List<Unit> units) {
    return units.stream().flatMap(unit -> unit.cells().stream()).toList();
  }
}
