package org.phasemap.sweep;

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
record Part(int task, String path, long rows, List<String> failedCells) implements Serializable {
  static final int NO_TASK = -1;

  /** What a task can sort in memory: profiles of 64 layers are 3 kB a row. */
  private static final long ROWS_PER_FILE = 50_000;

  /** Rows that failed. */
  long failed() {
    return failedCells.size();
  }

  /** Groups parts that become one file. */
  static List<List<Part>> files(List<Part> parts) {
    List<List<Part>> files = new ArrayList<>();
    long rows = ROWS_PER_FILE;
    for (Part part : parts) {
      if (rows + part.rows > ROWS_PER_FILE) {
        files.add(new ArrayList<>());
        rows = 0;
      }
      files.get(files.size() - 1).add(part);
      rows += part.rows;
    }
    return files;
  }
}
