package org.phasemap.sweep.pace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.predict.Predictors;

/**
 * How long the theory of a plan's cells takes, by processor time of a sample of them: no formula
 * says it, since a cell takes microseconds or seconds, by architecture, depth and activation.
 */
public final class TheoryTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Classes are loaded and loops compiled meanwhile. */
  private static final double COLD_SECONDS = 0.15;

  private static final double USUAL_SECONDS = 0.3;

  /** Where groups take seconds each, fewer say nothing of the others. */
  private static final int FEWEST_GROUPS = 6;

  private static final double MOST_SECONDS = 2;

  /** Groups stand in the order of the grid; steps of this share of them meet all of its axes. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private TheoryTime() {}

  /** Estimated seconds on one core of this machine. */
  public static double seconds(Plan plan) {
    List<List<Cell>> groups = Predictors.groups(plan.cells());
    double start = cpu();
    double warm = start;
    int cold = 0;
    int timed = 0;
    for (int i = 0; i < groups.size(); i++) {
      if (cpu() - start > (i < FEWEST_GROUPS ? MOST_SECONDS : USUAL_SECONDS)) {
        break;
      }
      Predictors.predict(groups.get((int) ((i + 1) * GOLDEN % 1 * groups.size())));
      if (cpu() - start < COLD_SECONDS) {
        warm = cpu();
        cold++;
      }
      timed++;
    }
    double all = cpu() - start;
    // Where one group took all the time, it is all that is known.
    double perGroup = timed > cold ? (cpu() - warm) / (timed - cold) : all / timed;
    return perGroup * groups.size();
  }

  /** Seconds of processor time of this thread. */
  private static double cpu() {
    return THREADS.getCurrentThreadCpuTime() * 1e-9;
  }
}
