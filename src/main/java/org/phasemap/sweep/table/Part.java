package org.phasemap.sweep.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a task, in a staged file.
 *
 * @param task number of the task, or {@link #NO_TASK} of this run
 * @param path relative to the results folder
 * @param rows in the file
 * @param failedCells ids of the cells of rows that failed, one for each such row
 */
public record Part(int task, String path, long rows, List<String> failedCells)
    implements Serializable {
  static final int NO_TASK = -1;

  /** What a task can sort in memory: profiles of 64 layers are 3 kB a row. */
  private static final long ROWS_PER_FILE = 50_000;

  /** Fewer take no longer than another file costs. */
  private static final long FEWEST_ROWS = 2_000;

  /** Many small files would have to be merged at the end. */
  private static final int MOST_AT_ONCE = Compaction.FEWEST_FILES / 2;

  /** Rows that failed. */
  public long failed() {
    return failedCells.size();
  }

  /**
   * Groups parts that become one file.
   *
   * @param idle cores that wait for these files, each of which one writes
   */
  static List<List<Part>> files(List<Part> parts, int idle) {
    long rows = parts.stream().mapToLong(Part::rows).sum();
    int cores = Math.max(1, Math.min(idle, MOST_AT_ONCE));
    long most = Math.max(FEWEST_ROWS, Math.min(ROWS_PER_FILE, rows / cores));
    List<List<Part>> files = new ArrayList<>();
    long open = 0;
    for (Part part : parts) {
      if (files.isEmpty() || open + part.rows / 2 > most) {
        files.add(new ArrayList<>());
        open = 0;
      }
      files.get(files.size() - 1).add(part);
      open += part.rows;
    }
    return files;
  }
}
