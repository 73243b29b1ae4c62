package org.phasemap.chart.dashboard;

import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.NewerSchema;

/**
 * A sweep in the list of all.
 *
 * @param id its name in requests
 * @param name its folder's
 * @param state what it is
 * @param note what there is to say of that, in one sentence; empty where nothing
 * @param cells in its table
 * @param wantedCells of its spec; null where that cannot be read
 * @param failedCells with a row that failed; null where not known yet
 * @param replicates rows
 * @param bytes of its committed files
 * @param started when the first commit was made; null before
 * @param changed when the last was made
 * @param version of PhaseMap that made it
 * @param schema of the last commit's columns
 * @param revision number of the last commit; moves when there is more to see
 * @param progress of a sweep that runs; else null
 */
public record Summary(
    String id,
    String name,
    State state,
    String note,
    long cells,
    @Nullable Long wantedCells,
    @Nullable Long failedCells,
    long replicates,
    long bytes,
    @Nullable String started,
    @Nullable String changed,
    @Nullable String version,
    int schema,
    int revision,
    @Nullable Progress progress) {

  static final String LOOKING = "The server is looking at it.";

  /** Of a folder of which nothing can be read. */
  static Summary damaged(String id, String name, String why) {
    return new Summary(
        id, name, State.DAMAGED, why, 0, null, null, 0, 0, null, null, null, 0, 0, null);
  }

  /** Of a folder that this version does not read. */
  static Summary newer(String id, String name, NewerSchema e) {
    return damaged(id, name, e.sentence()).as(State.NEWER, e.sentence());
  }

  /** Of a folder that is being looked at for the first time. */
  static Summary looking(String id, String name) {
    return new Summary(
        id, name, State.LOOKING, LOOKING, 0, null, null, 0, 0, null, null, null, 0, 0, null);
  }

  /** The same, after its tables could not be read. */
  Summary damaged(String why) {
    return as(State.DAMAGED, why);
  }

  /** The same, with a sentence more. */
  Summary with(String more) {
    return as(state, note.isEmpty() ? more : note + " " + more);
  }

  private Summary as(State state, String note) {
    return looked(state, note, wantedCells, failedCells, progress);
  }

  /** The same, with what was found. */
  Summary looked(
      State state,
      String note,
      @Nullable Long wantedCells,
      @Nullable Long failedCells,
      @Nullable Progress progress) {
    return new Summary(
        id,
        name,
        state,
        note,
        cells,
        wantedCells,
        failedCells,
        replicates,
        bytes,
        started,
        changed,
        version,
        schema,
        revision,
        progress);
  }

  /** What a sweep is. */
  public enum State {
    /** All that its spec wants is there. */
    COMPLETE,
    /** A process holds its lock. */
    RUNNING,
    /** Not all, and nobody works on it. */
    PARTIAL,
    /** A part of it is missing or not what it should be. */
    DAMAGED,
    /** An earlier version made its cells. */
    OLDER,
    /** A newer version made it, and this one does not read it. */
    NEWER,
    /** Not known yet. */
    LOOKING
  }

  /**
   * How far a sweep is.
   *
   * @param done rows
   * @param total rows that are wanted
   * @param secondsLeft at the pace of its last commits; null where there were too few
   */
  public record Progress(long done, long total, @Nullable Long secondsLeft) {}
}
