package org.phasemap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.phasemap.network.UserException;

/**
 * How many files this process may have open. Java opens each jar of the class path and keeps it
 * open: with too few, a class that is there is "not found", or Java says that it is itself damaged.
 * {@code jobs/phasemap} looks before it starts Java.
 */
final class OpenFiles {
  private static final Path LIMITS = Path.of("/proc/self/limits");

  private static final String LINE = "Max open files ";

  /** 220 jars, and Spark's sockets and files. */
  private static final long FEWEST = 512;

  private OpenFiles() {}

  /**
   * Looks where Linux says it; elsewhere there is nothing to look at.
   *
   * @throws UserException if they are too few
   */
  static void check() throws IOException {
    if (!Files.isReadable(LIMITS)) {
      return;
    }
    for (String line : Files.readAllLines(LIMITS)) {
      if (line.startsWith(LINE)) {
        check(line.substring(LINE.length()).strip().split(" +", -1)[0]);
      }
    }
  }

  /** The limit that holds; Java has raised it as far as it may. */
  private static void check(String soft) {
    if (!soft.equals("unlimited") && Long.parseLong(soft) < FEWEST) {
      throw new UserException(
          String.format("ulimit -n: %s open files are too few; allowed: %d or more", soft, FEWEST));
    }
  }
}
