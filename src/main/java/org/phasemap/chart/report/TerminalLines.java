package org.phasemap.chart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.map.PhaseMap;
import org.phasemap.chart.map.PhaseMap.Spot;
import org.phasemap.chart.map.PhaseMap.State;
import org.phasemap.chart.map.Plane;

/** Curves as a table: a line for each value of the axis along them, a column for each curve. */
final class TerminalLines {
  private static final int BETWEEN = 3;

  private TerminalLines() {}

  /** The lines of some panels, an empty one after each. */
  static List<String> lines(List<PhaseMap> panels, Plane plane, int width) {
    List<String> lines = new ArrayList<>();
    for (PhaseMap panel : panels) {
      lines.add("  " + TerminalMaps.cut(panel.name(), width - 2));
      for (String line : table(panel, plane)) {
        lines.add(line.length() <= width ? line : line.substring(0, width - 3) + "...");
      }
      lines.add("");
    }
    return lines;
  }

  private static List<String> table(PhaseMap panel, Plane plane) {
    boolean single = plane.x().equals(plane.y());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(words(plane.x())));
    if (single) {
      head.add("mean ± standard error");
    } else {
      panel.ys().forEach(y -> head.add(words(plane.y()) + " " + Rounded.text(y, 4)));
    }
    rows.add(head);
    for (int i = 0; i < panel.xs().size(); i++) {
      List<String> row = new ArrayList<>(List.of(Rounded.text(panel.xs().get(i), 4)));
      for (int j = 0; j < panel.ys().size(); j++) {
        Spot spot = panel.spots().get(j).get(i);
        if (!single || spot.state() != State.ABSENT) {
          row.add(text(spot));
        }
      }
      rows.add(row);
    }
    return aligned(rows);
  }

  private static String words(String column) {
    return column.replace('_', ' ');
  }

  private static String text(Spot spot) {
    return switch (spot.state()) {
      case FINITE -> Rounded.withError(spot.value(), spot.error());
      case PARTLY_FINITE -> Rounded.withError(spot.value(), spot.error()) + " %";
      case EXPLODED, VANISHED, FAILED -> spot.state().name().toLowerCase(Locale.ROOT);
      case ABSENT -> "";
    };
  }

  private static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < row.size(); i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : " ".repeat(BETWEEN)).append(pad).append(row.get(i));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** What the marks of the table mean. */
  static List<String> legend() {
    return List.of("  mean ± its standard error; % some networks exploded or vanished");
  }
}
