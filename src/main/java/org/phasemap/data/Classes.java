package org.phasemap.data;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.phasemap.network.UserException;

/**
 * The classes of a table. A label that is a number is that number, however it is written: 1, 1.0,
 * +1 and 1e0 are one class. Any other label is its text, without spaces around it and in Unicode's
 * composed form; a number with leading zeros is such a text, since it may be a code. Numbers are
 * compared as numbers, because some programs write 0 as 0.0 in columns where a value is missing.
 */
final class Classes {
  private static final int MOST = 1000;
  private static final int LONGEST_NUMBER = 100;
  private static final String FRACTION = "(\\.[0-9]*)?";
  private static final String EXPONENT = "([eE][+-]?[0-9]{1,4})?";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?((0|[1-9][0-9]*)" + FRACTION + "|\\.[0-9]+)" + EXPONENT);
  private static final Pattern CODE = Pattern.compile("[+-]?0[0-9]+" + FRACTION + EXPONENT);
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private final String file;
  private final Map<String, String> classOf = new HashMap<>();
  private final Map<String, String> written = new LinkedHashMap<>();

  /**
   * No classes yet.
   *
   * @param file for messages
   */
  Classes(String file) {
    this.file = file;
  }

  /** The class of a label, equal for equal classes of two tables. */
  String add(String label) {
    String known = classOf.get(label);
    if (known != null) {
      return known;
    }
    String text = Normalizer.normalize(label.strip(), Normalizer.Form.NFC);
    String name = is(NUMBER, text) ? value(text) : text;
    classOf.put(label, name);
    written.putIfAbsent(name, label);
    return name;
  }

  /** Whether a class was written in more than one way, here or in a table of test examples. */
  boolean areMergedWith(Classes test) {
    return classOf.size() > written.size() || !classOf.keySet().containsAll(test.classOf.keySet());
  }

  /**
   * The classes in the order of what was first written for them: whole numbers, then other texts.
   *
   * @throws UserException if there are too many, or if two of them are one number
   */
  List<String> inOrder() {
    if (written.size() > MOST) {
      throw new UserException(
          String.format(
              "%s: the label has %d different values; expected at most %d classes",
              file, written.size(), MOST));
    }
    refuseCodesThatAreNumbers();
    List<String> names = new ArrayList<>(written.keySet());
    names.sort(
        Comparator.<String>comparingLong(name -> whole(written(name)))
            .thenComparing(this::written));
    return names;
  }

  /** What was first written for a class, which names it. */
  String written(String name) {
    return written.getOrDefault(name, name);
  }

  private void refuseCodesThatAreNumbers() {
    Map<String, String> numbers = new HashMap<>();
    for (String name : written.keySet()) {
      if (is(NUMBER, name) || is(CODE, name)) {
        String other = numbers.putIfAbsent(value(name), name);
        if (other != null) {
          throw new UserException(
              String.format(
                  "%s: the labels '%s' and '%s' are one number; expected one way of writing a"
                      + " class",
                  file, Shown.of(written(other)), Shown.of(written(name))));
        }
      }
    }
  }

  private static boolean is(Pattern number, String text) {
    return text.length() <= LONGEST_NUMBER && number.matcher(text).matches();
  }

  private static String value(String number) {
    return new BigDecimal(number).stripTrailingZeros().toString();
  }

  private static long whole(String label) {
    return WHOLE.matcher(label).matches() ? Long.parseLong(label) : Long.MAX_VALUE;
  }
}
