package org.phasemap.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Unit;

/**
 * Tells the listener four times a second how much of a round is done. Tasks count when they end.
 */
final class ProgressMeter implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final double[] costs;
  private final double totalCost;
  private final SweepListener listener;
  private final ScheduledFuture<?> ticking;
  private final long start = System.nanoTime();
  private double cost;
  private long rows;
  private long failed;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  ProgressMeter(List<List<Unit>> tasks, SweepListener listener) {
    this.listener = listener;
    this.costs =
        tasks.stream()
            .mapToDouble(units -> units.stream().mapToDouble(CostModel::seconds).sum())
            .toArray();
    this.totalCost = Arrays.stream(costs).sum();
    this.ticking =
        clock.scheduleWithFixedDelay(
            this::report, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A task has ended. */
  synchronized void add(Part part) {
    cost += costs[part.task()];
    rows += part.rows();
    failed += part.failed();
  }

  private synchronized void report() {
    double seconds = (System.nanoTime() - start) * 1e-9;
    listener.progressed(Math.min(1, cost / totalCost), rows, failed, seconds);
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdown();
    report();
  }
}
