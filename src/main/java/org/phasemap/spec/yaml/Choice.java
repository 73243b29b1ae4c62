package org.phasemap.spec.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A name out of a closed family.
 *
 * @param names every name, as shown to users; what stands in parentheses is a parameter
 * @param parse throws IllegalArgumentException, whose message says why, for other texts
 */
public record Choice<T>(List<String> names, Function<String, T> parse) implements Type<T> {
  /** The constants of an enum, in lower case. */
  public static <E extends Enum<E>> Choice<E> of(Class<E> family) {
    return of(Arrays.asList(family.getEnumConstants()), Choice::id);
  }

  /** Some constants, each under its own name. */
  public static <T> Choice<T> of(List<T> constants, Function<T, String> name) {
    List<String> names = constants.stream().map(name).toList();
    return new Choice<>(
        names,
        text -> {
          if (!names.contains(text)) {
            throw new IllegalArgumentException("unknown: " + text);
          }
          return constants.get(names.indexOf(text));
        });
  }

  /** How specs write the constant of an enum. */
  public static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String shape() {
    return "name";
  }

  @Override
  public String allowed() {
    return String.join(", ", names);
  }

  @Override
  public Map<String, Object> schema() {
    List<String> bases = names.stream().map(Choice::base).distinct().toList();
    Map<String, Object> plain = Map.of("enum", bases);
    List<String> withParameter =
        names.stream().filter(name -> name.indexOf('(') >= 0).map(Choice::base).toList();
    if (withParameter.isEmpty()) {
      return plain;
    }
    String pattern = "^(" + String.join("|", withParameter) + ") *\\(.*\\)$";
    return Map.of("anyOf", List.of(plain, Map.of("type", "string", "pattern", pattern)));
  }

  @Override
  public T read(Place place) {
    boolean isNumber = place.node() instanceof Node.Scalar s && names.contains(s.text());
    String text = isNumber ? ((Node.Scalar) place.node()).text() : Text.of(place, allowed());
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      String refusal = place.node().shown() + " is not allowed";
      String name = base(text);
      List<String> bases = names.stream().map(Choice::base).toList();
      String hint =
          bases.contains(name)
              ? ": " + e.getMessage()
              : Wording.closest(name, bases).map(c -> "; did you mean " + c + "?").orElse("");
      String allowed = hint.endsWith("?") ? " allowed: " : "; allowed: ";
      throw place.wrong(refusal + hint + allowed + allowed());
    }
  }

  private static String base(String name) {
    int parameter = name.indexOf('(');
    return (parameter < 0 ? name : name.substring(0, parameter)).strip();
  }
}
