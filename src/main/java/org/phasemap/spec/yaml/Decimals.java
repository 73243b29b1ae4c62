package org.phasemap.spec.yaml;

import java.math.BigDecimal;
import org.phasemap.network.DecimalText;

/**
 * Doubles as decimals: the fewest digits that read back as the same double. Unlike {@code
 * Double.toString} before JDK 19, the same on every JDK.
 */
public final class Decimals {
  private static final int PLAIN_DIGITS = 16;

  private Decimals() {}

  /** The shortest decimal that reads back as this finite number. */
  public static BigDecimal shortest(double number) {
    return DecimalText.shortest(number);
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
