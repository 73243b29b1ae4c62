package org.phasemap.sweep;

/** Hears how a sweep goes. Called on a thread of the sweep's, never twice at once. */
public interface SweepListener {
  /**
   * What will run; again for each round, where replicates decide whether more are wanted.
   *
   * @param cells of the spec
   * @param rows of {@code replicates} that are wanted, as far as is known by now
   * @param missing of these rows
   * @param units to run
   * @param seconds estimated on this cluster's cores
   */
  void planned(long cells, long rows, long missing, int units, double seconds);

  /**
   * Progress.
   *
   * @param share of the estimated cost done, 0 to 1
   * @param rowsDone since the start of this run
   * @param seconds since then
   */
  void progressed(double share, long rowsDone, double seconds);

  /** Something that the user should know although the sweep can run. */
  default void warned(String message) {}

  /** A wave is committed. */
  void committed(int wave, int waves, long rows);
}
