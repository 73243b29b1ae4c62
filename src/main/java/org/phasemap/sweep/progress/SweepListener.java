package org.phasemap.sweep.progress;

import java.util.List;
import org.phasemap.plan.Progress;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Costs;
import org.phasemap.plan.cost.Estimate;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.rows.Holdings;
import org.phasemap.store.manifest.ManifestEntry;

/** Hears how a sweep goes, or of it what it wants to. */
public interface SweepListener {
  /**
   * What will run; again for each round, where replicates decide whether more are wanted.
   *
   * @param cells of the spec
   * @param rows of {@code replicates} that are wanted, as far as is known by now
   * @param missing of these rows
   * @param units to run
   * @param seconds estimated on this cluster's cores, until the report is drawn
   */
  record Announcement(long cells, long rows, long missing, int units, double seconds) {
    /** What is missing by now, on a cluster's cores. */
    public static Announcement of(Holdings holdings, int cores, Estimate estimate) {
      Progress progress = holdings.progress();
      List<Unit> missing = Schedule.missing(progress);
      return new Announcement(
          progress.plan().cells().size(),
          progress.wanted(),
          progress.missing(),
          missing.size(),
          estimate.left(new Costs(estimate.pace()).seconds(missing), cores));
    }
  }

  /**
   * A moment of a round. A round starts over when tasks of it have to be cut anew.
   *
   * @param share of the estimated cost done, 0 to 1
   * @param rows done since the start of the round
   * @param failed of these
   * @param cells that have all rows asked for, since the start of the sweep
   * @param failedCells with a row that failed, since the start of the sweep
   * @param executors that there are; 0 if tasks run in this process
   * @param seconds since the start of the round
   * @param networks batches of networks at initialisation
   * @param trained groups of networks that are trained
   */
  record Snapshot(
      double share,
      long rows,
      long failed,
      long cells,
      long failedCells,
      int executors,
      double seconds,
      Count networks,
      Count trained) {}

  /**
   * How many of a round's units have ended.
   *
   * @param done of them
   * @param all of the round
   */
  record Count(int done, int all) {}

  /** A round starts. */
  default void planned(Announcement announcement) {}

  /** A round goes on. */
  default void progressed(Snapshot snapshot) {}

  /** What an interrupted run had finished and not committed is in the table. */
  default void takenOver(ManifestEntry entry) {}

  /**
   * A wave is committed.
   *
   * @param wave number in its round, from 1
   */
  default void committed(int wave, ManifestEntry entry) {}

  /**
   * A phase has ended.
   *
   * @param phase plan, session, waves, compaction or cells
   * @param seconds that it took
   */
  default void ended(String phase, double seconds) {}

  /** Something that the user should know although the sweep can run. */
  default void warned(String message) {}

  /** One that tells several, in order. */
  static SweepListener all(List<SweepListener> listeners) {
    return new SweepListener() {
      @Override
      public void planned(Announcement announcement) {
        listeners.forEach(listener -> listener.planned(announcement));
      }

      @Override
      public void progressed(Snapshot snapshot) {
        listeners.forEach(listener -> listener.progressed(snapshot));
      }

      @Override
      public void takenOver(ManifestEntry entry) {
        listeners.forEach(listener -> listener.takenOver(entry));
      }

      @Override
      public void committed(int wave, ManifestEntry entry) {
        listeners.forEach(listener -> listener.committed(wave, entry));
      }

      @Override
      public void ended(String phase, double seconds) {
        listeners.forEach(listener -> listener.ended(phase, seconds));
      }

      @Override
      public void warned(String message) {
        listeners.forEach(listener -> listener.warned(message));
      }
    };
  }
}
