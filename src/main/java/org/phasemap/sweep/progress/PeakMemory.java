package org.phasemap.sweep.progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The most memory that this process has held at a time; Linux alone tells it (proc(5)). */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final String PEAK = "VmHWM:";
  private static final int KIB = 1024;

  private PeakMemory() {}

  /** Forgets the peak so far. Where that is not allowed, it is that of the process. */
  public static void reset() {
    if (!Files.isWritable(RESET)) {
      return;
    }
    try {
      Files.writeString(RESET, "5", StandardOpenOption.WRITE);
    } catch (IOException e) { // Files.isWritable asks the mode, and containers refuse for more.
      System.getLogger(PeakMemory.class.getName())
          .log(System.Logger.Level.DEBUG, "the peak is the process's", e);
    }
  }

  /** Bytes resident at most; 0 where the system does not say. */
  public static long bytes() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(STATUS.toString(), e);
    }
  }
}
