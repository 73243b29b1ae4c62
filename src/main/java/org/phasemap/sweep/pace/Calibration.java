package org.phasemap.sweep.pace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
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
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.SpecReader;
import org.phasemap.train.Trainer;

/**
 * Times a unit of each kind on this machine, by processor time of the thread, against what the cost
 * model says of it. The units are what sweeps are made of: products, random numbers, activations,
 * steps of training. It takes a second and a half.
 */
final class Calibration {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Until the compiler has seen to the loops. */
  private static final double WARM_UP_SECONDS = 0.25;

  private static final double SECONDS = 0.12;

  private static final int FEWEST_ROUNDS = 3;

  private Calibration() {}

  /** The pace of a backend's kernels here. */
  static Pace of(Backend backend) {
    try (Kernel kernel = backend.open()) {
      return new Pace(
          pace(kernel, atInitialisation(backend, "auto", "1")),
          pace(kernel, atInitialisation(backend, "dense", "1")),
          pace(kernel, atInitialisation(backend, "dense", "0.5")),
          pace(kernel, trained(backend)));
    }
  }

  private static Unit atInitialisation(Backend backend, String sampler, String keepProbability) {
    return unit(
        backend,
        """
        name: pace
        replicates: 1
        sampler: %s
        network:
          activation: tanh
          depth: [4, 8, 16]
          width: 256
          sigma_w2: {from: 1, to: 2, count: 16}
          sigma_b2: 0.05
          keep_probability: %s
        inputs: {count: 8, dimension: 256}
        """
            .formatted(sampler, keepProbability));
  }

  private static Unit trained(Backend backend) {
    return unit(
        backend,
        """
        name: pace
        probes: []
        network: {activation: tanh, depth: 8, width: 64, sigma_w2: {from: 1, to: 2, count: 8}}
        training: {data: digits, steps: 20, learning_rate: 0.01}
        """);
  }

  private static Unit unit(Backend backend, String yaml) {
    return Schedule.most(Plan.of(SpecReader.parse(yaml, "pace"), backend)).get(0);
  }

  private static double pace(Kernel kernel, Unit unit) {
    double start = now();
    do {
      run(kernel, unit);
    } while (now() - start < WARM_UP_SECONDS);
    double[] rounds = new double[1000];
    int count = 0;
    double from = now();
    while (count < rounds.length && (count < FEWEST_ROUNDS || now() - from < SECONDS)) {
      double before = now();
      run(kernel, unit);
      rounds[count++] = now() - before;
    }
    Arrays.sort(rounds, 0, count);
    return rounds[count / 2] / CostModel.measuringSeconds(unit);
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
  private static double now() {
    return THREADS.getCurrentThreadCpuTime() * 1e-9;
  }
}
