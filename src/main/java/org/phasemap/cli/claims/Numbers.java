package org.phasemap.cli.claims;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers with as many digits as their errors leave. */
final class Numbers {
  private static final MathContext FOUR = new MathContext(4);
  private static final double LARGE = 1e5;
  private static final double SMALL = 1e-3;

  /** Of an error: half of a second digit of 1, and so no digit of the value. */
  private static final double NOTHING = 0.05;

  private Numbers() {}

  /** Both to two digits of the error; four digits of the value where there is none. */
  static String withError(double value, double error) {
    if (!Double.isFinite(value) || !(error > 0) || Double.isInfinite(error)) {
      return plain(value);
    }
    if (Math.abs(value) < NOTHING * error) {
      return format("0 ± " + (isFar(value, error) ? "%.1e" : "%." + decimals(error) + "f"), error);
    }
    if (isFar(value, error)) {
      int digits = Math.max(1, Math.min(6, magnitude(value) - magnitude(error) + 2));
      return format("%." + (digits - 1) + "e ± %.1e", value, error);
    }
    String decimals = "%." + decimals(error) + "f";
    return format(decimals + " ± " + decimals, value, error);
  }

  /** A number that has no error, to one digit more than the error of what stands beside it. */
  static String beside(double value, double error) {
    if (!Double.isFinite(value) || !(error > 0) || isFar(value, error)) {
      return plain(value);
    }
    return stripped(
        BigDecimal.valueOf(value).setScale(decimals(error) + 1, RoundingMode.HALF_EVEN));
  }

  static String oneDecimal(double value) {
    String shown = format("%.1f", value);
    return shown.equals("-0.0") ? "0.0" : shown;
  }

  private static String plain(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size >= LARGE || size < SMALL)) {
      return format("%.3e", value);
    }
    return stripped(BigDecimal.valueOf(value).round(FOUR));
  }

  private static String stripped(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static boolean isFar(double value, double error) {
    double size = Math.max(Math.abs(value), error);
    return size >= LARGE || size < SMALL;
  }

  /** Decimals that show two digits of an error. */
  private static int decimals(double error) {
    return Math.max(0, 1 - magnitude(error));
  }

  private static int magnitude(double value) {
    return value == 0 ? -9 : (int) Math.floor(Math.log10(Math.abs(value)));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
