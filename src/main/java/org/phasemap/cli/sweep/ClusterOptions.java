package org.phasemap.cli.sweep;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.UserException;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Pace;
import org.phasemap.plan.cost.Simulation;
import org.phasemap.query.Format;
import org.phasemap.query.RowsPrinter;
import picocli.CommandLine.Option;

/** A cluster that does not exist yet, and how long it would take. */
final class ClusterOptions {
  private static final List<String> COLUMNS =
      List.of(
          "executors", "places", "tasks", "seconds", "utilisation", "critical_seconds", "critical");

  @Option(
      names = "--executors",
      required = true,
      split = ",",
      paramLabel = "N",
      description = "number of executors; the table has a line for each of several")
  private List<Integer> executors = new ArrayList<>();

  @Option(names = "--cores", paramLabel = "N", description = "cores of an executor (default: 1)")
  private int cores = 1;

  @Option(
      names = "--gpus",
      paramLabel = "N",
      description =
          "GPUs of an executor, which then runs as many tasks at once if it has as many cores. A"
              + " task costs what it costs on a CPU")
  private @Nullable Integer gpus;

  /**
   * Prints a table of the schedules of these units, longest first.
   *
   * @param pace of a core of this cluster
   */
  void print(List<Unit> units, Pace pace, PrintStream out) {
    List<Simulation> simulations =
        Simulation.of(
            units, pace, executors.stream().map(n -> Math.multiplyExact(n, places())).toList());
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < simulations.size(); i++) {
      rows.add(row(executors.get(i), simulations.get(i)));
    }
    new RowsPrinter(COLUMNS, rows).print(out, Format.TABLE);
  }

  /** Refuses numbers that no cluster has, before there is a plan. */
  void check() {
    executors.forEach(n -> check("--executors", n, 100_000));
    check("--cores", cores, 1000);
    check("--gpus", gpus == null ? 1 : gpus, 1000);
  }

  /** Tasks that an executor runs at once. */
  private int places() {
    return gpus == null ? cores : Math.min(cores, gpus);
  }

  private static void check(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new UserException(
          String.format("%s: %d is not allowed; allowed: 1 to %d", option, value, most));
    }
  }

  private static List<Object> row(int executors, Simulation simulation) {
    Unit unit = simulation.critical();
    NetworkConfig network = unit.cells().get(0).network();
    return List.of(
        executors,
        simulation.places(),
        simulation.tasks(),
        rounded(simulation.makespan(), 10),
        rounded(simulation.utilisation(), 1000),
        rounded(simulation.criticalSeconds(), 10),
        String.format(
            "%s, width %d, %d cells", unit.task().id(), network.width(), unit.cells().size()));
  }

  private static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }
}
