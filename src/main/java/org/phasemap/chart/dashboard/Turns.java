package org.phasemap.chart.dashboard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose answers are worked out now. Each sweep's DuckDB has a limit of memory of its own, so only a
 * few sweeps may be busy at once if all together are to keep to the server's.
 */
final class Turns {
  /** Each may take {@link org.phasemap.query.ServedTables}' room for answers. */
  static final int MOST = 2;

  private final Map<OpenTables, Integer> busy = new HashMap<>();
  private int waiting;
  private long ended = System.nanoTime();

  /** Waits until some tables may be asked; gives whether that was in time. */
  synchronized boolean take(List<OpenTables> tables, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (!areFree(tables)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    tables.forEach(each -> busy.merge(each, 1, Integer::sum));
    return true;
  }

  private boolean areFree(List<OpenTables> tables) {
    Set<OpenTables> all = new HashSet<>(busy.keySet());
    all.addAll(tables);
    return all.size() <= MOST || busy.keySet().containsAll(tables);
  }

  /** Of {@link #take}. */
  synchronized void end(List<OpenTables> tables) {
    tables.forEach(each -> busy.computeIfPresent(each, (key, n) -> n == 1 ? null : n - 1));
    ended = System.nanoTime();
    notifyAll();
  }

  /** Somebody waits for more than an answer: that tables are opened. */
  synchronized void enter() {
    waiting++;
  }

  /** Of {@link #enter}. */
  synchronized void leave() {
    waiting--;
    ended = System.nanoTime();
    notifyAll();
  }

  /**
   * Waits until no answer has been worked out for a while, so that what is done in the background
   * keeps nobody waiting.
   *
   * @param quiet nanoseconds
   * @param most nanoseconds to wait altogether
   */
  synchronized void awaitQuiet(long quiet, long most) throws InterruptedException {
    long end = System.nanoTime() + most;
    while (true) {
      long now = System.nanoTime();
      long left = busy.isEmpty() && waiting == 0 ? ended + quiet - now : end - now;
      long millis = Math.min(left, end - now) / 1_000_000;
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }
}
