package org.phasemap.sweep.cluster;

import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * What jobs and stages are called in Spark's web UI, history and messages. Without it they have the
 * numbers of our lines.
 */
public final class Jobs {
  private static final String DESCRIPTION = "spark.job.description";

  private Jobs() {}

  /** What starts jobs. */
  public interface Body<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Runs something whose jobs, stages and RDDs have a name.
   *
   * @param sweep whose jobs these are
   * @param work what they do
   */
  public static <T, E extends Exception> T named(
      SparkContext context, String sweep, String work, Body<T, E> body) throws E {
    String name = sweep + ": " + work;
    @Nullable String former = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, name); // of jobs
    context.setCallSite(name); // of stages
    try {
      return body.run();
    } finally {
      context.clearCallSite();
      context.setLocalProperty(DESCRIPTION, former);
    }
  }
}
