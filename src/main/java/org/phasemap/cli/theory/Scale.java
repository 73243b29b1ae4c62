package org.phasemap.cli.theory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis of a drawing.
 *
 * @param low value at the near end
 * @param high value at the far end
 * @param from position of the near end
 * @param to position of the far end
 */
record Scale(double low, double high, double from, double to) {
  private static final int TICKS = 6;

  /** The scale that shows some values with a little room around them. */
  static Scale around(double least, double most, double from, double to) {
    double room = most > least ? 0.04 * (most - least) : Math.max(0.1 * Math.abs(most), 0.1);
    double low = least >= 0 && least < room ? 0 : least - room;
    return new Scale(low, most + room, from, to);
  }

  /** Position of a value. */
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Round numbers, 1, 2 or 5 times a power of ten apart. */
  List<BigDecimal> ticks() {
    double rough = (high - low) / TICKS;
    int exponent = (int) Math.floor(Math.log10(rough));
    double share = rough / Math.pow(10, exponent);
    int digit = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10;
    BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
    List<BigDecimal> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step.doubleValue() - 1e-9);
    long last = (long) Math.floor(high / step.doubleValue() + 1e-9);
    for (long i = first; i <= last; i++) {
      ticks.add(step.multiply(BigDecimal.valueOf(i)));
    }
    return ticks;
  }
}
