package org.phasemap.chart.report;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.map.PhaseMap;
import org.phasemap.network.PlainText;

/** Maps side by side, as many as the terminal has room for, then those below. */
final class TerminalMaps {
  private static final int WIDEST_CELL = 3;
  private static final int BETWEEN_PANELS = 3;

  private TerminalMaps() {}

  /**
   * The lines of some maps, an empty one after each row of them.
   *
   * @param panels at least one
   * @param y the axis upwards
   * @param width of the terminal in characters
   */
  static List<String> lines(List<PhaseMap> panels, String y, TerminalLook look, int width) {
    int most = panels.stream().mapToInt(p -> p.xs().size()).max().orElseThrow();
    int room = width - TerminalPanel.gutter(y);
    int cell = Math.min(WIDEST_CELL, room / most);
    List<TerminalPanel> drawn =
        panels.stream()
            .map(p -> cell >= 1 ? p : thinned(p, room))
            .map(p -> new PhaseMap(cut(p.name(), room), p.xs(), p.ys(), p.spots()))
            .map(p -> new TerminalPanel(p, y, Math.max(1, cell), look))
            .toList();
    List<String> lines = new ArrayList<>();
    for (List<TerminalPanel> row : rows(drawn, width)) {
      lines.addAll(beside(row));
      lines.add("");
    }
    return lines;
  }

  /** As many in each row as it has room for. */
  private static List<List<TerminalPanel>> rows(List<TerminalPanel> panels, int width) {
    List<List<TerminalPanel>> rows = new ArrayList<>();
    int used = width;
    for (TerminalPanel panel : panels) {
      used += BETWEEN_PANELS + panel.width();
      if (used > width) {
        rows.add(new ArrayList<>());
        used = panel.width();
      }
      rows.get(rows.size() - 1).add(panel);
    }
    return rows;
  }

  /** A text of one line that is no longer than there is room. */
  static String cut(String text, int room) {
    String plain = PlainText.of(text);
    return plain.length() <= room ? plain : plain.substring(0, room - 3) + "...";
  }

  /** Every k-th column, so that the rest has room. */
  private static PhaseMap thinned(PhaseMap panel, int room) {
    int stride = (panel.xs().size() + room - 1) / room;
    return new PhaseMap(
        panel.name(),
        every(panel.xs(), stride),
        panel.ys(),
        panel.spots().stream().map(row -> every(row, stride)).toList());
  }

  private static <T> List<T> every(List<T> values, int stride) {
    List<T> kept = new ArrayList<>();
    for (int i = 0; i < values.size(); i += stride) {
      kept.add(values.get(i));
    }
    return kept;
  }

  private static List<String> beside(List<TerminalPanel> row) {
    List<List<String>> columns = row.stream().map(TerminalPanel::lines).toList();
    int height = columns.stream().mapToInt(List::size).max().orElseThrow();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder();
      for (int k = 0; k < row.size(); k++) {
        List<String> column = columns.get(k);
        line.append(k == 0 ? "" : " ".repeat(BETWEEN_PANELS))
            .append(i < column.size() ? column.get(i) : " ".repeat(row.get(k).width()));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
