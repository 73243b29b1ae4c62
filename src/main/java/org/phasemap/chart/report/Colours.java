package org.phasemap.chart.report;

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

  /** Escape sequence that ends all colours. */
  static final String PLAIN = "\u001b[0m";

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

  /** Escape sequence that sets the background 0xRRGGBB, and a foreground that can be read on it. */
  String background(int rgb) {
    int red = rgb >> 16;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    boolean dark = 0.299 * red + 0.587 * green + 0.114 * blue < 140;
    if (this == TRUECOLOUR) {
      String ink = dark ? "255;255;255" : "16;21;28";
      return "\u001b[48;2;" + red + ";" + green + ";" + blue + "m\u001b[38;2;" + ink + "m";
    }
    int cube = 16 + 36 * level(red) + 6 * level(green) + level(blue);
    return "\u001b[48;5;" + cube + "m\u001b[38;5;" + (dark ? 231 : 16) + "m";
  }

  /** Nearest of the six levels of the xterm cube: 0, 95, 135, 175, 215, 255. */
  private static int level(int value) {
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
  }
}
