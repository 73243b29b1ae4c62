package org.phasemap.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.IntStream;

/** Numbers as short as a figure needs them. */
public final class Rounded {
  /** 10^i, exact. */
  private static final double[] POWERS =
      IntStream.rangeClosed(0, 22).mapToDouble(i -> Double.parseDouble("1e" + i)).toArray();

  private static final int LARGEST = POWERS.length - 1;

  /** log10(2) in units of 2^−16, rounded down: decimal powers of a double's binary ones. */
  private static final int LOG10_OF_2 = 19_728;

  private static final int LOG10_BITS = 16;

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
    StringBuilder text = new StringBuilder(24);
    append(text, value, digits);
    return text.toString();
  }

  /** Appends {@link #text}. */
  public static void append(StringBuilder text, double value, int digits) {
    if (value == 0) {
      text.append('0');
      return;
    }
    int scale = scale(value, digits);
    if (scale >= 0 && scale < POWERS.length) {
      double scaled = value * POWERS[scale];
      if (isSafe(scaled, digits)) {
        append(text, (long) Math.rint(scaled), scale, digits);
        return;
      }
    }
    text.append(exactText(value, digits));
  }

  /** Of n/10^scale; what {@link #exactText} gives, without its objects. */
  private static void append(StringBuilder text, long n, int scale, int digits) {
    long mantissa = Math.abs(n);
    int places = scale;
    while (places > 0 && mantissa % 10 == 0) {
      mantissa /= 10;
      places--;
    }
    int length = length(mantissa);
    // Of less than 1e-6 the scientific notation may be the shorter one.
    if (places - length + 1 > 6) {
      text.append(exactText(BigDecimal.valueOf(n, scale).doubleValue(), digits));
      return;
    }
    if (n < 0) {
      text.append('-');
    }
    if (length <= places) {
      text.append("0.");
      for (int i = length; i < places; i++) {
        text.append('0');
      }
      text.append(mantissa);
      return;
    }
    long unit = 1;
    for (int i = 0; i < places; i++) {
      unit *= 10;
    }
    text.append(mantissa / unit);
    if (places > 0) {
      text.append('.');
      for (long rest = mantissa % unit; unit > 1; rest %= unit) {
        unit /= 10;
        text.append((char) ('0' + rest / unit));
      }
    }
  }

  /** Decimal digits of a number above 0. */
  private static int length(long n) {
    int length = 1;
    for (long left = n / 10; left > 0; left /= 10) {
      length++;
    }
    return length;
  }

  /** A number to the second digit of its error, six digits without one; empty for no number. */
  public static String withError(double value, double error) {
    if (!Double.isFinite(value)) {
      return "";
    }
    if (!Double.isFinite(error) || error <= 0) {
      return text(value, 6);
    }
    int places = Math.max(0, new BigDecimal(error).round(new MathContext(2)).scale());
    if (places > 12) {
      return String.format(Locale.ROOT, "%.5e ± %.1e", value, error);
    }
    // A BigDecimal has no −0.
    return fixed(value, places) + " ± " + fixed(error, places);
  }

  private static String fixed(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_UP).toPlainString();
  }

  /** A value of an axis, as a sentence has it. */
  public static String value(Object value) {
    return value instanceof Number number ? text(number.doubleValue(), 4) : value.toString();
  }

  private static int scale(double value, int digits) {
    if (value == 0) {
      return 0;
    }
    double size = Math.abs(value);
    int power = (Math.getExponent(size) * LOG10_OF_2) >> LOG10_BITS;
    if (power < -LARGEST || power >= LARGEST) {
      return digits - 1 - (int) Math.floor(Math.log10(size));
    }
    double next = power < -1 ? 1 / POWERS[-power - 1] : POWERS[power + 1];
    return digits - 1 - (size < next ? power : power + 1);
  }

  /** Whether a scaled value has the digits, and is not so near to a half that it may be one. */
  private static boolean isSafe(double scaled, int digits) {
    double nearest = Math.rint(scaled);
    return Math.abs(nearest) >= POWERS[digits - 1]
        && Math.abs(nearest) <= POWERS[digits]
        && Math.abs(scaled - nearest) < 0.5 - TIE;
  }

  private static String exactText(double value, int digits) {
    BigDecimal decimal = decimal(value, digits).stripTrailingZeros();
    String plain = decimal.toPlainString();
    String scientific = decimal.toString();
    return plain.length() <= scientific.length() ? plain : scientific;
  }

  /** Rounds halves up, as they are written; a report has up to a million numbers. */
  private static BigDecimal decimal(double value, int digits) {
    int scale = scale(value, digits);
    if (Math.abs(scale) < POWERS.length) {
      double scaled = scale >= 0 ? value * POWERS[scale] : value / POWERS[-scale];
      if (isSafe(scaled, digits)) {
        return BigDecimal.valueOf((long) Math.rint(scaled), scale);
      }
    }
    return BigDecimal.valueOf(value).round(new MathContext(digits));
  }
}
