package org.phasemap.chart.dashboard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a request: each is taken by whoever knows it, and none may be left. */
final class Parameters {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MOST = 64;

  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> known = new TreeSet<>();

  private Parameters() {}

  /**
   * Reads {@code a=1&b=2}.
   *
   * @throws Refused if a name or a value is none
   */
  static Parameters of(@Nullable String rawQuery) {
    Parameters parameters = new Parameters();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return parameters;
    }
    String[] parts = rawQuery.split("&", -1);
    if (parts.length > MOST) {
      throw new Refused(400, "There are more than " + MOST + " parameters; allowed: as many.");
    }
    for (String part : parts) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      if (!NAME.matcher(name).matches()) {
        throw Refused.parameter("A parameter's name", name, "letters, digits and underscores");
      }
      if (parameters.values.put(name, value) != null) {
        throw new Refused(400, name + ": stands twice; allowed: once.");
      }
    }
    return parameters;
  }

  /** Undoes percent signs. */
  static String decoded(String raw) {
    byte[] bytes = new byte[raw.length() * 3];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new Refused(400, "A percent sign stands without two hexadecimal digits.");
        }
        bytes[length++] = (byte) (16 * high + low);
        i += 2;
      } else {
        byte[] utf8 = String.valueOf(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
      }
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(400, "The address is not UTF-8.");
    }
    if (CONTROL.matcher(text).find()) {
      throw new Refused(400, "The address has control characters.");
    }
    return text;
  }

  /** The text of a parameter, if it is there. */
  Optional<String> take(String name) {
    known.add(name);
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** One of several choices, by its name. */
  <T> T choice(String name, T usual, List<T> choices, Function<T, String> id) {
    Optional<String> text = take(name);
    if (text.isEmpty()) {
      return usual;
    }
    return choices.stream()
        .filter(choice -> id.apply(choice).equals(text.get()))
        .findFirst()
        .orElseThrow(() -> Refused.parameter(name, text.get(), names(choices, id)));
  }

  /** Several of several choices, separated by commas. */
  <T> List<T> choices(String name, List<T> choices, Function<T, String> id) {
    Set<T> chosen = new LinkedHashSet<>();
    for (String text : list(name, ",")) {
      chosen.add(
          choices.stream()
              .filter(choice -> id.apply(choice).equals(text))
              .findFirst()
              .orElseThrow(() -> Refused.parameter(name, text, names(choices, id))));
    }
    return List.copyOf(chosen);
  }

  private List<String> list(String name, String separator) {
    return take(name)
        .map(text -> Arrays.asList(text.split(Pattern.quote(separator), -1)))
        .orElse(List.of());
  }

  private static <T> String names(List<T> choices, Function<T, String> id) {
    List<String> names = new ArrayList<>(choices.stream().map(id).toList());
    if (names.size() > 60) {
      names.subList(60, names.size()).clear();
      names.add("…");
    }
    return names.isEmpty() ? "nothing, since the sweep has none" : String.join(", ", names);
  }

  /**
   * Looks whether all were taken.
   *
   * @throws Refused naming one that nobody knows
   */
  void checkAllTaken() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new Refused(
            400, name + ": is no parameter of this; allowed: " + String.join(", ", known));
      }
    }
  }

  /** What was asked, in one order: equal questions have equal texts. */
  @Override
  public String toString() {
    return values.toString();
  }
}
