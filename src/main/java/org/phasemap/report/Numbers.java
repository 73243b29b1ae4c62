package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as short as a figure needs them. */
final class Numbers {
  private Numbers() {}

  /** The shorter of the plain and the scientific notation, rounded to significant digits. */
  static String rounded(double value, int digits) {
    BigDecimal exact =
        BigDecimal.valueOf(value).round(new MathContext(digits)).stripTrailingZeros();
    String plain = exact.toPlainString();
    String scientific = exact.toString();
    return plain.length() <= scientific.length() ? plain : scientific;
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
