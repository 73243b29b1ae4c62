package org.phasemap.cli.sweep;

import java.io.PrintStream;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.phasemap.cli.console.Durations;
import org.phasemap.cli.console.Terminal;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.sweep.progress.SweepListener;

/** A sweep's progress on a terminal: a bar that redraws itself, or a line now and then. */
final class ProgressBar implements SweepListener {
  private static final int WIDTH = 30;
  private static final double PLAIN_PERIOD_SECONDS = 10;

  private final PrintStream out;
  private final boolean redraws;
  private double lastPlain;

  /** A bar that redraws itself where {@code terminal} is one that can, else plain lines. */
  ProgressBar(PrintStream out, Terminal terminal) {
    this.out = out;
    this.redraws = terminal.redraws();
  }

  @Override
  public void planned(Announcement a) {
    lastPlain = 0;
    if (a.missing() == 0) {
      out.printf("%,d cells, %,d replicates: nothing is missing%n", a.cells(), a.rows());
    } else {
      out.printf(
          "%,d cells, %,d replicates, %,d to measure in %,d units, about %s%n",
          a.cells(), a.rows(), a.missing(), a.units(), Durations.of(a.seconds()));
    }
  }

  @Override
  public void progressed(Snapshot s) {
    StringBuilder figures = new StringBuilder();
    figures.append(String.format("%3.0f %%  %s", 100 * s.share(), doing(s)));
    if (s.share() > 0) {
      figures.append("  ").append(Durations.of(s.seconds() * (1 - s.share()) / s.share()));
      figures.append(" left");
    }
    if (s.failed() > 0) {
      figures.append(String.format("  %,d failed", s.failed()));
    }
    if (s.executors() > 0) {
      figures.append(String.format("  %,d executors", s.executors()));
    }
    if (redraws) {
      int full = (int) Math.round(WIDTH * s.share());
      out.print("\r[" + "█".repeat(full) + "·".repeat(WIDTH - full) + "] " + figures + "\u001b[K");
      if (s.share() >= 1) {
        out.print("\r\u001b[K");
      }
      out.flush();
    } else if (s.seconds() - lastPlain >= PLAIN_PERIOD_SECONDS) {
      lastPlain = s.seconds();
      out.println(figures);
    }
  }

  /** What has not all ended, and how much of it has. */
  private static String doing(Snapshot s) {
    return Stream.of(
            doing("measuring", s.networks(), "batches"), doing("training", s.trained(), "groups"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> doing(String verb, Count count, String of) {
    return count.done() < count.all()
        ? Optional.of(String.format("%s %,d of %,d %s", verb, count.done(), count.all(), of))
        : Optional.empty();
  }

  @Override
  public void warned(String message) {
    out.printf("%swarning: %s%n", clearance(), message);
  }

  @Override
  public void takenOver(ManifestEntry entry) {
    out.printf("%,d rows of an interrupted run taken over%n", entry.rows());
  }

  @Override
  public void committed(int wave, ManifestEntry entry) {
    out.printf("%swave %d committed, %,d rows%n", clearance(), wave, entry.rows());
  }

  /** Takes the bar away. */
  private String clearance() {
    return redraws ? "\r\u001b[K" : "";
  }
}
