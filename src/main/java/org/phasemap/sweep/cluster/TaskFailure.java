package org.phasemap.sweep.cluster;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.phasemap.network.UserException;

/** What Spark says of a task that failed as often as it may. */
public final class TaskFailure {
  private static final Pattern TASK = Pattern.compile("Task (\\d+) in stage");
  private static final Pattern REASON = Pattern.compile("most recent failure: ([^\\n]*)");

  private final Throwable cause;

  public TaskFailure(Exception failure) {
    Throwable inner = failure.getCause();
    cause = failure instanceof ExecutionException && inner != null ? inner : failure;
  }

  /**
   * Runs the tasks of an RDD.
   *
   * @throws IOException if that is what a task failed with
   * @throws UserException the same
   */
  public static <T> List<T> collected(JavaRDD<T> rdd) throws IOException {
    try {
      return rdd.collect();
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      new TaskFailure(e).throwIfNoCells();
      throw e;
    }
  }

  /** Whether a job ended because its group was cancelled. */
  public static boolean isCancellation(Exception failure) {
    return failure instanceof SparkException e && "SPARK_JOB_CANCELLED".equals(e.getCondition());
  }

  /** The number of the task; empty if the job failed of something else. */
  public OptionalInt task() {
    Matcher task = TASK.matcher(String.valueOf(cause.getMessage()));
    return task.find() ? OptionalInt.of(Integer.parseInt(task.group(1))) : OptionalInt.empty();
  }

  /** The task's last failure, such as an executor that was lost. */
  public IllegalStateException reason() {
    String message = String.valueOf(cause.getMessage());
    Matcher reason = REASON.matcher(message);
    return new IllegalStateException(reason.find() ? reason.group(1) : message);
  }

  /**
   * Throws the task's exception if no cell is to blame for it.
   *
   * @throws IOException that file systems gave the task
   * @throws UserException that says what the task did not find where it ran
   */
  public void throwIfNoCells() throws IOException {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof IOException io) {
        throw io;
      }
      if (e instanceof UserException mistake) {
        throw mistake;
      }
    }
  }
}
