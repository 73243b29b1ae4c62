package org.phasemap.cli;

import java.io.PrintStream;
import org.phasemap.sweep.SweepListener;

/** A sweep's progress on a terminal: a bar that redraws itself, or a line now and then. */
final class ProgressBar implements SweepListener {
  private static final int WIDTH = 30;
  private static final double PLAIN_PERIOD_SECONDS = 10;

  private final PrintStream out;
  private final boolean redraws;
  private double lastPlain;

  /** A cell counts as done when all its replicates are. */
  private double cellsPerRow = 1;

  /** A bar that redraws itself where {@code terminal} is one that can, else plain lines. */
  ProgressBar(PrintStream out, Terminal terminal) {
    this.out = out;
    this.redraws = terminal.redraws();
  }

  @Override
  public void planned(long cells, long rows, long missing, int units, double seconds) {
    cellsPerRow = (double) cells / rows;
    if (missing == 0) {
      out.printf("%,d cells, %,d replicates: nothing is missing%n", cells, rows);
    } else {
      out.printf(
          "%,d cells, %,d replicates, %,d to measure in %,d units, about %s%n",
          cells, rows, missing, units, Durations.of(seconds));
    }
  }

  @Override
  public void progressed(double share, long rowsDone, double seconds) {
    double left = share > 0 ? seconds * (1 - share) / share : Double.NaN;
    String figures =
        String.format(
            "%3.0f %%  %,.1f cells/s  %s",
            100 * share,
            rowsDone * cellsPerRow / seconds,
            Double.isNaN(left) ? "" : Durations.of(left) + " left");
    if (redraws) {
      int full = (int) Math.round(WIDTH * share);
      out.print("\r[" + "█".repeat(full) + "·".repeat(WIDTH - full) + "] " + figures + "\u001b[K");
      if (share >= 1) {
        out.print("\r\u001b[K");
      }
      out.flush();
    } else if (seconds - lastPlain >= PLAIN_PERIOD_SECONDS) {
      lastPlain = seconds;
      out.println(figures);
    }
  }

  @Override
  public void warned(String message) {
    out.printf("warning: %s%n", message);
  }

  @Override
  public void committed(int wave, int waves, long rows) {
    out.printf(
        "%swave %d of %d committed, %,d rows%n", redraws ? "\r\u001b[K" : "", wave, waves, rows);
  }
}
