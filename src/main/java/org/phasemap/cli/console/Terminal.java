package org.phasemap.cli.console;

import java.util.Map;
import org.phasemap.chart.report.Colours;

/**
 * What the user's terminal can do.
 *
 * @param redraws whether a line can be drawn over
 * @param colours that it shows
 * @param width in characters
 */
public record Terminal(boolean redraws, Colours colours, int width) {
  private static final int DEFAULT_WIDTH = 100;

  /**
   * Of this process; the launcher says in {@code phasemap.tty} whether stdout is a terminal, and in
   * {@code phasemap.columns} how wide it is.
   */
  public static Terminal detect() {
    return of(
        System.getenv(),
        Boolean.getBoolean("phasemap.tty"),
        Integer.getInteger("phasemap.columns", DEFAULT_WIDTH));
  }

  public static Terminal of(Map<String, String> environment, boolean tty, int columns) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(tty && !dumb, tty ? Colours.of(environment) : Colours.NONE, columns);
  }
}
