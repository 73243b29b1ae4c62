package org.phasemap.sweep.pace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
 * steps of training. It takes two or three seconds.
 */
final class Calibration {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The compiler has seen to the loops when rounds have not become faster for so long. */
  private static final double SETTLED_SECONDS = 0.3;

  private static final double FASTER = 0.95;

  /** On a machine that others want too. */
  private static final double MOST_SECONDS = 5;

  private static final int FEWEST_ROUNDS = 5;

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

  /** The pace of a backend's kernels here. */
  static Measured of(Backend backend) {
    double wall = wall();
    double cpu = cpu();
    try (Kernel kernel = backend.open()) {
      Calibration calibration = new Calibration(kernel);
      Pace pace =
          new Pace(
              calibration.pace(atInitialisation(backend, "auto", "1")),
              calibration.pace(atInitialisation(backend, "dense", "1")),
              calibration.pace(atInitialisation(backend, "dense", "0.5")),
              calibration.pace(trained(backend)));
      return new Measured(pace, cpu() - cpu > ALONE * (wall() - wall));
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

  /** The best of rounds, once none has been faster for a while. */
  private double pace(Unit unit) {
    double best = Double.POSITIVE_INFINITY;
    double start = wall();
    double faster = cpu();
    int rounds = 0;
    while (rounds < FEWEST_ROUNDS
        || (cpu() - faster < SETTLED_SECONDS && wall() - start < MOST_SECONDS)) {
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
