package org.phasemap.chart.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.map.PhaseMap;
import org.phasemap.chart.map.PhaseMap.Spot;

/**
 * Any number as tenths of the range that its values have.
 *
 * @param colours what the terminal can show
 * @param low the least value
 * @param high the largest value
 */
record RangeLook(Colours colours, double low, double high) implements TerminalLook {
  /** Of what some maps show. */
  static RangeLook of(Colours colours, List<PhaseMap> maps) {
    DoubleStream values =
        maps.stream()
            .flatMap(map -> map.spots().stream())
            .flatMap(List::stream)
            .mapToDouble(Spot::value)
            .filter(Double::isFinite);
    DoubleSummaryStatistics range = values.summaryStatistics();
    return range.getCount() == 0
        ? new RangeLook(colours, 0, 1)
        : new RangeLook(colours, range.getMin(), range.getMax());
  }

  /** From 0 to 9; a value that stands alone is in the middle. */
  private int step(double value) {
    return high > low ? (int) Math.min(9, Math.floor(10 * (value - low) / (high - low))) : 5;
  }

  @Override
  public String glyphs(Spot spot, int cell) {
    return StateLook.padded(
        StateLook.symbol(spot, value -> colours == Colours.NONE ? (char) ('0' + step(value)) : ' '),
        cell);
  }

  @Override
  public String background(Spot spot) {
    return StateLook.background(spot, colours, value -> Cividis.STOPS.get(step(value)));
  }

  @Override
  public List<String> legend() {
    String range = "from " + Rounded.text(low, 4) + " to " + Rounded.text(high, 4);
    if (colours == Colours.NONE) {
      return List.of(
          "  0 .. 9: tenths of the range " + range,
          StateLook.LEGEND,
          "  | theory's edge of chaos (chi1 = 1)");
    }
    StringBuilder bar = new StringBuilder("  ");
    for (int rgb : Cividis.STOPS) {
      bar.append(colours.background(rgb)).append("    ");
    }
    return List.of(
        bar.append(Colours.PLAIN).append(' ').append(range).toString(),
        StateLook.LEGEND,
        "  │ theory's edge of chaos (χ₁ = 1)");
  }
}
