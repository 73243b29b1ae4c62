package org.phasemap.sweep.cluster;

import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** Where a session's tasks run, asked so that a session that has ended gives no exceptions. */
public final class Cluster {
  /** How long Spark may take to end a session after it has ended its jobs. */
  private static final long ENDING_MILLIS = 5_000;

  private final SparkContext context;

  public Cluster(SparkContext context) {
    this.context = context;
  }

  /** As {@code --master} has it. */
  public String master() {
    return context.master();
  }

  /** Executors that there are; 0 if tasks run in this process. */
  public int executors() {
    // The driver is one of those that Spark counts.
    return context.isStopped() ? 0 : context.statusTracker().getExecutorInfos().length - 1;
  }

  /** Whether tasks wait for an executor to come. */
  public boolean hasNoExecutors() {
    return !context.isLocal() && executors() == 0;
  }

  /** Cancels the jobs of a group, those that are still to come as well. */
  public void cancel(String group) {
    if (!context.isStopped()) {
      context.cancelJobGroupAndFutureJobs(group);
    }
  }

  /** Whether the cluster has ended the session, asked after a job that it may have ended before. */
  public boolean hasEndedSession() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDING_MILLIS);
    try {
      while (!context.isStopped() && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return context.isStopped();
  }
}
