package org.phasemap.network.architecture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What an architecture is called: {@code residual(order=pre1, scale=depth)}. Parameters that are as
 * always are left out, so that a new parameter leaves old names as they were.
 */
final class Text {
  private final String kind;
  private final List<String> parameters = new ArrayList<>();

  private Text(String kind) {
    this.kind = kind;
  }

  static Text of(String kind) {
    return new Text(kind);
  }

  /** Adds a parameter unless it has its usual value. */
  <T> Text with(String name, T value, T usual) {
    return value.equals(usual) ? this : with(name, value);
  }

  /** Adds a parameter. */
  Text with(String name, Object value) {
    parameters.add(name + "=" + written(value));
    return this;
  }

  private static String written(Object value) {
    if (value instanceof List<?> list) {
      StringJoiner joined = new StringJoiner("x");
      list.forEach(element -> joined.add(written(element)));
      return joined.toString();
    }
    if (value instanceof Double number) {
      return decimal(number);
    }
    return value.toString().toLowerCase(Locale.ROOT);
  }

  /** The shortest decimal, the same on every JDK. */
  private static String decimal(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal shorter = exact.round(new MathContext(digits));
      if (shorter.doubleValue() == number) {
        return shorter.stripTrailingZeros().toString();
      }
    }
    return exact.round(new MathContext(17)).toString();
  }

  @Override
  public String toString() {
    return parameters.isEmpty() ? kind : kind + "(" + String.join(", ", parameters) + ")";
  }
}
