package org.phasemap.chart.report;

import java.util.List;
import org.phasemap.chart.map.PhaseMap.Spot;

/** A log gain at initialisation as a symbol or a colour, and a mark where networks trained. */
record GainLook(Colours colours) implements TerminalLook {
  @Override
  public String glyphs(Spot spot, int cell) {
    if (colours != Colours.NONE) {
      return StateLook.padded(spot.marked() ? '●' : StateLook.symbol(spot, gain -> ' '), cell);
    }
    char symbol = StateLook.symbol(spot, GainScale::symbol);
    return switch (cell) {
      case 1 -> spot.marked() ? "o" : String.valueOf(symbol);
      case 2 -> (spot.marked() ? "(" : " ") + symbol;
      default -> spot.marked() ? "(" + symbol + ")" : " " + symbol + " ";
    };
  }

  @Override
  public String background(Spot spot) {
    return StateLook.background(spot, colours, gain -> GainScale.rgb(GainScale.step(gain)));
  }

  @Override
  public List<String> legend() {
    if (colours == Colours.NONE) {
      return List.of(
          "  = < -10   ~ -10..-3   - -3..-1   . -1..1   + 1..3   * 3..10   # > 10",
          StateLook.LEGEND,
          "  | theory's edge of chaos (chi1 = 1)   ( ) o trained, half the networks or more");
    }
    StringBuilder bar = new StringBuilder("  ");
    for (int step = -GainScale.STEPS.size(); step <= GainScale.STEPS.size(); step++) {
      bar.append(colours.background(GainScale.rgb(step))).append("      ");
    }
    return List.of(
        bar.append(Colours.PLAIN).toString(),
        "       -30   -10    -3    -1  -0.3  +0.3    +1    +3   +10   +30",
        StateLook.LEGEND,
        "  │ theory's edge of chaos (χ₁ = 1)   ● trained, at least half the networks");
  }
}
