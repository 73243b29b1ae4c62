package org.phasemap.chart.report;

import java.util.function.DoubleFunction;
import java.util.function.DoubleToIntFunction;
import org.phasemap.chart.map.PhaseMap.Spot;

/** How a terminal shows what became of a cell's networks, whatever number a map is of. */
final class StateLook {
  /** What the symbols mean. */
  static final String LEGEND = "  ! exploded   _ vanished   % some of them did   ? failed";

  private static final int EXPLODED = 0x2a2522;
  private static final int VANISHED = 0xb5bac2;
  private static final int FAILED = 0xffffff;

  private StateLook() {}

  /**
   * The symbol of a spot.
   *
   * @param ofNumber that of the spot's number, where that is what it shows
   */
  static char symbol(Spot spot, DoubleFunction<Character> ofNumber) {
    return switch (spot.state()) {
      case FINITE -> Double.isNaN(spot.value()) ? '?' : ofNumber.apply(spot.value());
      case PARTLY_FINITE -> '%';
      case EXPLODED -> '!';
      case VANISHED -> '_';
      case FAILED -> '?';
      case ABSENT -> ' ';
    };
  }

  /** A symbol in the middle of a cell, which is 1 to 3 characters wide. */
  static String padded(char symbol, int cell) {
    return cell == 1 ? String.valueOf(symbol) : cell == 2 ? " " + symbol : " " + symbol + " ";
  }

  /**
   * Escape sequence that sets the colours of a spot.
   *
   * @param ofNumber 0xRRGGBB of the spot's number
   */
  static String background(Spot spot, Colours colours, DoubleToIntFunction ofNumber) {
    return switch (spot.state()) {
      case FINITE, PARTLY_FINITE ->
          colours.background(
              Double.isNaN(spot.value()) ? FAILED : ofNumber.applyAsInt(spot.value()));
      case EXPLODED -> colours.background(EXPLODED);
      case VANISHED -> colours.background(VANISHED);
      case FAILED -> colours.background(FAILED);
      case ABSENT -> Colours.PLAIN;
    };
  }
}
