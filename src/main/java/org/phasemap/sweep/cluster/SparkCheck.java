package org.phasemap.sweep.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;

/**
 * Whether Spark runs tasks, and whether the backends work inside them, on every executor.
 *
 * @param version of Spark
 * @param master that runs the tasks
 * @param local whether the tasks run in this process
 * @param cores in all
 * @param executors that answered, by host
 * @param silent {@code host:port} of executors that took no task
 */
public record SparkCheck(
    String version,
    String master,
    boolean local,
    int cores,
    List<ExecutorCheck> executors,
    Set<String> silent) {
  /** Checks every executor; takes seconds. */
  public static SparkCheck run(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // Tasks that get GPUs where any backend would.
    Backend asking =
        Backends.all().stream()
            .filter(backend -> backend.gpus().isPresent())
            .findFirst()
            .orElseGet(Backends::preferred);
    EveryExecutor.Answers<ExecutorCheck> answers =
        EveryExecutor.run(context, asking, ExecutorCheck::here);
    return new SparkCheck(
        spark.version(),
        context.master(),
        context.isLocal(),
        context.defaultParallelism(),
        answers.results().values().stream()
            .sorted(
                Comparator.comparing(ExecutorCheck::host).thenComparing(ExecutorCheck::executor))
            .toList(),
        answers.silent());
  }

  /** Executors on which something is wrong. */
  public long wrong() {
    return executors.stream().filter(e -> !e.passes()).count();
  }

  /** Whether all executors answered and were right. */
  public boolean passes() {
    return !executors.isEmpty() && silent.isEmpty() && wrong() == 0;
  }
}
