package org.phasemap.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.DeviceFailure;
import org.phasemap.network.UserException;
import org.phasemap.plan.cost.Work;
import org.phasemap.sweep.cluster.Cluster;
import org.phasemap.sweep.cluster.EveryExecutor;
import org.phasemap.sweep.cluster.GpuResources;
import org.phasemap.sweep.cluster.Jobs;
import org.phasemap.sweep.table.Part;
import org.phasemap.sweep.table.Staging;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Units being measured on the cluster, in one Spark job without barriers. Each task leaves a staged
 * file; however often Spark tries a task, one attempt's file counts.
 */
final class Measuring implements AutoCloseable {
  private final SparkContext context;
  private final Cluster cluster;
  private final String group = UUID.randomUUID().toString();
  private final Thread thread;
  private final List<Part> open = new ArrayList<>();
  private @Nullable Exception failure;
  private boolean ended;
  private boolean stopped;

  /**
   * Starts.
   *
   * @param sweep its name
   * @param round from 1
   * @param tasks in the order in which they should start
   * @param heard gets every part as soon as its task has ended; must be quick
   */
  Measuring(
      SparkSession spark,
      String sweep,
      int round,
      List<Work> tasks,
      Backend backend,
      double cellSeconds,
      Staging staging,
      Consumer<Part> heard) {
    context = spark.sparkContext();
    cluster = new Cluster(context);
    String work = String.format("round %d, %,d tasks of units", round, tasks.size());
    JavaRDD<Part> parts =
        Jobs.named(
            context,
            sweep,
            work,
            () ->
                GpuResources.request(
                    JavaSparkContext.fromSparkContext(context)
                        .parallelize(tasks, tasks.size())
                        .map(units -> measure(units, cellSeconds, staging)),
                    backend));
    thread = new Thread(() -> run(sweep, work, parts, heard), "measuring");
    thread.setDaemon(true);
    thread.start();
  }

  private static Part measure(Work work, double cellSeconds, Staging staging) throws IOException {
    UnitRunner.Rows measured = measure(work, cellSeconds);
    return staging.write(measured.rows(), measured.failedCells());
  }

  private static UnitRunner.Rows measure(Work work, double cellSeconds) {
    if (work.fault() != null) {
      return UnitRunner.failed(work.units(), work.fault());
    }
    try {
      return UnitRunner.run(work.units(), cellSeconds);
    } catch (UserException e) {
      throw new UserException(
          String.format("executor %s: %s", EveryExecutor.address(), e.getMessage()), e);
    } catch (DeviceFailure e) {
      throw endingTheProcess(e);
    }
  }

  /** Executors exit, and others take their tasks; a local session has no others. */
  private static DeviceFailure endingTheProcess(DeviceFailure failure) {
    if (SparkEnv.get().executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
      throw new UserException(
          failure.getMessage() + "; run the sweep again: it measures what is missing", failure);
    }
    return failure;
  }

  private void run(String sweep, String work, JavaRDD<Part> parts, Consumer<Part> heard) {
    context.setJobGroup(group, work, false);
    Function2<Object, Part, BoxedUnit> ended =
        (task, part) -> {
          add(part);
          heard.accept(part);
          return BoxedUnit.UNIT;
        };
    try {
      Jobs.named(
          context,
          sweep,
          work,
          () -> {
            context.runJob(
                parts.rdd(),
                (Function2<TaskContext, Iterator<Part>, Part> & Serializable)
                    (task, iterator) -> iterator.next(),
                ended,
                ClassTag$.MODULE$.apply(Part.class));
            return BoxedUnit.UNIT;
          });
      end(null);
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      end(e);
    }
  }

  private synchronized void add(Part part) {
    open.add(part);
    notifyAll();
  }

  /** Starts no more tasks, and waits for none; those that run are told to end. */
  synchronized void stop() {
    stopped = true;
    ended = true;
    cluster.cancel(group);
    notifyAll();
  }

  private synchronized void end(@Nullable Exception e) {
    failure = stopped ? null : e;
    ended = true;
    notifyAll();
  }

  /**
   * Waits for a while, or until all is done, and gives the parts since the last call; none once all
   * have been given.
   *
   * @throws ExecutionException after the last part, if a task failed as often as it may
   */
  synchronized List<Part> next(Duration period) throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + period.toNanos();
    for (long left = period.toMillis();
        !ended && (left > 0 || open.isEmpty());
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
      wait(Math.max(left, 1));
    }
    List<Part> parts = List.copyOf(open);
    open.clear();
    if (parts.isEmpty() && failure != null) {
      throw new ExecutionException(failure);
    }
    return parts;
  }

  /** Whether no task runs any more. */
  synchronized boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    cluster.cancel(group);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
