package org.phasemap.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.phasemap.analysis.CellErrors;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * The phase diagram as text: depth, or another axis, × σ, a panel an activation, coloured by log
 * gradient gain; then, where networks were trained, the share that was, with the fitted boundary.
 */
public final class TerminalDiagram {
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
   * @param provenance of the tables
   * @param width of the terminal in characters; the diagram is no wider, down to 40
   */
  public static void print(
      Query query, Map<String, String> provenance, PrintStream out, Colours colours, int width) {
    PhasePanels panels = PhasePanels.of(query);
    TrainedPanels trained = TrainedPanels.of(query, CellErrors.of(provenance));
    if (panels.panels().isEmpty() && trained.panels().isEmpty()) {
      out.println("No cell has been measured yet.");
      return;
    }
    int columns = Math.max(40, width);
    failures(query).ifPresent(out::println);
    if (!panels.panels().isEmpty()) {
      new TerminalDiagram(panels, colours, columns).lines().forEach(out::println);
      agreement(query, provenance, panels.quantity()).forEach(out::println);
      out.println();
    }
    training(trained, colours, columns).forEach(out::println);
    out.flush();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(heading(), ""));
    TerminalLook look = new GainLook(colours);
    lines.addAll(TerminalMaps.lines(panels.panels(), panels.y(), look, width));
    lines.addAll(look.legend());
    panels
        .hidden()
        .forEach(
            (axis, values) ->
                lines.add("  in the report also: " + axis.replace('_', ' ') + " " + values));
    return lines;
  }

  /** What was trained; nothing where nothing was. */
  private static List<String> training(TrainedPanels trained, Colours colours, int width) {
    if (trained.panels().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("P(trained): depth L (up) x " + across(trained.x()) + " (across)");
    lines.add("");
    TerminalLook look = new ShareLook(colours);
    lines.addAll(TerminalMaps.lines(trained.panels(), "depth", look, width));
    lines.addAll(look.legend());
    if (!trained.collapses().isEmpty()) {
      lines.add("  fitted L = k xi_c, k with its 95 % interval:");
      trained.collapses().forEach(line -> lines.add(TerminalMaps.cut(line, width)));
    }
    if (trained.more() > 0) {
      lines.add("  in the report also: maps of training, " + trained.more() + " more");
    }
    return lines;
  }

  private String heading() {
    String fixed =
        panels.fixed().entrySet().stream()
            .map(e -> ", " + e.getKey().replace('_', ' ') + " " + e.getValue())
            .collect(Collectors.joining());
    return panels.quantity().replace('_', ' ')
        + ": "
        + upwards()
        + " (up) x "
        + across(panels.x())
        + " (across)"
        + fixed;
  }

  private static String across(String x) {
    return x.equals("sigma_multiplier") ? "sigma multiplier" : "sigma_w^2";
  }

  private String upwards() {
    return panels.y().equals("depth") ? "depth L" : panels.y().replace('_', ' ');
  }

  /** Rows that are in no average, before anything that is. */
  private static Optional<String> failures(Query query) {
    Rows.Row row =
        query
            .rows(
                """
                select coalesce(sum(failed), 0) as failed, count(*) as cells,
                  count(*) filter (where replicates = 0) as empty
                from cells
                """)
            .row(0);
    return row.whole("failed") == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d rows failed, in no average; nothing is known of %,d of %,d cells",
                row.whole("failed"),
                row.whole("empty"),
                row.whole("cells")));
  }

  /** How far measurement and theory at finite width agree, and what to make of it. */
  private static List<String> agreement(
      Query query, Map<String, String> provenance, String quantity) {
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
                row.whole("n")),
            CellErrors.of(provenance) == CellErrors.INDEPENDENT
                ? "  by chance 95.4 % and 100.0 %; cells share no random numbers"
                : "  by chance 95.4 % and 100.0 %, but cells share random numbers: z move together");
  }
}
