package org.phasemap.sweep;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.KernelCheck;
import org.phasemap.kernel.Kernels;

/**
 * Whether Spark runs tasks, and whether the kernel works inside them.
 *
 * @param version of Spark
 * @param master that runs the tasks
 * @param cores in all
 * @param wrong tasks in which the kernel's checks failed
 * @param tasks that ran
 */
public record SparkCheck(String version, String master, int cores, long wrong, int tasks) {
  /** Runs a task for each core. */
  public static SparkCheck run(SparkSession spark, Backend backend) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int cores = context.defaultParallelism();
    List<Integer> tasks = IntStream.range(0, cores).boxed().toList();
    long wrong = context.parallelize(tasks, cores).filter(task -> !kernelPasses(backend)).count();
    return new SparkCheck(spark.version(), spark.sparkContext().master(), cores, wrong, cores);
  }

  private static boolean kernelPasses(Backend backend) {
    try (Kernel kernel = Kernels.open(backend)) {
      return KernelCheck.run(kernel).passes();
    }
  }

  /** Whether all tasks were right. */
  public boolean passes() {
    return wrong == 0;
  }
}
