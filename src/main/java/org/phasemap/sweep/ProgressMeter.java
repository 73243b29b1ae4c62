package org.phasemap.sweep;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Unit;

/** Tells the listener four times a second how much is done. Tasks count when they end. */
final class ProgressMeter implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final Counters counters;
  private final double totalCost;
  private final SweepListener listener;
  private final ScheduledFuture<?> ticking;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  /** Goes with the tasks. */
  record Counters(DoubleAccumulator cost, LongAccumulator rows) implements Serializable {
    void add(Unit unit) {
      cost.add(CostModel.seconds(unit));
      rows.add(unit.cells().size());
    }
  }

  ProgressMeter(SparkSession spark, List<Unit> units, SweepListener listener) {
    this.listener = listener;
    this.totalCost = units.stream().mapToDouble(CostModel::seconds).sum();
    this.counters =
        new Counters(
            spark.sparkContext().doubleAccumulator("cost"),
            spark.sparkContext().longAccumulator("rows"));
    this.ticking =
        clock.scheduleWithFixedDelay(
            this::report, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  Counters counters() {
    return counters;
  }

  /** A task that ran twice is counted twice, so the share is cut off at one. */
  private void report() {
    if (totalCost == 0) {
      return;
    }
    double share = Math.min(1, counters.cost.value() / totalCost);
    listener.progressed(share, counters.rows.value(), (System.nanoTime() - start) * 1e-9);
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdown();
    try {
      clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    report();
  }
}
