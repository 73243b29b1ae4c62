package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.phasemap.theory.CriticalPoint;

/**
 * The edge of chaos as an SVG figure, 88 mm wide as a journal's column: σ_w² over σ_b², unstable
 * parts dashed, colours of Okabe and Ito, and a marker for each curve so that it reads in grey too.
 */
final class CriticalPlot {
  private static final String[] COLOURS = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"
  };
  private static final double WIDTH = 440;
  private static final double HEIGHT = 330;
  private static final double LEFT = 58;
  private static final double RIGHT = 96;
  private static final double TOP = 16;
  private static final double BOTTOM = 48;
  private static final int TICKS = 6;
  private static final int MARKERS = 6;
  private static final double LABEL_GAP = 12;

  private final StringBuilder svg = new StringBuilder();
  private final double[] biases;
  private final Axis x;
  private final Axis y;

  /**
   * One activation's edge.
   *
   * @param points by bias variance, then by q*
   * @param keep probability p: σ_w² is divided by it
   */
  record Curve(String label, List<List<CriticalPoint>> points, double keep) {}

  private record Axis(double from, double to, double start, double end) {
    double at(double value) {
      return start + (value - from) / (to - from) * (end - start);
    }
  }

  private CriticalPlot(double[] biases, Axis x, Axis y) {
    this.biases = biases;
    this.x = x;
    this.y = y;
  }

  /** The figure's text. */
  static String draw(double[] biases, List<Curve> curves) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Curve curve : curves) {
      for (List<CriticalPoint> at : curve.points()) {
        for (CriticalPoint p : at) {
          low = Math.min(low, p.sigmaW2() / curve.keep());
          high = Math.max(high, p.sigmaW2() / curve.keep());
        }
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    }
    double margin = Math.max(0.05 * (high - low), 1e-3 * high);
    double first = biases[0];
    double last = biases[0];
    for (double b : biases) {
      first = Math.min(first, b);
      last = Math.max(last, b);
    }
    Axis x = new Axis(first, last > first ? last : first + 1, LEFT, WIDTH - RIGHT);
    Axis y = new Axis(low - margin, high + margin, HEIGHT - BOTTOM, TOP);
    CriticalPlot plot = new CriticalPlot(biases, x, y);
    return plot.figure(curves);
  }

  private String figure(List<Curve> curves) {
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"88mm\" height=\"66mm\" viewBox=\"0 0 %.0f %.0f\""
            + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" role=\"img\">",
        WIDTH, HEIGHT);
    line("<title>Edge of chaos</title>");
    line(
        "<desc>Critical weight variance over bias variance, weight variance times fan-in; dashed where the"
            + " fixed point of the variance repels.</desc>");
    line("<rect width=\"%.0f\" height=\"%.0f\" fill=\"white\"/>", WIDTH, HEIGHT);
    axes();
    List<Double> taken = new ArrayList<>();
    int missing = 0;
    for (int i = 0; i < curves.size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      if (!curve(curves.get(i), i, colour, taken)) {
        line(
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s: no critical point</text>",
            LEFT + 8, TOP + 14 + LABEL_GAP * missing++, colour, escaped(curves.get(i).label()));
      }
    }
    if (svg.indexOf("stroke-dasharray") > 0) {
      line(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" font-size=\"10\">dashed: q* repels</text>",
          WIDTH - RIGHT, HEIGHT - BOTTOM - 8);
    }
    line("</svg>");
    return svg.toString();
  }

  private void axes() {
    line(
        "<path d=\"M%.1f %.1fV%.1fH%.1f\" fill=\"none\" stroke=\"black\" stroke-width=\"1\"/>",
        LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT);
    for (double tick : ticks(x)) {
      line(
          "<path d=\"M%.1f %.1fv4\" stroke=\"black\"/><text x=\"%.1f\" y=\"%.1f\""
              + " text-anchor=\"middle\">%s</text>",
          x.at(tick), HEIGHT - BOTTOM, x.at(tick), HEIGHT - BOTTOM + 17, text(tick));
    }
    for (double tick : ticks(y)) {
      line(
          "<path d=\"M%.1f %.1fh-4\" stroke=\"black\"/><text x=\"%.1f\" y=\"%.1f\""
              + " text-anchor=\"end\">%s</text>",
          LEFT, y.at(tick), LEFT - 7, y.at(tick) + 4, text(tick));
    }
    line(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">σ<tspan dy=\"3\" font-size=\"9\">b</tspan>"
            + "<tspan dy=\"-8\" dx=\"-5\" font-size=\"9\">2</tspan></text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10);
    line(
        "<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">σ<tspan dy=\"3\""
            + " font-size=\"9\">w</tspan><tspan dy=\"-8\" dx=\"-7\" font-size=\"9\">2</tspan></text>",
        (TOP + HEIGHT - BOTTOM) / 2);
  }

  /** Draws the branches of one curve; false where it has no point at all. */
  private boolean curve(Curve curve, int number, String colour, List<Double> taken) {
    int branches = curve.points().stream().mapToInt(List::size).max().orElse(0);
    double labelY = Double.NaN;
    for (int branch = 0; branch < branches; branch++) {
      StringBuilder markers = new StringBuilder();
      StringBuilder run = new StringBuilder();
      boolean runIsStable = true;
      for (int i = 0; i < biases.length; i++) {
        if (curve.points().get(i).size() <= branch) {
          stroke(run, runIsStable, colour);
          continue;
        }
        CriticalPoint p = curve.points().get(i).get(branch);
        double px = x.at(biases[i]);
        double py = y.at(p.sigmaW2() / curve.keep());
        String point = String.format(Locale.ROOT, "%.2f %.2f", px, py);
        run.append(run.isEmpty() ? "M" : "L").append(point);
        if (p.stable() != runIsStable) {
          stroke(run, runIsStable, colour);
          run.append("M").append(point);
          runIsStable = p.stable();
        }
        if (i % Math.max(1, biases.length / MARKERS) == 0) {
          markers.append(marker(number, px, py, colour));
        }
        labelY = branch == 0 ? py : labelY;
      }
      stroke(run, runIsStable, colour);
      line("%s", markers);
    }
    if (Double.isNaN(labelY)) {
      return false;
    }
    double free = labelY;
    while (isTaken(taken, free)) {
      free += LABEL_GAP;
    }
    taken.add(free);
    line(
        "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>",
        WIDTH - RIGHT + 8, free + 4, colour, escaped(curve.label()));
    return true;
  }

  /** Draws and clears a stretch of curve. */
  private void stroke(StringBuilder run, boolean stable, String colour) {
    if (run.indexOf("L") > 0) {
      line(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s/>",
          run, colour, stable ? "" : " stroke-dasharray=\"5 3\"");
    }
    run.setLength(0);
  }

  private static boolean isTaken(List<Double> taken, double at) {
    return taken.stream().anyMatch(t -> Math.abs(t - at) < LABEL_GAP);
  }

  private static String marker(int number, double px, double py, String colour) {
    String shape =
        switch (number % 4) {
          case 0 -> "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0";
          case 1 -> "m-3 -3h6v6h-6z";
          case 2 -> "m0 -4l4 7h-8z";
          default -> "m0 -4l4 4l-4 4l-4 -4z";
        };
    return String.format(
        Locale.ROOT,
        "<path d=\"M%.2f %.2f%s\" fill=\"white\" stroke=\"%s\"/>",
        px,
        py,
        shape,
        colour);
  }

  /** Round numbers inside an axis. */
  private static List<Double> ticks(Axis axis) {
    double raw = (axis.to() - axis.from()) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(axis.from() / step - 1e-9);
        k * step <= axis.to() + 1e-9 * step;
        k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  private static String text(double tick) {
    return Numbers.plain(Double.parseDouble(String.format(Locale.ROOT, "%.6g", tick)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
