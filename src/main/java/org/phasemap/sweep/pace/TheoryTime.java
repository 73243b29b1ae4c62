package org.phasemap.sweep.pace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.predict.Predictors;

/**
 * How long the theory of a plan's cells takes, by processor time of a sample of them: no formula
 * says it, since a cell takes microseconds or seconds. The sample meets every architecture with
 * every activation, as they differ most, and more of each while there is time.
 */
public final class TheoryTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Classes are loaded and loops compiled meanwhile. */
  private static final double COLD_SECONDS = 0.3;

  /** Where groups of cells take long. */
  private static final double MOST_COLD_SECONDS = 1.2;

  private static final double USUAL_SECONDS = 0.3;

  /** Where groups of cells take long; kinds that were not met by then are taken for the others. */
  private static final double MOST_SECONDS = 2;

  /** Groups stand in the order of the grid; steps of this share of them meet all of its axes. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private TheoryTime() {}

  /** Estimated seconds on one core of this machine. */
  public static double seconds(Plan plan) {
    Map<Record, Kind> byKind = new LinkedHashMap<>();
    for (List<Cell> group : Predictors.groups(plan.cells())) {
      NetworkConfig network = group.get(0).network();
      Record key = new Key(group.get(0).task(), network.architecture(), network.activation());
      byKind.computeIfAbsent(key, none -> new Kind()).groups.add(group);
    }
    List<Kind> kinds = List.copyOf(byKind.values());
    time(kinds, MOST_COLD_SECONDS, COLD_SECONDS);
    kinds.forEach(Kind::forget);
    time(kinds, MOST_SECONDS, USUAL_SECONDS);
    double timed = kinds.stream().mapToDouble(kind -> kind.timed).sum();
    double perGroup = kinds.stream().mapToDouble(kind -> kind.seconds).sum() / Math.max(1, timed);
    return kinds.stream().mapToDouble(kind -> kind.all(perGroup)).sum();
  }

  /** Times a group of each kind in turn: seconds for the first round, and for all. */
  private static void time(List<Kind> kinds, double first, double usual) {
    double start = cpu();
    int most = kinds.stream().mapToInt(kind -> kind.groups.size()).max().orElse(0);
    int visits = 0;
    for (int round = 0; round < most; round++) {
      for (Kind kind : kinds) {
        if (cpu() - start > (round == 0 ? first : usual)) {
          return;
        }
        visits++;
        kind.time(visits * GOLDEN % 1);
      }
    }
  }

  /** What decides most of what theory takes. */
  private record Key(Task task, Architecture architecture, Activation activation) {}

  /** Groups that differ in their axes alone. */
  private static final class Kind {
    private final List<List<Cell>> groups = new ArrayList<>();
    private int timed;
    private double seconds;

    /** One, by its place from 0 to 1. */
    void time(double place) {
      double before = cpu();
      Predictors.predict(groups.get((int) (place * groups.size())));
      seconds += cpu() - before;
      timed++;
    }

    void forget() {
      timed = 0;
      seconds = 0;
    }

    /** Seconds of all groups, those of others if none was timed. */
    double all(double others) {
      return groups.size() * (timed > 0 ? seconds / timed : others);
    }
  }

  /** Seconds of processor time of this thread. */
  private static double cpu() {
    return THREADS.getCurrentThreadCpuTime() * 1e-9;
  }
}
