package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.IntStream;

/** Numbers as short as a figure needs them. */
final class Numbers {
  /** 10^i, exact. */
  private static final double[] POWERS =
      IntStream.rangeClosed(0, 22).mapToDouble(i -> Double.parseDouble("1e" + i)).toArray();

  /** From a half so near to one, the product with a power of ten may have rounded to it. */
  private static final double TIE = 1e-6;

  private Numbers() {}

  /**
   * The shorter of the plain and the scientific notation, rounded to significant digits.
   *
   * @param digits at most 9
   */
  static String rounded(double value, int digits) {
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

  /** Writes a rounded number; null for NaN and the infinities. */
  static void write(JsonGenerator json, double value, int digits) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(rounded(value, digits));
    } else {
      json.writeNull();
    }
  }

  /** Writes an array of rounded numbers under a name. */
  static void write(JsonGenerator json, String name, double[] values, int digits)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      write(json, value, digits);
    }
    json.writeEndArray();
  }
}
