package org.phasemap.cli.theory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;

/**
 * The values of one numeric option.
 *
 * @param name of the column
 * @param values in the order given
 */
record OptionValues(String name, List<Double> values) {
  /** Rows that one command may print. */
  static final int MOST = 1_000_000;

  private static final String FORM = " as a value, a list 1,2,4 or a range from:to:step";

  OptionValues {
    values = List.copyOf(values);
  }

  /**
   * Reads {@code 1.5}, {@code 1,2,4}, {@code 0.5:4:0.05} (both ends included) or a list of those.
   *
   * @param option such as {@code --sigma-w2}; the column is {@code sigma_w2}
   */
  static OptionValues parse(String option, String text, Allowed allowed) {
    List<Double> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.split(":", -1);
      if (ends.length == 1) {
        values.add(number(option, part, allowed).doubleValue());
      } else if (ends.length == 3) {
        addRange(option, part, ends, allowed, values);
      } else {
        throw refused(option, part, allowed);
      }
      if (values.size() > MOST) {
        throw tooMany(option, text);
      }
    }
    return new OptionValues(option.substring(2).replace('-', '_'), values);
  }

  private static void addRange(
      String option, String part, String[] ends, Allowed allowed, List<Double> values) {
    BigDecimal from = number(option, ends[0], allowed);
    BigDecimal to = number(option, ends[1], allowed);
    BigDecimal step = decimal(ends[2]);
    if (step == null || step.signum() <= 0 || from.compareTo(to) > 0) {
      throw new UserException(
          option
              + ": "
              + part
              + " is not allowed; allowed: from:to:step with from <= to and step > 0");
    }
    BigDecimal steps = to.subtract(from).divideToIntegralValue(step);
    if (steps.compareTo(BigDecimal.valueOf(MOST)) >= 0) {
      throw tooMany(option, part);
    }
    for (int i = 0; i <= steps.intValueExact(); i++) {
      double value = from.add(step.multiply(BigDecimal.valueOf(i))).doubleValue();
      if (!allowed.admits(value)) {
        throw refused(option, part, allowed);
      }
      values.add(value);
    }
  }

  private static BigDecimal number(String option, String text, Allowed allowed) {
    BigDecimal exact = decimal(text);
    if (exact == null || !allowed.admits(exact.doubleValue())) {
      throw refused(option, text.isBlank() ? "an empty value" : text.strip(), allowed);
    }
    return exact;
  }

  /** Exact, so that 0.1:0.5:0.1 meets 0.3 and ends at 0.5; null for what no double is near. */
  private static @Nullable BigDecimal decimal(String text) {
    try {
      BigDecimal exact = DecimalText.exact(text);
      double size = Math.abs(exact.doubleValue());
      boolean near = exact.signum() == 0 || (size >= Double.MIN_NORMAL && Double.isFinite(size));
      return near ? exact : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static UserException refused(String option, String value, Allowed allowed) {
    return new UserException(
        option + ": " + value + " is not allowed; allowed: " + allowed.description() + FORM);
  }

  private static UserException tooMany(String option, String text) {
    return new UserException(
        option + ": " + text + " has more values than allowed; allowed: at most 1000000");
  }
}
