package org.phasemap.sweep.pace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.plan.cost.Pace;
import org.phasemap.plan.cost.Pace.Kind;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.train.Trainer;

/**
 * Times a unit of each kind on this machine, by processor time of the thread, against what the cost
 * model says of it. The units are what sweeps are made of: products, random numbers, activations,
 * steps of training. It takes about half a second for each kind.
 */
final class Calibration {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The compiler has seen to the loops when rounds have not become faster for so long. */
  private static final double SETTLED_SECONDS = 0.2;

  private static final double FASTER = 0.95;

  /** Of a kind, on a busy machine or by a slow backend. */
  private static final double MOST_SECONDS = 1.5;

  private static final int FEWEST_ROUNDS = 2;

  /** Share of the time that the thread has a core: less where others want them all. */
  private static final double ALONE = 0.8;

  private final Kernel kernel;

  private Calibration(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * What was measured.
   *
   * @param isQuiet whether the machine did little else
   */
  record Measured(Pace pace, boolean isQuiet) {}

  /** The pace of a backend's kernels here, of some kinds of work. */
  static Measured of(Backend backend, Set<Kind> kinds) {
    double wall = wall();
    double cpu = cpu();
    try (Kernel kernel = backend.open()) {
      Calibration calibration = new Calibration(kernel);
      Map<Kind, Double> times = new EnumMap<>(Kind.class);
      for (Kind kind : kinds) {
        times.put(kind, calibration.pace(unit(backend, spec(kind))));
      }
      return new Measured(new Pace(times), cpu() - cpu > ALONE * (wall() - wall));
    }
  }

  private static String spec(Kind kind) {
    return switch (kind) {
      case WEIGHT_FREE -> atInitialisation("auto", "keep_probability: 1, sigma_w2: [1, 1.5, 2]");
      case DENSE ->
          atInitialisation("dense", "keep_probability: 1, sigma_w2: {from: 1, to: 2, count: 16}");
      case MASKED ->
          atInitialisation("dense", "keep_probability: 0.5, sigma_w2: {from: 1, to: 2, count: 16}");
      case LAYERED ->
          atInitialisation(
              "dense", "architecture: {kind: residual, order: pre1}, sigma_w2: [1, 1.5]");
      case TRAINING ->
          """
          name: pace
          probes: []
          network: {activation: tanh, depth: 8, width: 64, sigma_w2: [1, 1.5]}
          training: {data: digits, steps: 150, learning_rate: 0.01}
          """;
    };
  }

  private static String atInitialisation(String sampler, String network) {
    return """
        name: pace
        replicates: 1
        sampler: %s
        network: {activation: tanh, depth: 8, width: 256, sigma_b2: 0.05, %s}
        inputs: {count: 8, dimension: 256}
        """
        .formatted(sampler, network);
  }

  private static Unit unit(Backend backend, String yaml) {
    return Schedule.most(Plan.of(SpecReader.parse(yaml, "pace"), backend)).get(0);
  }

  /** The best of rounds, once none has been faster for a while. */
  private double pace(Unit unit) {
    double best = Double.POSITIVE_INFINITY;
    double start = cpu();
    double faster = start;
    int rounds = 0;
    while (rounds < FEWEST_ROUNDS
        || (cpu() - faster < SETTLED_SECONDS && cpu() - start < MOST_SECONDS)) {
      double before = cpu();
      run(kernel, unit);
      double took = cpu() - before;
      if (took < FASTER * best) {
        faster = cpu();
      }
      best = Math.min(best, took);
      rounds++;
    }
    return best / CostModel.measuringSeconds(unit);
  }

  private static void run(Kernel kernel, Unit unit) {
    if (unit.task() instanceof Task.Training task) {
      List<NetworkConfig> networks = unit.cells().stream().map(Cell::network).toList();
      Trainer.train(
          kernel,
          networks,
          task.recipe(),
          DataSets.load(task.data()),
          unit.seed(),
          unit.replicate());
    } else {
      Probers.of(unit.architecture()).measure(kernel, unit);
    }
  }

  /** Seconds of processor time of this thread. */
  private static double cpu() {
    return THREADS.getCurrentThreadCpuTime() * 1e-9;
  }

  private static double wall() {
    return System.nanoTime() * 1e-9;
  }
}
