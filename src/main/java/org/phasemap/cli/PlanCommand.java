package org.phasemap.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.phasemap.plan.Cell;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = "Says what a sweep would run: cells, units, cost and memory. Runs nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private SpecOptions spec = new SpecOptions();

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
        "memory       at most %,.0f MB a task outside the Java heap%n", Math.ceil(bytes / 1e6));
    return Main.DONE;
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
