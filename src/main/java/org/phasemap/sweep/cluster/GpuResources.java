package org.phasemap.sweep.cluster;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.phasemap.kernel.Backend;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;

/**
 * The GPUs that Spark hands out. Stages that measure ask for them through a resource profile; the
 * others run on any core. Executors have GPUs where {@code spark.executor.resource.gpu.amount} says
 * so; local sessions have none to hand out.
 */
public final class GpuResources {
  private static final String GPU = "gpu";
  private static final String PER_EXECUTOR = "spark.executor.resource.gpu.amount";

  /** GPUs, or the share of one, that a task holds while it measures. */
  static final String PER_TASK = "spark.phasemap.gpusPerTask";

  /** Memory that a task may take of its GPU, such as {@code 2g}. */
  static final String MEMORY = "spark.phasemap.gpuMemory";

  private GpuResources() {}

  /** Whether tasks of this backend get GPUs. */
  static boolean areOffered(JavaSparkContext context, Backend backend) {
    return backend.gpus().isPresent()
        && !context.isLocal()
        && context.getConf().getDouble(PER_EXECUTOR, 0) > 0;
  }

  /** Makes the stage that computes these ask for GPUs, where there are any for this backend. */
  public static <T> JavaRDD<T> request(JavaRDD<T> rdd, Backend backend) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rdd.context());
    if (!areOffered(context, backend)) {
      return rdd;
    }
    SparkConf conf = context.getConf();
    TaskResourceRequests task =
        new TaskResourceRequests()
            .cpus(conf.getInt("spark.task.cpus", 1))
            .resource(GPU, perTask(conf));
    return rdd.withResources(new ResourceProfileBuilder().require(task).build());
  }

  private static double perTask(SparkConf conf) {
    String text = conf.get(PER_TASK, "1");
    try {
      double amount = DecimalText.number(text);
      if (amount > 0 && (amount <= 1 || amount == Math.rint(amount))) {
        return amount;
      }
    } catch (NumberFormatException e) {
      throw badAmount(text);
    }
    throw badAmount(text);
  }

  private static long memory() {
    // A cell that is replayed has no session.
    SparkConf conf =
        Optional.ofNullable(SparkEnv.get()).map(SparkEnv::conf).orElseGet(SparkConf::new);
    try {
      return conf.getSizeAsBytes(MEMORY, "1g");
    } catch (NumberFormatException e) {
      throw new UserException(
          String.format(
              "%s: %s is not allowed; allowed: a size such as 2g", MEMORY, conf.get(MEMORY)),
          e);
    }
  }

  private static UserException badAmount(String text) {
    return new UserException(
        String.format(
            "%s: %s is not allowed; allowed: a share of a GPU up to 1, or a whole number",
            PER_TASK, text));
  }

  /** Addresses of the GPUs that this task holds; none outside of tasks that asked for them. */
  static List<String> addresses() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(GPU))
        .map(ResourceInformation::addresses)
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * Makes this task's thread compute on the GPU that Spark gave it, or on the first. Addresses are
   * CUDA's numbers, as {@code conf/gpu-discovery.sh} prints them.
   *
   * @throws UserException if it cannot be used
   */
  public static void bind(Backend backend) {
    int device = addresses().stream().findFirst().map(Integer::parseInt).orElse(0);
    backend.gpus().ifPresent(gpus -> gpus.bind(device, memory()));
  }
}
