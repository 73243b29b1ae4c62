package org.phasemap.chart.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.Counted;
import org.phasemap.chart.Counts;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.map.Facet;
import org.phasemap.chart.map.PhaseMaps;
import org.phasemap.chart.map.Plane;
import org.phasemap.chart.summary.Charts;
import org.phasemap.network.PlainText;
import org.phasemap.quantity.Look;
import org.phasemap.quantity.Quantity;

/**
 * The phase diagram as text: depth, or another axis, × σ, a panel an activation, coloured by log
 * gradient gain; then, where networks were trained, the share that was, with the fitted boundary.
 */
public final class TerminalDiagram {
  private static final int MOST_HIDDEN = 8;
  private static final char ESCAPE = '\u001b';

  /** Of what goes on from the line before. */
  private static final String INDENT = "    ";

  private final Charts charts;
  private final Colours colours;
  private final int width;

  private TerminalDiagram(Charts charts, Colours colours, int width) {
    this.charts = charts;
    this.colours = colours;
    this.width = width;
  }

  /**
   * Prints the diagram with its legend.
   *
   * @param width of the terminal in characters; the diagram is no wider, down to 40
   */
  public static void print(Charts charts, PrintStream out, Colours colours, int width) {
    TerminalDiagram diagram = new TerminalDiagram(charts, colours, Math.max(40, width));
    List<String> lines = diagram.lines();
    if (lines.isEmpty()) {
      out.println("No cell has been measured yet.");
      return;
    }
    lines.forEach(line -> diagram.wrapped(line).forEach(out::println));
    out.flush();
  }

  /** A sentence or a legend in lines that the terminal has room for; maps have it already. */
  private List<String> wrapped(String line) {
    if (line.length() <= width || line.indexOf(ESCAPE) >= 0) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>();
    String rest = line;
    while (rest.length() > width) {
      int between = rest.lastIndexOf("   ", width); // Entries of a legend.
      int end = between > INDENT.length() ? between : rest.lastIndexOf(' ', width);
      if (end <= INDENT.length()) {
        break; // A word that is wider than the terminal.
      }
      lines.add(rest.substring(0, end).stripTrailing());
      rest = INDENT + rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }

  /** Failures come first: their rows are in nothing that follows. */
  private List<String> lines() {
    List<String> maps = new ArrayList<>(measured(charts.phaseMaps()));
    maps.addAll(trained(TrainedPanels.of(charts.training())));
    if (!maps.isEmpty()) {
      maps.addAll(0, failures(charts.counts()));
    }
    return maps;
  }

  private List<String> measured(PhaseMaps phases) {
    if (phases.maps().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(heading(phases), ""));
    if (phases.plane().kind() == Plane.Kind.LINES) {
      lines.addAll(TerminalLines.lines(phases.maps(), phases.plane(), width));
      lines.addAll(TerminalLines.legend());
    } else {
      TerminalLook look = look(phases);
      lines.addAll(TerminalMaps.lines(phases.maps(), phases.plane().y(), look, width));
      lines.addAll(look.legend());
    }
    for (Facet facet : phases.facets()) {
      lines.add("  in the report also: " + words(facet.axis().column()) + " " + hidden(facet));
    }
    charts.others().ifPresent(others -> lines.add(TerminalMaps.cut("  " + others, width)));
    lines.addAll(agreement(phases.plane().quantity()));
    lines.add("");
    return lines;
  }

  private TerminalLook look(PhaseMaps phases) {
    boolean gain = Quantity.of(phases.plane().quantity()).look() == Look.GAIN;
    return gain ? new GainLook(colours) : RangeLook.of(colours, phases.maps());
  }

  private static String hidden(Facet facet) {
    String values =
        facet.hidden().stream()
            .limit(MOST_HIDDEN)
            .map(TerminalDiagram::text)
            .collect(Collectors.joining(", "));
    return facet.hidden().size() > MOST_HIDDEN ? values + ", ..." : values;
  }

  /** What was trained; nothing where nothing was. */
  private List<String> trained(TrainedPanels trained) {
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

  private static String heading(PhaseMaps phases) {
    Plane plane = phases.plane();
    String fixed =
        phases.facets().stream()
            .map(facet -> ", " + words(facet.axis().column()) + " " + text(facet.shown()))
            .collect(Collectors.joining());
    if (plane.kind() == Plane.Kind.LINES) {
      return words(plane.quantity()) + " along " + across(plane.x()) + fixed;
    }
    return words(plane.quantity())
        + ": "
        + across(plane.y())
        + " (up) x "
        + across(plane.x())
        + " (across)"
        + fixed;
  }

  private static String across(String axis) {
    return switch (axis) {
      case "depth" -> "depth L";
      case "sigma_w2" -> "sigma_w^2";
      default -> words(axis);
    };
  }

  private static String words(String column) {
    return column.replace('_', ' ');
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? Rounded.text(number, 4)
        : PlainText.of(value.toString());
  }

  /** Rows that are in no average, before anything that is. */
  private static List<String> failures(Counts counts) {
    return counts.failed() == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%s failed, in no average; nothing is known of %,d of %s",
                Counted.of(counts.failed(), "row"),
                counts.unknown(),
                Counted.of(counts.cells(), "cell")));
  }

  /** How far measurement and theory at finite width agree, and what to make of it. */
  private List<String> agreement(String quantity) {
    String words = charts.agreement(quantity).words();
    return words.isEmpty()
        ? List.of()
        : List.of(
            "  " + words,
            charts.errors() == CellErrors.INDEPENDENT
                ? "  by chance 95.4 % and 100.0 %; cells share no random numbers"
                : "  by chance 95.4 % and 100.0 %, but cells share random numbers: z move"
                    + " together");
  }
}
