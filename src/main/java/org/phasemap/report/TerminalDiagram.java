package org.phasemap.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * The phase diagram as text: depth, or another axis, × σ, a panel an activation, coloured by log
 * gradient gain.
 */
public final class TerminalDiagram {
  private static final int WIDEST_CELL = 3;
  private static final int BETWEEN_PANELS = 3;

  private final PhasePanels panels;
  private final Colours colours;
  private final int width;

  private TerminalDiagram(PhasePanels panels, Colours colours, int width) {
    this.panels = panels;
    this.colours = colours;
    this.width = width;
  }

  /**
   * Prints the diagram with its legend.
   *
   * @param width of the terminal in characters; the diagram is no wider, down to 40
   */
  public static void print(Query query, PrintStream out, Colours colours, int width) {
    PhasePanels panels = PhasePanels.of(query);
    if (panels.panels().isEmpty()) {
      out.println("No cell has been measured yet.");
      return;
    }
    TerminalDiagram diagram = new TerminalDiagram(panels, colours, Math.max(40, width));
    diagram.lines().forEach(out::println);
    agreement(query, panels.quantity()).forEach(out::println);
    out.flush();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(heading());
    lines.add("");
    int most = panels.panels().stream().mapToInt(p -> p.xs().size()).max().orElseThrow();
    int room = width - TerminalPanel.gutter(panels.y());
    int cell = Math.min(WIDEST_CELL, room / most);
    List<TerminalPanel> drawn =
        panels.panels().stream()
            .map(p -> cell >= 1 ? p : thinned(p, room))
            .map(p -> new TerminalPanel(p, panels.y(), Math.max(1, cell), colours))
            .toList();
    int widest = drawn.stream().mapToInt(TerminalPanel::width).max().orElseThrow();
    int perRow = Math.max(1, (width + BETWEEN_PANELS) / (widest + BETWEEN_PANELS));
    for (int from = 0; from < drawn.size(); from += perRow) {
      lines.addAll(beside(drawn.subList(from, Math.min(drawn.size(), from + perRow))));
      lines.add("");
    }
    lines.addAll(legend());
    return lines;
  }

  private String heading() {
    String x = panels.x().equals("sigma_multiplier") ? "sigma multiplier" : "sigma_w^2";
    String fixed =
        panels.fixed().entrySet().stream()
            .map(e -> ", " + e.getKey().replace('_', ' ') + " " + e.getValue())
            .collect(Collectors.joining());
    return panels.quantity().replace('_', ' ')
        + ": "
        + upwards()
        + " (up) x "
        + x
        + " (across)"
        + fixed;
  }

  private String upwards() {
    return panels.y().equals("depth") ? "depth L" : panels.y().replace('_', ' ');
  }

  /** Every k-th column, so that the rest has room. */
  private static PhasePanel thinned(PhasePanel panel, int room) {
    int stride = (panel.xs().size() + room - 1) / room;
    return new PhasePanel(
        panel.activation(),
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

  private List<String> legend() {
    List<String> lines = new ArrayList<>();
    if (colours == Colours.NONE) {
      lines.add("  = < -10   ~ -10..-3   - -3..-1   . -1..1   + 1..3   * 3..10   # > 10");
      lines.add("  ! exploded   _ vanished   ? failed");
      lines.add("  | theory's edge of chaos (chi1 = 1)   ( ) trained, at least half the networks");
    } else {
      StringBuilder bar = new StringBuilder("  ");
      for (int step = -GainScale.STEPS.size(); step <= GainScale.STEPS.size(); step++) {
        bar.append(GainScale.background(GainScale.rgb(step), colours)).append("      ");
      }
      lines.add(bar.append("\u001b[0m").toString());
      lines.add("       -30   -10    -3    -1  -0.3  +0.3    +1    +3   +10   +30");
      lines.add("  ! exploded   _ vanished   ? failed");
      lines.add("  │ theory's edge of chaos (χ₁ = 1)   ● trained, at least half the networks");
    }
    panels
        .hidden()
        .forEach(
            (axis, values) ->
                lines.add("  in the report also: " + axis.replace('_', ' ') + " " + values));
    return lines;
  }

  /** How far measurement and theory at finite width agree, a line. */
  private static List<String> agreement(Query query, String quantity) {
    Rows.Row row =
        query
            .rows(
                """
                select count(z_ln_gradient_gain) as n,
                  avg(case when abs(z_ln_gradient_gain) <= 2 then 100.0 else 0 end)
                    filter (where z_ln_gradient_gain is not null) as two,
                  avg(case when abs(z_ln_gradient_gain) <= 4 then 100.0 else 0 end)
                    filter (where z_ln_gradient_gain is not null) as four
                from cells where task = 'propagation'
                """
                    .replace("ln_gradient_gain", quantity))
            .row(0);
    return row.whole("n") == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "  finite-width theory: |z| <= 2 in %.1f %%, <= 4 in %.1f %% of %,d cells",
                row.number("two"),
                row.number("four"),
                row.whole("n")));
  }
}
