package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.UserException;

/**
 * The numbers that an option's text stands for: a value, {@code 1,2,4}, or {@code from:to:step}.
 */
final class Numbers {
  private static final int MOST = 1_000_000;

  private Numbers() {}

  /**
   * Reads an option's text; ranges include their end.
   *
   * @throws UserException naming the option, the text and what is allowed
   */
  static List<Double> parse(String option, String text) {
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split(":", -1);
      if (ends.length == 1) {
        numbers.add(number(option, ends[0]));
      } else if (ends.length == 3) {
        range(option, text, ends, numbers);
      } else {
        throw new UserException(
            option + ": '" + text + "' is not a value, a list a,b,c or a range from:to:step");
      }
    }
    return numbers;
  }

  /** As {@link #parse}, for whole numbers of at least a minimum. */
  static List<Integer> wholes(String option, String text, int minimum) {
    return parse(option, text).stream()
        .map(
            x -> {
              if (x != Math.rint(x) || x < minimum || x > Integer.MAX_VALUE) {
                throw new UserException(
                    option + ": " + plain(x) + " must be a whole number >= " + minimum);
              }
              return x.intValue();
            })
        .toList();
  }

  /**
   * As {@link #parse}, for numbers in [least, most].
   *
   * @throws UserException where one is outside
   */
  static List<Double> within(String option, String text, double least, double most) {
    List<Double> numbers = parse(option, text);
    for (double x : numbers) {
      if (x < least || x > most) {
        String allowed =
            most == Double.POSITIVE_INFINITY
                ? "must be >= " + plain(least)
                : "must be in [" + plain(least) + ", " + plain(most) + "]";
        throw new UserException(option + ": " + plain(x) + " " + allowed);
      }
    }
    return numbers;
  }

  private static void range(String option, String text, String[] ends, List<Double> numbers) {
    double from = number(option, ends[0]);
    double to = number(option, ends[1]);
    double step = number(option, ends[2]);
    double count = (to - from) / step;
    if (step == 0 || count < 0 || !(count < MOST)) {
      throw new UserException(
          option
              + ": the range '"
              + text
              + "' does not reach its end in 1 to "
              + MOST
              + " steps of "
              + ends[2]);
    }
    int last = (int) Math.floor(count + 1e-9);
    for (int i = 0; i <= last; i++) {
      // Twelve digits, so that 0.1 + 2 × 0.1 is 0.3.
      numbers.add(
          Double.parseDouble(String.format(java.util.Locale.ROOT, "%.12g", from + i * step)));
    }
  }

  private static double number(String option, String text) {
    double x;
    try {
      x = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new UserException(option + ": '" + text + "' is not a number", e);
    }
    if (!Double.isFinite(x)) {
      throw new UserException(option + ": '" + text + "' must be finite");
    }
    return x;
  }

  /** Whole numbers without a point. */
  static String plain(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }
}
