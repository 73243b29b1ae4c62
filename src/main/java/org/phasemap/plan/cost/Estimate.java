package org.phasemap.plan.cost;

import org.phasemap.plan.Plan;

/**
 * How long a sweep takes, its start, theory and end included.
 *
 * @param pace of a core
 * @param theory seconds of its cells' theory on one core
 * @param activations that its networks have
 * @param cells of its plan
 */
public record Estimate(Pace pace, double theory, int activations, int cells) {
  /** Of the machine that the model was fitted to, without theory. */
  public static final Estimate FITTED = new Estimate(Pace.FITTED, 0, 1, 1);

  /** Threads that a start and an end keep busy: their own, and at times the compiler's. */
  private static final double THREADS_BESIDE = 1.5;

  /** What is over of {@link Pace#secondsBeside} when a sweep says how long it will take. */
  private static final double STARTED = 0.4;

  /** That of a plan. */
  public static Estimate of(Plan plan, Pace pace, double theory) {
    long activations =
        plan.cells().stream().map(cell -> cell.network().activation()).distinct().count();
    return new Estimate(pace, theory, (int) activations, plan.cells().size());
  }

  /**
   * Seconds of processor time.
   *
   * @param units seconds of its units on one core
   * @param rounds of replicates
   */
  public double processor(double units, int rounds) {
    return pace.secondsBeside(rounds, activations, cells) + theory + units;
  }

  /** As {@link #processor}: seconds until it has ended, on so many cores that do nothing else. */
  public double wall(double units, int rounds, int cores) {
    return beside(rounds, cores) + (theory + units) / cores;
  }

  /** As {@link #wall}, of a round of a sweep whose session has started, if it is the last. */
  public double left(double units, int cores) {
    return (1 - STARTED) * beside(1, cores) + (theory + units) / cores;
  }

  private double beside(int rounds, int cores) {
    return pace.secondsBeside(rounds, activations, cells) / Math.min(cores, THREADS_BESIDE);
  }
}
