package org.phasemap.spec.yaml;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Doubles as decimals: the fewest digits that read back as the same double. Unlike {@code
 * Double.toString} before JDK 19, the same on every JDK.
 */
public final class Decimals {
  private static final int MAX_DIGITS = 17;
  private static final int PLAIN_DIGITS = 16;

  private Decimals() {}

  /** The shortest decimal that reads back as this finite number. */
  public static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigDecimal rounded = exact;
    for (int digits = 1; digits <= MAX_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        break;
      }
    }
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  /** The same as text: {@code 0.3}, {@code 1000000}, {@code 1E-9}. */
  public static String text(double number) {
    BigDecimal shortest = shortest(number);
    boolean plain =
        shortest.precision() - shortest.scale() <= PLAIN_DIGITS
            && shortest.scale() <= PLAIN_DIGITS + 2;
    return plain ? shortest.toPlainString() : shortest.toString();
  }
}
