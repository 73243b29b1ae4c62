package org.phasemap.chart;

import java.util.Locale;

/** Numbers of things in words: 1 cell, 1,350 cells. */
public final class Counted {
  private Counted() {}

  /**
   * So many of something.
   *
   * @param noun for one of them, whose plural ends with s
   */
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
