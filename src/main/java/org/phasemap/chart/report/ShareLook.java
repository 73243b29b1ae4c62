package org.phasemap.chart.report;

import java.util.List;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.map.PhaseMap;
import org.phasemap.chart.map.PhaseMap.Spot;

/** A share of networks that trained, and the deepest row within the fitted boundary. */
record ShareLook(Colours colours) implements TerminalLook {
  private static final String SYMBOLS = ".123456789#";

  @Override
  public String glyphs(Spot spot, int cell) {
    if (colours != Colours.NONE) {
      return (spot.marked() ? "▔" : " ").repeat(cell);
    }
    char symbol = spot.state() == PhaseMap.State.ABSENT ? ' ' : symbol(spot.value());
    return switch (cell) {
      case 1 -> spot.marked() ? "o" : String.valueOf(symbol);
      case 2 -> (spot.marked() ? "(" : " ") + symbol;
      default -> spot.marked() ? "(" + symbol + ")" : " " + symbol + " ";
    };
  }

  /** None and all stand apart from nearly none and nearly all. */
  private static char symbol(double share) {
    int tenths = (int) Math.round(10 * share);
    return SYMBOLS.charAt(share > 0 && share < 1 ? Math.min(9, Math.max(1, tenths)) : tenths);
  }

  @Override
  public String background(Spot spot) {
    if (spot.state() == PhaseMap.State.ABSENT) {
      return Colours.PLAIN;
    }
    return colours.background(
        Cividis.STOPS.get((int) Math.round((Cividis.STOPS.size() - 1) * spot.value())));
  }

  @Override
  public List<String> legend() {
    if (colours == Colours.NONE) {
      return List.of(
          "  . none   1 .. 9 tenths of the networks   # all",
          "  | theory's edge of chaos (chi1 = 1)   ( ) o deepest within the fitted boundary");
    }
    StringBuilder bar = new StringBuilder("  ");
    for (int rgb : Cividis.STOPS) {
      bar.append(colours.background(rgb)).append("      ");
    }
    return List.of(
        bar.append(Colours.PLAIN).toString(),
        "  none                    P(trained)                       all",
        "  │ theory's edge of chaos (χ₁ = 1)   ▔ fitted boundary, above the cell");
  }
}
