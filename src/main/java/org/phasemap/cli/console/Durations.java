package org.phasemap.cli.console;

/** Seconds as people say them. */
public final class Durations {
  private Durations() {}

  /** Such as {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s} or {@code 5 h 12 min}. */
  public static String of(double seconds) {
    if (seconds < 9.95) {
      return String.format("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 120) {
      return whole + " s";
    }
    if (whole < 7200) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole / 3600 + " h " + whole / 60 % 60 + " min";
  }
}
