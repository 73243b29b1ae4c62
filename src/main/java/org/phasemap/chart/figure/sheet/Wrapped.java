package org.phasemap.chart.figure.sheet;

import java.util.ArrayList;
import java.util.List;

/** Lists of words in lines. */
public final class Wrapped {
  private static final String COMMA = ", ";

  private Wrapped() {}

  /** A text in lines that break behind commas; a line is too wide only if its one part is. */
  public static List<String> lines(String text, double size, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String part : text.split(COMMA, -1)) {
      String longer = line.isEmpty() ? part : line + COMMA + part;
      if (!line.isEmpty() && Label.of(longer + ",", size).width() > width) {
        lines.add(line + ",");
        line = part;
      } else {
        line = longer;
      }
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }
}
