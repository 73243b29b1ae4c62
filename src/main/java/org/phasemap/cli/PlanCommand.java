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
    List<Unit> units = plan.units();
    double seconds = units.stream().mapToDouble(CostModel::seconds).sum();
    double bytes = units.stream().mapToDouble(CostModel::bytes).max().orElse(0);
    int cores = Runtime.getRuntime().availableProcessors();
    System.out.printf("spec         %s, seed %d%n", read.name(), read.seed());
    System.out.printf(
        "cells        %,d measured at initialisation, %,d trained%n",
        count(plan, false), count(plan, true));
    System.out.printf("replicates   %,d rows in all%n", plan.rows());
    System.out.printf(
        "units        %,d, the longest about %s%n",
        units.size(), Durations.of(CostModel.seconds(units.get(0))));
    System.out.printf(
        "cost         about %s of one core; %s on the %d here%n",
        Durations.of(seconds), Durations.of(seconds / cores), cores);
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
}
