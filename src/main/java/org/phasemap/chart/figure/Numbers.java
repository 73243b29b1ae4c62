package org.phasemap.chart.figure;

import org.phasemap.chart.Rounded;
import org.phasemap.quantity.Axis;

/** Values as figures print them. */
final class Numbers {
  private Numbers() {}

  /** A number of so many digits, with a real minus. */
  static String text(double value, int digits) {
    return Rounded.text(value, digits).replace('-', '−');
  }

  /** A value of an axis. */
  static String value(Object value) {
    return value instanceof Number number ? text(number.doubleValue(), 4) : Rounded.value(value);
  }

  /** An axis and its value: {@code σ_b² = 0.05}; of what speaks for itself the value alone. */
  static String of(Axis<?> axis, Object value) {
    return axis.isSpeaking()
        ? value(value).replace('_', ' ')
        : axis.symbol() + " = " + value(value).replace('_', ' ');
  }
}
