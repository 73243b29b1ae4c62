package org.phasemap.chart.regress;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Region;
import org.phasemap.chart.map.DifferenceMap;
import org.phasemap.network.Sha256;

/**
 * One page that opens from a disk: text, tables and drawn maps. It has no script, and its content
 * security policy admits none, no network, and no style but its own, by its hash.
 */
final class HtmlSummary {
  private static final int SHOWN = 200;
  private static final int MAPS = 60;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
      body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
      h1, li { overflow-wrap: anywhere; }
      ul { padding-left: 1.25rem; }
      table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
      th, td { text-align: left; padding: .25rem .75rem; border-bottom: 1px solid #8886; }
      td:last-child { overflow-wrap: anywhere; min-width: 9rem; }
      @media (max-width: 30rem) { th, td { padding: .25rem .4rem; } h1 { font-size: 1.4rem; } }
      figure { display: inline-block; margin: 0 1.5rem 1rem 0; vertical-align: top; }
      figcaption { font-size: .85rem; }
      figure { max-width: 100%; }
      svg { max-width: 100%; height: auto; }
      svg text { fill: currentColor; font-size: 10px; }
      .higher0 { --cell: #f4a582; } .higher1 { --cell: #d6604d; } .higher2 { --cell: #b2182b; }
      .lower0 { --cell: #92c5de; } .lower1 { --cell: #4393c3; } .lower2 { --cell: #2166ac; }
      .found { fill: var(--cell); } .undecided { fill: none; stroke: var(--cell); }
      @media (prefers-color-scheme: dark) {
        .higher0 { --cell: #7d2d35; } .higher2 { --cell: #fbc3ac; }
        .lower0 { --cell: #24527c; } .lower2 { --cell: #bfe0f2; }
      }
      """;

  private final StringBuilder page = new StringBuilder();

  private HtmlSummary() {}

  static String of(Comparison comparison) {
    HtmlSummary html = new HtmlSummary();
    String title = escaped(Told.headline(comparison));
    String hash = Base64.getEncoder().encodeToString(Sha256.of(STYLE));
    html.page
        .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>" + title + "</title><style>" + STYLE + "</style></head>\n<body>\n")
        .append("<h1>" + title + "</h1>\n<ul>\n");
    Told.facts(comparison).forEach(f -> html.page.append("<li>" + escaped(f) + "</li>\n"));
    html.page.append("</ul>\n");
    html.addRegions(comparison.regions());
    html.addMaps(DifferenceMap.of(comparison));
    html.addLines("Boundaries", comparison.boundaries().stream().map(Told::boundary).toList());
    html.addLines("Theory", comparison.theory().stream().map(Told::theory).toList());
    if (!comparison.theory().isEmpty()) {
      html.page.append("<p>" + escaped(Told.Z) + "</p>\n");
    }
    if (Double.isFinite(comparison.cost().after())) {
      html.addLines("Time", List.of(Told.cost(comparison.cost())));
    }
    return html.page.append("</body></html>\n").toString();
  }

  private void addRegions(List<Region> regions) {
    if (regions.isEmpty()) {
      return;
    }
    page.append("<h2>What has changed</h2>\n<table><thead><tr><th>where</th><th>cells</th>")
        .append("<th>what</th></tr></thead><tbody>\n");
    for (Region region : regions.subList(0, Math.min(SHOWN, regions.size()))) {
      page.append("<tr><td>" + escaped(region.where()) + "</td><td>")
          .append(escaped(Told.share(region)) + "</td><td>")
          .append(escaped(Told.effects(region)) + "</td></tr>\n");
    }
    page.append("</tbody></table>\n");
    addLines(
        "", regions.size() > SHOWN ? List.of(regions.size() - SHOWN + " more regions") : List.of());
  }

  private void addMaps(List<DifferenceMap> maps) {
    if (maps.isEmpty()) {
      return;
    }
    page.append("<h2>Where</h2>\n<p>Red is higher than in the baseline, blue lower, in three")
        .append(
            " strengths: by less than 10 tolerances, less than 100, or more. Outlined cells are")
        .append(" undecided. Grey cells have not changed.</p>\n");
    maps.stream().limit(MAPS).forEach(map -> page.append(DifferenceSvg.figure(map)));
    addLines("", maps.size() > MAPS ? List.of(maps.size() - MAPS + " more maps") : List.of());
  }

  private void addLines(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    if (!title.isEmpty()) {
      page.append("<h2>" + title + "</h2>\n");
    }
    page.append("<ul>\n");
    lines.forEach(line -> page.append("<li>" + escaped(line) + "</li>\n"));
    page.append("</ul>\n");
  }

  static String escaped(String text) {
    return text.replaceAll("\\p{Cntrl}", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A map as a drawing with its caption. */
  private static final class DifferenceSvg {
    private static final int LEFT = 44;
    private static final int BOTTOM = 26;

    /** The first and the last number of an axis, beside each other. */
    private static final double ENDS = 60;

    /** Three lines: both ends of an axis and its name. */
    private static final double LINES = 36;

    /** The strongest colour is that of a hundred tolerances and more. */
    private static final int STRONGEST = 2;

    private DifferenceSvg() {}

    static String figure(DifferenceMap map) {
      int columns = map.x().values().size();
      int rows = map.y().values().size();
      double roomy = Math.max(16, ENDS / Math.min(columns, rows));
      double side = Math.max(2, Math.min(roomy, 320.0 / Math.max(columns, rows)));
      StringBuilder svg = new StringBuilder();
      String name = escaped(map.quantity() + (map.facet().isEmpty() ? "" : ", " + map.facet()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<figure><figcaption>%1$s</figcaption><svg role=\"img\" aria-label=\"%1$s: %2$s\""
                  + " width=\"%3$.0f\" height=\"%4$.0f\" viewBox=\"0 0 %3$.0f %4$.0f\"><rect"
                  + " x=\"%5$d\" y=\"0\" width=\"%6$.1f\" height=\"%7$.1f\" fill=\"#8883\"/>",
              name,
              Told.cells(map.cells().size()),
              LEFT + side * columns + 40,
              side * rows + BOTTOM,
              LEFT,
              side * columns,
              side * rows));
      for (DifferenceMap.Cell cell : map.cells()) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s><title>%s %s, %s %s:"
                    + " %s</title></rect>",
                LEFT + side * cell.x(),
                side * (rows - 1 - cell.y()),
                side,
                side,
                paint(cell),
                escaped(map.x().label()),
                escaped(map.x().values().get(cell.x())),
                escaped(map.y().label()),
                escaped(map.y().values().get(cell.y())),
                Told.signed(cell.difference())));
      }
      addEnds(svg, map, side);
      return svg.append("</svg></figure>\n").toString();
    }

    private static String paint(DifferenceMap.Cell cell) {
      int decades = (int) Math.floor(Math.log10(Math.max(1, cell.tolerances())));
      String side = cell.difference() > 0 ? "higher" : "lower";
      String drawn =
          switch (cell.verdict()) {
            case UNDECIDED -> "undecided";
            case WORSE, BETTER, CHANGED -> "found";
          };
      return "class=\"" + drawn + " " + side + Math.min(STRONGEST, decades) + "\"";
    }

    private static void addEnds(StringBuilder svg, DifferenceMap map, double side) {
      List<String> x = map.x().values();
      List<String> y = map.y().values();
      double bottom = side * y.size();
      text(svg, LEFT, bottom + 11, "start", x.get(0));
      text(
          svg, LEFT + side * x.size(), bottom + 11, "end", x.size() > 1 ? x.get(x.size() - 1) : "");
      text(svg, LEFT + side * x.size() / 2, bottom + 23, "middle", map.x().label());
      text(svg, LEFT - 3, bottom - 1, "end", y.get(0));
      text(svg, LEFT - 3, 10, "end", y.size() > 1 ? y.get(y.size() - 1) : "");
      text(svg, LEFT - 3, bottom / 2 + 4, "end", bottom >= LINES ? map.y().label() : "");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
              x,
              y,
              anchor,
              escaped(text)));
    }
  }
}
