package org.phasemap.cli.sweep;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.Durations;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.cost.Bill;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.plan.cost.Estimate;
import org.phasemap.plan.cost.Pace;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.Spec;
import org.phasemap.sweep.pace.MachinePace;
import org.phasemap.sweep.pace.TheoryTime;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = {
      "Says what a sweep would run, how long it takes and what memory it needs. Runs nothing.",
      "Times are for this machine, once it has been timed; that takes seconds, once."
    },
    footer = {
      "  phasemap plan conf/sweeps/01-quickstart.yaml",
      "  phasemap plan my-first-map.yaml -o network.width=512 -o replicates=20",
      "  phasemap plan my-first-map.yaml --executors 4,16 --cores 8"
    },
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
  @Mixin private SpecOptions spec = new SpecOptions();

  @ArgGroup(exclusive = false, heading = "Simulates the schedule on a cluster:%n")
  private @Nullable ClusterOptions cluster;

  @Override
  public Integer call() {
    if (cluster != null) {
      cluster.check();
    }
    Spec read = spec.read();
    Plan plan = spec.plan(read);
    MachinePace machine = MachinePace.of(plan.backend());
    Optional<Pace> pace = machine.ifAny(Pace.Kind.of(plan));
    // Nothing is printed of a plan that is refused.
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    boolean fits = print(plan, pace, machine, new PrintStream(text, false, StandardCharsets.UTF_8));
    System.out.print(text.toString(StandardCharsets.UTF_8));
    return fits ? ExitCode.DONE : ExitCode.FOUND;
  }

  /** Says what it is, and whether it fits into the memory of this machine. */
  private boolean print(Plan plan, Optional<Pace> known, MachinePace machine, PrintStream out) {
    Pace pace = known.orElse(Pace.FITTED);
    Bill most = Bill.most(plan, pace);
    Bill fewest = plan.fewestRows() < plan.rows() ? Bill.fewest(plan, pace) : most;
    double bytes = most.bytes();
    int cores = Runtime.getRuntime().availableProcessors();
    Estimate estimate = Estimate.of(plan, pace, TheoryTime.seconds(plan));
    int rounds = plan.spec().replicates().checkpoints().size();
    out.printf("spec         %s, seed %d%n", plan.spec().name(), plan.spec().seed());
    out.printf(
        "cells        %,d measured at initialisation, %,d trained%n",
        count(plan, false), count(plan, true));
    out.printf("replicates   %s rows in all%n", range(plan.fewestRows(), plan.rows()));
    out.printf(
        "units        %s, the longest about %s%n",
        range(fewest.units(), most.units()), Durations.of(most.longest()));
    out.printf(
        "cost         about %s of one core; %s on the %d here%s%n",
        range(estimate.processor(fewest.seconds(), 1), estimate.processor(most.seconds(), rounds)),
        range(
            estimate.wall(fewest.seconds(), 1, cores),
            estimate.wall(most.seconds(), rounds, cores)),
        cores,
        known.isPresent() ? "" : " if they are as fast as those the model knows");
    if (machine.isOfBusyMachine()) {
      out.println("             timed while this machine was busy; alone it may take half as long");
    }
    out.printf("memory       at most %s MB a task outside the Java heap%n", megabytes(bytes));
    if (bytes > CostModel.UNIT_BYTES) {
      out.printf(
          "warning      more than the %s MB a task should need: its columns cannot be cut further;"
              + " fewer inputs or depths need less%n",
          megabytes(CostModel.UNIT_BYTES));
    }
    if (cluster != null) {
      cluster.print(Schedule.most(plan), pace, out); // Its memory is not known.
      out.flush();
      return true;
    }
    double limit = NativeMemory.limit();
    if (limit > 0 && bytes * cores > limit) {
      out.printf(
          "fault        %d such tasks at once need more than the %s MB that a Java process has"
              + " here; give it more with JAVA_TOOL_OPTIONS=-Xmx%.0fm, or executors with"
              + " spark.executor.memory%n",
          cores, megabytes(limit), Math.ceil(bytes * cores / (1 << 20)));
    }
    out.flush();
    return limit <= 0 || bytes * cores <= limit;
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

  /** Fewest to most, where the cells themselves decide how many replicates they need. */
  private static String range(long fewest, long most) {
    return fewest == most ? String.format("%,d", most) : String.format("%,d to %,d", fewest, most);
  }

  private static String range(double fewest, double most) {
    String upTo = Durations.of(most);
    return fewest == most ? upTo : Durations.of(fewest) + " to " + upTo;
  }
}
