package org.phasemap.chart.report;

import java.util.List;
import org.phasemap.chart.PhaseMap.Spot;

/** A log gain at initialisation as a symbol or a colour, and a mark where networks trained. */
record GainLook(Colours colours) implements TerminalLook {
  private static final int EXPLODED = 0x2a2522;
  private static final int VANISHED = 0xb5bac2;
  private static final int FAILED = 0xffffff;

  @Override
  public String glyphs(Spot spot, int cell) {
    char symbol =
        switch (spot.state()) {
          case FINITE ->
              Double.isNaN(spot.value())
                  ? '?'
                  : colours == Colours.NONE ? GainScale.symbol(spot.value()) : ' ';
          case PARTLY_FINITE -> '%';
          case EXPLODED -> '!';
          case VANISHED -> '_';
          case FAILED -> '?';
          case ABSENT -> ' ';
        };
    if (colours != Colours.NONE) {
      String mark = spot.marked() ? "●" : String.valueOf(symbol);
      return cell == 1 ? mark : cell == 2 ? " " + mark : " " + mark + " ";
    }
    return switch (cell) {
      case 1 -> spot.marked() ? "o" : String.valueOf(symbol);
      case 2 -> (spot.marked() ? "(" : " ") + symbol;
      default -> spot.marked() ? "(" + symbol + ")" : " " + symbol + " ";
    };
  }

  @Override
  public String background(Spot spot) {
    return switch (spot.state()) {
      case FINITE, PARTLY_FINITE -> colours.background(GainScale.rgb(GainScale.step(spot.value())));
      case EXPLODED -> colours.background(EXPLODED);
      case VANISHED -> colours.background(VANISHED);
      case FAILED -> colours.background(FAILED);
      case ABSENT -> Colours.PLAIN;
    };
  }

  @Override
  public List<String> legend() {
    if (colours == Colours.NONE) {
      return List.of(
          "  = < -10   ~ -10..-3   - -3..-1   . -1..1   + 1..3   * 3..10   # > 10",
          "  ! exploded   _ vanished   % some of them did   ? failed",
          "  | theory's edge of chaos (chi1 = 1)   ( ) o trained, half the networks or more");
    }
    StringBuilder bar = new StringBuilder("  ");
    for (int step = -GainScale.STEPS.size(); step <= GainScale.STEPS.size(); step++) {
      bar.append(colours.background(GainScale.rgb(step))).append("      ");
    }
    return List.of(
        bar.append(Colours.PLAIN).toString(),
        "       -30   -10    -3    -1  -0.3  +0.3    +1    +3   +10   +30",
        "  ! exploded   _ vanished   % some of them did   ? failed",
        "  │ theory's edge of chaos (χ₁ = 1)   ● trained, at least half the networks");
  }
}
