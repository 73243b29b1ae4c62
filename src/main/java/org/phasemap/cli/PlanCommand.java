package org.phasemap.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.plan.Cell;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = "Says what a sweep would run: cells, units, cost and memory. Runs nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private SpecOptions spec = new SpecOptions();

  @ArgGroup(exclusive = false, heading = "Simulates the schedule on a cluster:%n")
  private @Nullable ClusterOptions cluster;

  @Override
  public Integer call() {
    Spec read = spec.read();
    Plan plan = spec.plan(read);
    List<Unit> most = plan.units();
    List<Unit> fewest = plan.fewestRows() < plan.rows() ? plan.fewestUnits() : most;
    double bytes = most.stream().mapToDouble(CostModel::bytes).max().orElse(0);
    int cores = Runtime.getRuntime().availableProcessors();
    System.out.printf("spec         %s, seed %d%n", read.name(), read.seed());
    System.out.printf(
        "cells        %,d measured at initialisation, %,d trained%n",
        count(plan, false), count(plan, true));
    System.out.printf("replicates   %s rows in all%n", range(plan.fewestRows(), plan.rows()));
    System.out.printf(
        "units        %s, the longest about %s%n",
        range(fewest.size(), most.size()), Durations.of(CostModel.seconds(most.get(0))));
    System.out.printf(
        "cost         about %s of one core; %s on the %d here%n",
        range(seconds(fewest), seconds(most)),
        range(seconds(fewest) / cores, seconds(most) / cores),
        cores);
    System.out.printf(
        "memory       at most %s MB a task outside the Java heap%n", megabytes(bytes));
    if (bytes > CostModel.UNIT_BYTES) {
      System.out.printf(
          "warning      more than the %s MB a task should need: its columns cannot be cut further;"
              + " fewer inputs or depths need less%n",
          megabytes(CostModel.UNIT_BYTES));
    }
    if (cluster != null) {
      cluster.print(most, System.out);
      return Main.DONE;
    }
    double limit = NativeMemory.limit();
    if (limit > 0 && bytes * cores > limit) {
      System.out.printf(
          "fault        %d such tasks at once need more than the %s MB that a Java process has here;"
              + " give it more with JAVA_TOOL_OPTIONS=-Xmx%.0fm, or executors with"
              + " spark.executor.memory%n",
          cores, megabytes(limit), Math.ceil(bytes * cores / (1 << 20)));
      return Main.FOUND;
    }
    return Main.DONE;
  }

  private static String megabytes(double bytes) {
    return String.format("%,.0f", Math.ceil(bytes / 1e6));
  }

  private static long count(Plan plan, boolean trained) {
    return plan.cells().stream()
        .map(Cell::task)
        .filter(task -> task instanceof Task.Training == trained)
        .count();
  }

  private static double seconds(List<Unit> units) {
    return units.stream().mapToDouble(CostModel::seconds).sum();
  }

  /** Fewest to most, where the cells themselves decide how many replicates they need. */
  private static String range(long fewest, long most) {
    return fewest == most ? String.format("%,d", most) : String.format("%,d to %,d", fewest, most);
  }

  private static String range(double fewest, double most) {
    String upTo = Durations.of(most);
    return fewest == most ? upTo : Durations.of(fewest) + " to " + upTo;
  }
}
