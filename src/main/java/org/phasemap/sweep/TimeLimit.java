package org.phasemap.sweep;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;

/**
 * Ends what takes too long, or whose task Spark has given up, between two operations of a kernel:
 * native code cannot be stopped. It starts when it is made, in the task that it is for.
 */
final class TimeLimit implements Runnable {
  private final double seconds;
  private final long start = System.nanoTime();
  private final @Nullable TaskContext task = TaskContext.get();

  /** For so many seconds from now. */
  TimeLimit(double seconds) {
    this.seconds = seconds;
  }

  /** Thrown when the time is over. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(double seconds) {
      super(String.format("took longer than %s s (limits.cell_seconds)", seconds));
    }
  }

  @Override
  public void run() {
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException("the sweep goes on without this task");
    }
    if ((System.nanoTime() - start) * 1e-9 > seconds) {
      throw new ExceededException(seconds);
    }
  }
}
