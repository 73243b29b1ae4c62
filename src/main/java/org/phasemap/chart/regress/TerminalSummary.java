package org.phasemap.chart.regress;

import java.util.List;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Region;
import org.phasemap.analysis.regress.TheoryCheck;
import org.phasemap.network.PlainText;

/** For people at a terminal. */
final class TerminalSummary {
  private static final int SHOWN = 12;

  private TerminalSummary() {}

  static String of(Comparison comparison) {
    StringBuilder out = new StringBuilder();
    line(out, Told.headline(comparison));
    Told.facts(comparison).forEach(fact -> line(out, "  " + fact));
    List<Region> regions = comparison.regions();
    for (Region region : regions.subList(0, Math.min(SHOWN, regions.size()))) {
      line(out, "  " + region.where() + ": " + Told.share(region));
      line(out, "    " + Told.effects(region));
    }
    if (regions.size() > SHOWN) {
      line(out, "  and " + (regions.size() - SHOWN) + " more regions");
    }
    comparison.boundaries().forEach(b -> line(out, "  boundary, " + Told.boundary(b)));
    List<TheoryCheck> theory =
        comparison.theory().stream()
            .filter(check -> check.departs() || comparison.baseline() == null)
            .toList();
    theory.forEach(check -> line(out, "  theory, " + Told.theory(check)));
    if (!theory.isEmpty()) {
      line(out, "  " + Told.Z);
    }
    if (Double.isFinite(comparison.cost().after())) {
      line(out, "  " + Told.cost(comparison.cost()));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String text) {
    out.append(PlainText.of(text)).append('\n');
  }
}
