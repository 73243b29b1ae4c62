package org.phasemap.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.IntStream;

/** Numbers as short as a figure needs them. */
public final class Rounded {
  /** 10^i, exact. */
  private static final double[] POWERS =
      IntStream.rangeClosed(0, 22).mapToDouble(i -> Double.parseDouble("1e" + i)).toArray();

  /** From a half so near to one, the product with a power of ten may have rounded to it. */
  private static final double TIE = 1e-6;

  private Rounded() {}

  /**
   * The shorter of the plain and the scientific notation, rounded to significant digits.
   *
   * @param value finite
   * @param digits at most 9
   */
  public static String text(double value, int digits) {
    BigDecimal decimal = decimal(value, digits).stripTrailingZeros();
    String plain = decimal.toPlainString();
    String scientific = decimal.toString();
    return plain.length() <= scientific.length() ? plain : scientific;
  }

  /** Rounds halves up, as they are written; a report has up to a million numbers. */
  private static BigDecimal decimal(double value, int digits) {
    int scale = value == 0 ? 0 : digits - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
    if (Math.abs(scale) < POWERS.length) {
      double scaled = scale >= 0 ? value * POWERS[scale] : value / POWERS[-scale];
      double nearest = Math.rint(scaled);
      boolean hasDigits =
          Math.abs(nearest) >= POWERS[digits - 1] && Math.abs(nearest) <= POWERS[digits];
      if (hasDigits && Math.abs(scaled - nearest) < 0.5 - TIE) {
        return BigDecimal.valueOf((long) nearest, scale);
      }
    }
    return BigDecimal.valueOf(value).round(new MathContext(digits));
  }
}
