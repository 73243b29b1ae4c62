package org.phasemap.sweep;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.phasemap.plan.cost.Costs;
import org.phasemap.sweep.SweepListener.Snapshot;

/**
 * Tells the listener four times a second how much of a round is done. Tasks count when they end.
 */
final class ProgressMeter implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final Costs costs = new Costs();
  private final double totalSeconds;
  private final SweepListener listener;
  private final IntSupplier executors;
  private final CellTally tally;
  private final ScheduledFuture<?> ticking;
  private final long start = System.nanoTime();
  private double seconds;
  private long rows;
  private long failed;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts, and says so. */
  ProgressMeter(List<Work> tasks, SweepListener listener, IntSupplier executors, CellTally tally) {
    this.listener = listener;
    this.executors = executors;
    this.tally = tally;
    tally.await(tasks);
    this.totalSeconds = tasks.stream().mapToDouble(task -> task.seconds(costs)).sum();
    report();
    this.ticking =
        clock.scheduleWithFixedDelay(
            this::report, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A task has ended. */
  synchronized void add(Work task, Part part) {
    seconds += task.seconds(costs);
    tally.add(task, part);
    rows += part.rows();
    failed += part.failed();
  }

  private synchronized void report() {
    listener.progressed(
        new Snapshot(
            totalSeconds > 0 ? Math.min(1, seconds / totalSeconds) : 1,
            rows,
            failed,
            tally.done(),
            tally.failed(),
            executors.getAsInt(),
            (System.nanoTime() - start) * 1e-9));
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdown();
    report();
  }
}
