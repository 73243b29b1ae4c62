package org.phasemap.chart;

import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * How much of a sweep there is.
 *
 * @param measured cells and networks at initialisation
 * @param trained the same of training
 * @param failed rows that are in no average
 */
public record Counts(Task measured, Task trained, long failed) {

  /**
   * The cells of a task.
   *
   * @param cells how many
   * @param known those of them with a network that did not fail
   * @param networks that did not fail
   */
  public record Task(long cells, long known, long networks) {}

  /** Of the tables. */
  public static Counts of(Query query) {
    Rows.Row row = query.rows("select coalesce(sum(failed), 0) as failed from cells").row(0);
    return new Counts(
        task(query, TaskKind.PROPAGATION), task(query, TaskKind.TRAINING), row.whole("failed"));
  }

  private static Task task(Query query, TaskKind task) {
    Rows.Row row =
        query
            .rows(
                """
                select count(*) as cells, count(*) filter (where replicates > 0) as known,
                  coalesce(sum(replicates), 0) as networks
                from cells where task = ?
                """,
                task.id())
            .row(0);
    return new Task(row.whole("cells"), row.whole("known"), row.whole("networks"));
  }

  /** Cells of both tasks. */
  public long cells() {
    return measured.cells + trained.cells;
  }

  /** Cells whose networks all failed. */
  public long unknown() {
    return cells() - measured.known - trained.known;
  }
}
