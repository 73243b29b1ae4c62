package org.phasemap.sweep.progress;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.phasemap.plan.CellTally;
import org.phasemap.plan.Task;
import org.phasemap.plan.cost.Costs;
import org.phasemap.plan.cost.Pace;
import org.phasemap.plan.cost.Work;
import org.phasemap.sweep.progress.SweepListener.Count;
import org.phasemap.sweep.progress.SweepListener.Snapshot;

/**
 * Tells the listener four times a second how much of a round is done. Tasks count when they end.
 */
public final class ProgressMeter implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final Costs costs;
  private final double totalSeconds;
  private final SweepListener listener;
  private final IntSupplier executors;
  private final CellTally tally;
  private final ScheduledFuture<?> ticking;
  private final long start = System.nanoTime();
  private double seconds;
  private long rows;
  private long failed;
  private int units;
  private int trained;
  private final int allUnits;
  private final int allTrained;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts, and says so. */
  public ProgressMeter(
      List<Work> tasks, SweepListener listener, IntSupplier executors, CellTally tally, Pace pace) {
    this.costs = new Costs(pace);
    this.allUnits = tasks.stream().mapToInt(task -> task.units().size()).sum();
    this.allTrained = tasks.stream().mapToInt(ProgressMeter::trained).sum();
    this.listener = listener;
    this.executors = executors;
    this.tally = tally;
    tally.await(tasks.stream().flatMap(task -> task.units().stream()).toList());
    this.totalSeconds = tasks.stream().mapToDouble(task -> task.seconds(costs)).sum();
    report();
    this.ticking =
        clock.scheduleWithFixedDelay(
            this::report, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * A task has ended.
   *
   * @param added rows of its cells
   * @param failedCells ids of the cells of those that failed, one for each such row
   */
  public synchronized void add(Work task, long added, List<String> failedCells) {
    seconds += task.seconds(costs);
    tally.add(task.units(), failedCells);
    rows += added;
    units += task.units().size();
    trained += trained(task);
    failed += failedCells.size();
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
            (System.nanoTime() - start) * 1e-9,
            new Count(units - trained, allUnits - allTrained),
            new Count(trained, allTrained)));
  }

  private static int trained(Work work) {
    return (int) work.units().stream().filter(unit -> unit.task() instanceof Task.Training).count();
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdown();
    report();
  }
}
