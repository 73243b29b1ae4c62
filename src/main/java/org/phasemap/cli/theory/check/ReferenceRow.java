package org.phasemap.cli.theory.check;

import java.util.List;
import java.util.Locale;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;

/**
 * One row of a reference table.
 *
 * @param id the row's, or file:line where the table has none
 * @param key of the quantity
 * @param query architecture and parameters
 * @param value expected
 * @param tolerance allowed deviation, absolute or relative
 * @param isRelative whether the tolerance is a share of the value
 */
record ReferenceRow(
    String id,
    String key,
    ReferenceQuery query,
    double value,
    double tolerance,
    boolean isRelative) {

  /** Reads a row; numbers only where there is a formula to hold against them. */
  static ReferenceRow of(String place, List<String> columns, List<String> fields) {
    String key = field("key", columns, fields);
    String id = columns.contains("id") ? field("id", columns, fields) : "";
    ReferenceQuery query =
        new ReferenceQuery(
            field("arch", columns, fields),
            ReferenceParameters.parse(field("parameters", columns, fields)));
    String name = id.isEmpty() ? place : id;
    if (!ReferenceQuantities.keys().contains(key)) {
      return new ReferenceRow(name, key, query, Double.NaN, Double.NaN, false);
    }
    String type = field("tol_type", columns, fields);
    if (!type.equals("abs") && !type.equals("rel")) {
      throw new UserException(
          place + ": tol_type: " + shown(type) + " is not allowed; allowed: abs, rel");
    }
    String value = field("value", columns, fields);
    String tol = field("tol", columns, fields);
    double tolerance = number(place, "tol", tol, "numbers >= 0");
    if (!(tolerance >= 0)) {
      throw refused(place, "tol", tol, "numbers >= 0");
    }
    double expected = number(place, "value", value, "numbers, nan, inf and -inf");
    return new ReferenceRow(name, key, query, expected, tolerance, type.equals("rel"));
  }

  /** Whether the row was measured: there is no theory to hold against it. */
  boolean isMeasured() {
    return key.startsWith(ReferenceQuantities.MEASURED_PREFIX);
  }

  /**
   * Whether a computed value is within the tolerance; NaN meets NaN, infinities their own. A share of
   * 0 would admit no rounding: there a relative tolerance is an absolute one.
   */
  boolean admits(double computed) {
    if (!Double.isFinite(value)) {
      return Double.compare(computed, value) == 0;
    }
    double allowed = isRelative && value != 0 ? tolerance * Math.abs(value) : tolerance;
    return Math.abs(computed - value) <= allowed;
  }

  private static String field(String name, List<String> columns, List<String> fields) {
    return fields.get(columns.indexOf(name)).strip();
  }

  private static double number(String place, String name, String text, String allowed) {
    String plain = text.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "");
    try {
      return switch (plain) {
        case "nan" -> Double.NaN;
        case "inf", "infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        default -> DecimalText.number(plain);
      };
    } catch (NumberFormatException e) {
      throw refused(place, name, text, allowed);
    }
  }

  private static UserException refused(String place, String name, String text, String allowed) {
    return new UserException(
        place + ": " + name + ": " + shown(text) + " is not allowed; allowed: " + allowed);
  }

  private static String shown(String text) {
    return text.isEmpty() ? "an empty value" : text;
  }
}
