package org.phasemap.network;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/**
 * Numbers as users write them: ASCII decimals. Java's own parsers also take hexadecimal, a trailing
 * {@code d} or {@code f} and the digits of every script, which other tools read otherwise.
 */
public final class DecimalText {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,6})?");

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

  private static final int MOST_DIGITS = 17;

  private DecimalText() {}

  /**
   * The nearest double, such as of {@code 0.5}, {@code -3} or {@code 1e-3}.
   *
   * @throws NumberFormatException if the text is no decimal
   */
  public static double number(String text) {
    return Double.parseDouble(checked(text, DECIMAL));
  }

  /**
   * The number itself.
   *
   * @throws NumberFormatException if the text is no decimal
   */
  public static BigDecimal exact(String text) {
    return new BigDecimal(checked(text, DECIMAL));
  }

  /**
   * A whole number.
   *
   * @throws NumberFormatException if the text is none, or too large
   */
  public static int whole(String text) {
    return Integer.parseInt(checked(text, WHOLE));
  }

  /**
   * The decimal with the fewest digits that reads back as this finite number. Unlike {@code
   * Double.toString} before JDK 19, the same on every JDK.
   */
  public static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigDecimal rounded = exact;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        break;
      }
    }
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  private static String checked(String text, Pattern allowed) {
    String plain = text.strip();
    if (!allowed.matcher(plain).matches()) {
      throw new NumberFormatException("not a decimal: " + text);
    }
    return plain;
  }
}
