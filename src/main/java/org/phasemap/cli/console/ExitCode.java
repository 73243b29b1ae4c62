package org.phasemap.cli.console;

/** What a command ends the process with. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** Done, and it found failed cells or a fault. */
  public static final int FOUND = 1;

  /** The user's mistake. */
  public static final int MISUSED = 2;

  /** Stopped before the end. */
  public static final int INCOMPLETE = 3;

  /** Our mistake. */
  public static final int BROKEN = 4;

  private ExitCode() {}
}
