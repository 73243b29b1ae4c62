package org.phasemap.cli.theory;

import java.math.BigDecimal;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.phasemap.theory.limit.CriticalPoint;

/** Edges of chaos as an SVG for print: colours that colour-blind readers tell apart, and dashes. */
final class CriticalPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 460;
  private static final int LEFT = 72;
  private static final int RIGHT = 540;
  private static final int TOP = 24;
  private static final int BOTTOM = 400;

  /** Okabe and Ito 2008, without the yellow that paper swallows. */
  private static final List<String> COLOURS =
      List.of("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  private static final List<String> DASHES =
      List.of("none", "10 4", "5 3", "12 4 2 4", "8 3 2 3 2 3");

  private final List<CriticalCurve> curves;
  private final double keep;
  private final Scale x;
  private final Scale y;

  CriticalPlot(List<CriticalCurve> curves, double keep) {
    this.curves = curves;
    this.keep = keep;
    DoubleSummaryStatistics biases = new DoubleSummaryStatistics();
    DoubleSummaryStatistics weights = new DoubleSummaryStatistics();
    for (CriticalCurve curve : curves) {
      for (List<CriticalPoint> at : curve.points()) {
        for (CriticalPoint point : at) {
          biases.accept(point.sigmaB2());
          weights.accept(point.sigmaW2() / keep);
        }
      }
    }
    boolean empty = biases.getCount() == 0;
    x = empty ? new Scale(0, 1, LEFT, RIGHT) : around(biases, LEFT, RIGHT);
    y = empty ? new Scale(0, 1, BOTTOM, TOP) : around(weights, BOTTOM, TOP);
  }

  private static Scale around(DoubleSummaryStatistics values, double from, double to) {
    return Scale.around(values.getMin(), values.getMax(), from, to);
  }

  /** The drawing as an SVG document. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
            + " viewBox=\"0 0 %1$d %2$d\" font-family=\"Helvetica, Arial, sans-serif\""
            + " font-size=\"14\" fill=\"#000000\">",
        WIDTH,
        HEIGHT);
    add(svg, "<title>Edge of chaos: critical σ_w² against σ_b²</title>");
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    addAxes(svg);
    for (int i = 0; i < curves.size(); i++) {
      addCurve(svg, i);
      addLegend(svg, i);
    }
    addKey(svg);
    return svg.append("</svg>\n").toString();
  }

  private void addAxes(StringBuilder svg) {
    for (BigDecimal tick : x.ticks()) {
      double at = x.at(tick.doubleValue());
      addLine(svg, at, TOP, at, BOTTOM, "#e0e0e0");
      addLine(svg, at, BOTTOM, at, BOTTOM + 6, "#000000");
      addText(svg, at, BOTTOM + 22, "middle", tick.toPlainString());
    }
    for (BigDecimal tick : y.ticks()) {
      double at = y.at(tick.doubleValue());
      addLine(svg, LEFT, at, RIGHT, at, "#e0e0e0");
      addLine(svg, LEFT - 6, at, LEFT, at, "#000000");
      addText(svg, LEFT - 10, at + 5, "end", tick.toPlainString());
    }
    add(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#000000\"/>",
        LEFT,
        TOP,
        RIGHT - LEFT,
        BOTTOM - TOP);
    add(
        svg,
        "<text class=\"label\" x=\"%d\" y=\"%d\" font-size=\"16\" text-anchor=\"middle\">%s</text>",
        (LEFT + RIGHT) / 2,
        BOTTOM + 48,
        symbol("b"));
    add(
        svg,
        "<text class=\"label\" transform=\"translate(22 %d) rotate(-90)\" font-size=\"16\""
            + " text-anchor=\"middle\">%s</text>",
        (TOP + BOTTOM) / 2,
        symbol("w"));
  }

  /** σ with a subscript, squared; the dy move works in every viewer, baseline-shift does not. */
  private static String symbol(String subscript) {
    return "σ<tspan dy=\"5\" font-size=\"12\">" + subscript + "</tspan><tspan dy=\"-5\">²</tspan>";
  }

  private void addCurve(StringBuilder svg, int i) {
    for (boolean stable : new boolean[] {true, false}) {
      StringBuilder path = new StringBuilder();
      for (CriticalCurve.Piece piece : curves.get(i).pieces()) {
        if (piece.stable() == stable) {
          char move = 'M';
          for (CriticalPoint point : piece.points()) {
            path.append(move).append(number(x.at(point.sigmaB2())));
            path.append(' ').append(number(y.at(point.sigmaW2() / keep)));
            move = 'L';
          }
          // A piece of one point shows as a dot.
          path.append(piece.points().size() == 1 ? "h0.01" : "");
        }
      }
      if (!path.isEmpty()) {
        addPath(svg, i, path.toString(), stable ? "critical" : "unstable_eoc");
      }
    }
  }

  private void addPath(StringBuilder svg, int i, String path, String verdict) {
    boolean stable = verdict.equals("critical");
    add(
        svg,
        "<path class=\"%s\" data-activation=\"%s\" d=\"%s\" fill=\"none\" stroke=\"%s\""
            + " stroke-width=\"%s\" stroke-linecap=\"%s\" stroke-dasharray=\"%s\""
            + " stroke-opacity=\"%s\"/>",
        verdict,
        escaped(curves.get(i).activation().name()),
        path,
        COLOURS.get(i % COLOURS.size()),
        stable ? "2.2" : "1.8",
        path.contains("h") ? "round" : "butt",
        stable ? DASHES.get(i % DASHES.size()) : "2 3",
        stable ? "1" : "0.6");
  }

  private void addLegend(StringBuilder svg, int i) {
    double at = TOP + 12 + 20.0 * i;
    CriticalCurve curve = curves.get(i);
    if (curve.exists()) {
      addSample(svg, at - 5, COLOURS.get(i % COLOURS.size()), DASHES.get(i % DASHES.size()));
    }
    String name = curve.activation().name() + (curve.exists() ? "" : ": none");
    addText(svg, RIGHT + 54, at, "start", name);
  }

  private void addKey(StringBuilder svg) {
    boolean unstable =
        curves.stream().flatMap(c -> c.pieces().stream()).anyMatch(piece -> !piece.stable());
    if (unstable) {
      double at = TOP + 24 + 20.0 * curves.size();
      addSample(svg, at - 5, "#808080", "2 3");
      addText(svg, RIGHT + 54, at, "start", "unstable (χ_q > 1)");
    }
  }

  private static void addSample(StringBuilder svg, double at, String colour, String dashes) {
    add(
        svg,
        "<line x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\" stroke=\"%s\" stroke-width=\"2.2\""
            + " stroke-dasharray=\"%s\"/>",
        RIGHT + 14,
        number(at),
        RIGHT + 48,
        number(at),
        colour,
        dashes);
  }

  private static void addLine(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
    add(
        svg,
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>",
        number(x1),
        number(y1),
        number(x2),
        number(y2),
        colour);
  }

  private static void addText(StringBuilder svg, double x, double y, String anchor, String text) {
    add(
        svg,
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
        number(x),
        number(y),
        anchor,
        escaped(text));
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
