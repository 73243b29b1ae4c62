package org.phasemap.sweep.cluster;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.phasemap.kernel.Backend;

/** Runs something once on each executor of a cluster. */
public final class EveryExecutor {
  /** How long no new executor may turn up before all are taken to be there. */
  private static final long SETTLED_MILLIS = 3_000;

  /** Tasks that find their executor done leave it to the others for this long. */
  private static final long YIELD_MILLIS = 200;

  /** Rounds without an answer after which an executor counts as silent. */
  private static final int ROUNDS = 20;

  /** Runs that this process has had. */
  private static final Set<String> HAD = ConcurrentHashMap.newKeySet();

  private EveryExecutor() {}

  /** What is run; its result travels to the driver. */
  interface Work<R> extends Supplier<R>, Serializable {}

  /**
   * Results by executor.
   *
   * @param results by {@code host:port} of the executor
   * @param silent executors that are known to the driver and took no task
   */
  record Answers<R>(Map<String, R> results, Set<String> silent) {}

  private record Answer<R>(String executor, R result) implements Serializable {}

  /** Runs the work in tasks that ask for what the backend measures with. */
  static <R> Answers<R> run(JavaSparkContext context, Backend backend, Work<R> work) {
    String run = UUID.randomUUID().toString();
    Map<String, R> results = new LinkedHashMap<>();
    Set<String> silent = Set.of();
    long settled = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      int before = results.size();
      for (Answer<R> answer : round(context, backend, run, work)) {
        results.put(answer.executor, answer.result);
      }
      silent = new TreeSet<>(executors(context));
      silent.removeAll(results.keySet());
      if (results.size() > before) {
        settled = System.nanoTime();
      }
      boolean waited = System.nanoTime() - settled > SETTLED_MILLIS * 1_000_000;
      if (silent.isEmpty() && (context.isLocal() || waited)) {
        break;
      }
    }
    return new Answers<>(results, silent);
  }

  private static <R> List<Answer<R>> round(
      JavaSparkContext context, Backend backend, String run, Work<R> work) {
    int tasks = context.defaultParallelism();
    return Jobs.named(
        context.sc(), "executors", "check each", () -> answers(context, backend, run, work, tasks));
  }

  private static <R> List<Answer<R>> answers(
      JavaSparkContext context, Backend backend, String run, Work<R> work, int tasks) {
    return GpuResources.request(
            context.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks), backend)
        .flatMap(
            task -> {
              if (HAD.add(run)) {
                return List.of(new Answer<>(address(), work.get())).iterator();
              }
              Thread.sleep(YIELD_MILLIS);
              return List.<Answer<R>>of().iterator();
            })
        .collect();
  }

  /** Of the executor that runs this task. */
  public static String address() {
    return SparkEnv.get().blockManager().blockManagerId().hostPort();
  }

  /** Executors that the driver knows; in a local session the driver itself. */
  private static Set<String> executors(JavaSparkContext context) {
    return Arrays.stream(context.statusTracker().getExecutorInfos())
        .map(executor -> executor.host() + ":" + executor.port())
        .filter(executor -> context.isLocal() || !executor.equals(address()))
        .collect(Collectors.toSet());
  }
}
