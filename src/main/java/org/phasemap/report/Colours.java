package org.phasemap.report;

import java.util.Locale;
import java.util.Map;

/** What a terminal can show. */
public enum Colours {
  /** None: ASCII symbols only. */
  NONE,
  /** The xterm palette. */
  PALETTE_256,
  /** 24 bits. */
  TRUECOLOUR;

  /**
   * What an interactive terminal says of itself: {@code NO_COLOR} (any value but the empty one) or
   * {@code TERM=dumb} means none, {@code COLORTERM=truecolor} or {@code 24bit} every colour. For
   * output that is not a terminal use {@link #NONE}.
   *
   * @param environment environment variables
   */
  public static Colours of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
        || term.isEmpty()
        || term.equals("dumb")) {
      return NONE;
    }
    String depth = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
    if (depth.equals("truecolor") || depth.equals("24bit") || term.contains("direct")) {
      return TRUECOLOUR;
    }
    return PALETTE_256;
  }
}
