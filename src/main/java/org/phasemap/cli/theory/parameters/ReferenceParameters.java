package org.phasemap.cli.theory.parameters;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Named numbers and flags of one row of a reference table, written {@code sigma_w2=1/3;L=10;EOC}. A
 * range {@code 0<=x<=1} gives x_min and x_max.
 */
public final class ReferenceParameters {
  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\S+?)\\s*<=\\s*(\\w+)\\s*<=\\s*(\\S+)");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  private ReferenceParameters() {}

  /** Reads the text of a row; anything without {@code =} is a flag. */
  public static ReferenceParameters parse(String text) {
    ReferenceParameters parsed = new ReferenceParameters();
    for (String token : text.split(";", -1)) {
      String part = token.strip();
      Matcher range = RANGE.matcher(part);
      int equals = part.indexOf('=');
      if (range.matches()) {
        parsed.values.put(range.group(2) + "_min", range.group(1));
        parsed.values.put(range.group(2) + "_max", range.group(3));
      } else if (equals > 0) {
        parsed.values.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      } else if (!part.isEmpty()) {
        parsed.values.put(part, "");
      }
    }
    return parsed;
  }

  /** Whether a name or flag is present. */
  public boolean has(String name) {
    read.add(name);
    return values.containsKey(name);
  }

  /** All names, with their texts; a flag's is empty. */
  public Map<String, String> texts() {
    return Collections.unmodifiableMap(values);
  }

  /** The flags, in order. */
  public Iterable<String> flags() {
    return values.entrySet().stream()
        .filter(e -> e.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Names of the values that nobody has asked for. */
  public List<String> unread() {
    return values.keySet().stream()
        .filter(name -> !read.contains(name) && !values.getOrDefault(name, "").isEmpty())
        .toList();
  }

  /** The text of a value. */
  public Optional<String> text(String name) {
    read.add(name);
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
  }

  /**
   * The first of several names for the same number.
   *
   * @throws IllegalArgumentException where none is present or its value is no number
   */
  public double number(String... names) {
    String name = present(names);
    if (name == null) {
      throw new IllegalArgumentException("missing parameter " + String.join(" or ", names));
    }
    return Expression.evaluate(values.getOrDefault(name, ""), Map.of());
  }

  /** As {@link #number}, or a default. */
  public double numberOr(double otherwise, String... names) {
    return present(names) == null ? otherwise : number(names);
  }

  /** As {@link #number}, for a whole number. */
  public int integer(String... names) {
    double value = number(names);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(names[0] + " must be a whole number: " + value);
    }
    return (int) value;
  }

  /** As {@link #integer}, or a default. */
  public int integerOr(int otherwise, String... names) {
    return present(names) == null ? otherwise : integer(names);
  }

  /** A value that may name other quantities, such as {@code 3q*} or {@code 1/sqrt(L)}. */
  public double expressionOr(double otherwise, String name, Map<String, Double> symbols) {
    return has(name) ? Expression.evaluate(values.getOrDefault(name, ""), symbols) : otherwise;
  }

  private @Nullable String present(String... names) {
    for (String name : names) {
      if (has(name)) {
        return name;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (k, v) ->
            text.append(text.isEmpty() ? "" : ";")
                .append(v.isEmpty() ? k : String.format(Locale.ROOT, "%s=%s", k, v)));
    return text.toString();
  }
}
