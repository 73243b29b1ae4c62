package org.phasemap.analysis.regress;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
public final class NumberText {
  private static final MathContext DIGITS = new MathContext(4);

  private NumberText() {}

  /** To four significant digits. */
  public static String of(double number) {
    if (!Double.isFinite(number)) {
      return String.valueOf(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(number);
    return size == 0 || (size >= 1e-4 && size < 1e6) ? rounded.toPlainString() : rounded.toString();
  }
}
