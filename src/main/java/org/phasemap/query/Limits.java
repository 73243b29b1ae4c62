package org.phasemap.query;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.phasemap.network.UserException;

/**
 * What answers may take. DuckDB alone would take four fifths of the machine's memory, for ever.
 *
 * @param time that one answer may take; zero for as long as it needs
 * @param megabytes of memory for the tables and an answer, beside Java's heap
 */
public record Limits(Duration time, long megabytes) {
  /** Less does not hold the tables of a small sweep. */
  public static final long LEAST_MEGABYTES = 64;

  private static final long MOST_MEGABYTES = 1 << 24;
  private static final long MOST_SECONDS = 1_000_000;

  /**
   * Limits that a user may set.
   *
   * @throws UserException if they are none
   */
  public Limits {
    if (time.isNegative() || time.toSeconds() > MOST_SECONDS) {
      throw new UserException(
          String.format(
              "--timeout: %d is not allowed; allowed: 0 (none) to %d seconds",
              time.toSeconds(), MOST_SECONDS));
    }
    if (megabytes < LEAST_MEGABYTES || megabytes > MOST_MEGABYTES) {
      throw new UserException(
          String.format(
              "--memory: %d is not allowed; allowed: %d to %d megabytes",
              megabytes, LEAST_MEGABYTES, MOST_MEGABYTES));
    }
  }

  /** Half of this machine's memory, or of the container's, and no limit of time. */
  public static Limits ofThisMachine() {
    long bytes =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Runtime.getRuntime().maxMemory();
    long half = bytes / 2 / 1_000_000;
    return new Limits(Duration.ZERO, Math.max(LEAST_MEGABYTES, Math.min(half, MOST_MEGABYTES)));
  }
}
