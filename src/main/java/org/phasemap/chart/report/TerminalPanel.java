package org.phasemap.chart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.map.PhaseMap;
import org.phasemap.chart.map.PhaseMap.Spot;
import org.phasemap.chart.map.PhaseMap.State;
import org.phasemap.quantity.Axis;

/** The lines of one map, all of the same width on the screen. */
final class TerminalPanel {
  /** Characters left of a map: the depth. */
  static final int GUTTER = 5;

  /** The same for any other axis. */
  private static final int WIDE_GUTTER = 8;

  private final PhaseMap panel;
  private final String y;
  private final int gutter;
  private final int cell;
  private final TerminalLook look;

  /**
   * A map to be drawn.
   *
   * @param y the axis upwards
   * @param cell characters a cell is wide, 1 to 3
   */
  TerminalPanel(PhaseMap panel, String y, int cell, TerminalLook look) {
    this.panel = panel;
    this.y = y;
    this.gutter = gutter(y);
    this.cell = cell;
    this.look = look;
  }

  /** Characters left of a map with this axis upwards. */
  static int gutter(String y) {
    return y.equals("depth") ? GUTTER : WIDE_GUTTER;
  }

  int width() {
    int label = gutter + label(panel.xs().get(0)).length();
    return Math.max(Math.max(name().length(), label), gutter + panel.xs().size() * cell);
  }

  private String name() {
    return String.format("%" + (gutter - 1) + "s ", symbol()) + panel.name();
  }

  /** Title, a line a value of y with the highest first, and the axis. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(title());
    for (int row = panel.ys().size() - 1; row >= 0; row--) {
      String label = String.format("%" + (gutter - 1) + "s ", value(row));
      int missing = width() - gutter - panel.xs().size() * cell;
      lines.add(label + row(row) + " ".repeat(missing));
    }
    lines.add(axis());
    return lines;
  }

  /** What stands over the values of y: its symbol, in ASCII. */
  private String symbol() {
    String symbol = Axis.of(y).map(Axis::symbol).orElse(y);
    return symbol.replace("σ_", "s").replace("²", "2");
  }

  private String title() {
    int top = panel.ys().size() - 1;
    List<Double> edges = panel.edges(top);
    String edge =
        edges.isEmpty()
            ? panel.hasTheory(top) ? "no edge of chaos in this range" : ""
            : String.format(
                Locale.ROOT,
                "edge of chaos at %.3f for %s = %s",
                panel.xAt(edges.get(0)),
                symbol(),
                value(top));
    String full = name() + "   " + edge;
    return padded(full.length() <= width() ? full : name());
  }

  private String value(int row) {
    double value = panel.ys().get(row);
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Rounded.text(value, value < 0.1 ? 2 : 3);
  }

  private String padded(String text) {
    return text + " ".repeat(Math.max(0, width() - text.length()));
  }

  private String row(int row) {
    List<Spot> spots = panel.spots().get(row);
    char[] text = new char[spots.size() * cell];
    for (int i = 0; i < spots.size(); i++) {
      look.glyphs(spots.get(i), cell).getChars(0, cell, text, i * cell);
    }
    for (double edge : panel.edges(row)) {
      if (spots.get((int) Math.round(edge)).state() == State.FAILED) {
        continue; // Theory alone is no map of what was measured.
      }
      text[edgeAt(edge, text.length)] = look.colours() == Colours.NONE ? '|' : '│';
    }
    if (look.colours() == Colours.NONE) {
      return new String(text);
    }
    StringBuilder coloured = new StringBuilder();
    for (int i = 0; i < spots.size(); i++) {
      coloured.append(look.background(spots.get(i))).append(text, i * cell, cell);
    }
    return coloured.append(Colours.PLAIN).toString();
  }

  /** The character nearest to a position counted in columns, but not the middle of a cell. */
  private int edgeAt(double edge, int length) {
    double exact = edge * cell + (cell - 1) / 2.0;
    int nearest = (int) Math.round(exact);
    if (cell > 1 && nearest % cell == cell / 2) {
      nearest += exact < nearest && cell == 3 ? -1 : 1;
    }
    return Math.min(length - 1, nearest);
  }

  /** Values of x under their columns, as many as there is room for. */
  private String axis() {
    StringBuilder axis = new StringBuilder(padded(""));
    int free = 0;
    List<Double> xs = panel.xs();
    for (int i = 0; i < xs.size(); i++) {
      String label = label(xs.get(i));
      int start = Math.max(0, gutter + i * cell + cell / 2 - (label.length() - 1) / 2);
      if (start >= free && start + label.length() <= width()) {
        axis.replace(start, start + label.length(), label);
        free = start + label.length() + 2;
      }
    }
    return axis.toString();
  }

  private static String label(double x) {
    return x < 100 ? String.format(Locale.ROOT, "%.2f", x) : Rounded.text(x, 3);
  }
}
