package org.phasemap.network;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Numbers as users write them: ASCII decimals. Java's own parsers also take hexadecimal, a trailing
 * {@code d} or {@code f} and the digits of every script, which other tools read otherwise.
 */
public final class DecimalText {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,6})?");

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

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

  private static String checked(String text, Pattern allowed) {
    String plain = text.strip();
    if (!allowed.matcher(plain).matches()) {
      throw new NumberFormatException("not a decimal: " + text);
    }
    return plain;
  }
}
