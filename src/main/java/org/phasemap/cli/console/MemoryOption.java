package org.phasemap.cli.console;

import org.jspecify.annotations.Nullable;
import org.phasemap.query.Limits;
import picocli.CommandLine.Option;

/** The option of commands that read tables into memory. */
public final class MemoryOption {
  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "most memory for tables and answers, beside Java's heap (default: half of this machine's;"
              + " of serve, 1000)")
  private @Nullable Long megabytes;

  /** What was asked for, else half of this machine's. */
  public long megabytes() {
    return or(Limits.ofThisMachine().megabytes());
  }

  /** What was asked for, else another default. */
  public long or(long usual) {
    return megabytes == null ? usual : megabytes;
  }
}
