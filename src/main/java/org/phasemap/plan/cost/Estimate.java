package org.phasemap.plan.cost;

/**
 * How long a sweep takes, its start, theory and end included.
 *
 * @param pace of a core
 * @param theory seconds of its cells' theory on one core
 */
public record Estimate(Pace pace, double theory) {
  /** Of the machine that the model was fitted to, without theory. */
  public static final Estimate FITTED = new Estimate(Pace.FITTED, 0);

  /** Threads that a start and an end keep busy: their own, and at times the compiler's. */
  private static final double THREADS_BESIDE = 1.5;

  /** What is over of {@link Pace#secondsBeside} when a sweep says how long it will take. */
  private static final double STARTED = 0.4;

  /**
   * Seconds of processor time.
   *
   * @param units seconds of its units on one core
   */
  public double processor(double units) {
    return pace.secondsBeside() + theory + units;
  }

  /** As {@link #processor}: seconds until it has ended, on so many cores that do nothing else. */
  public double wall(double units, int cores) {
    return beside(cores) + (theory + units) / cores;
  }

  /** As {@link #wall}, of a sweep whose session has started. */
  public double left(double units, int cores) {
    return (1 - STARTED) * beside(cores) + (theory + units) / cores;
  }

  private double beside(int cores) {
    return pace.secondsBeside() / Math.min(cores, THREADS_BESIDE);
  }
}
