package org.phasemap.cli.sweep;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.phasemap.cli.console.Durations;
import org.phasemap.cli.console.Terminal;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/**
 * A sweep that another process runs, until it ends. What is committed is seen, once in a wave: a
 * bar that redraws itself, or a line when something has changed.
 */
final class Watch {
  private static final int WIDTH = 30;
  private static final long POLL_MILLIS = 1000;

  private final ResultsFolder folder;
  private final long wanted;
  private final PrintStream out;
  private final boolean redraws;
  private final long start = System.nanoTime();
  private long before = -1;
  private long first = -1;

  /**
   * Of a folder.
   *
   * @param wanted rows of the spec, at most
   */
  Watch(ResultsFolder folder, long wanted, PrintStream out, Terminal terminal) {
    this.folder = folder;
    this.wanted = wanted;
    this.out = out;
    this.redraws = terminal.redraws();
  }

  /** Returns when no process writes the folder. */
  void untilItEnds() throws IOException, InterruptedException {
    while (FolderLock.isHeld(folder)) {
      show();
      Thread.sleep(POLL_MILLIS);
    }
    if (redraws) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  private void show() {
    List<ManifestEntry.DataFile> files = folder.dataFiles(Tables.REPLICATES);
    long rows = files.stream().mapToLong(ManifestEntry.DataFile::rows).sum();
    if (first < 0) {
      first = rows;
    }
    if (redraws) {
      double share = wanted > 0 ? Math.min(1, (double) rows / wanted) : 1;
      int full = (int) Math.round(WIDTH * share);
      out.print(
          "\r[" + "█".repeat(full) + "·".repeat(WIDTH - full) + "] " + line(rows) + "\u001b[K");
      out.flush();
    } else if (rows != before) {
      out.println(line(rows));
      out.flush();
    }
    before = rows;
  }

  /** Rows differ in what they cost, so no time is promised before some have come. */
  private String line(long rows) {
    String line = String.format("%,d of %,d rows committed", rows, wanted);
    if (rows >= wanted) {
      return line + ", averages and the report are being made";
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    return rows > first
        ? line + ", about " + Durations.of(seconds * (wanted - rows) / (rows - first)) + " left"
        : line;
  }
}
