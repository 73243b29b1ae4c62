package org.phasemap.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a field may hold. */
interface Type<T> {
  /** The kind of value in a word, for the table of fields. */
  String shape();

  /** The values that are allowed, for the table of fields and for messages. */
  String allowed();

  /**
   * Reads a value.
   *
   * @throws org.phasemap.network.UserException where it is not allowed
   */
  T read(Place place);

  /** Text that matches a pattern. */
  record Text(Pattern pattern, String allowed) implements Type<String> {
    @Override
    public String shape() {
      return "text";
    }

    @Override
    public String read(Place place) {
      String text = Type.text(place, allowed);
      if (!pattern.matcher(text).matches()) {
        throw place.notAllowed(allowed);
      }
      return text;
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements Type<Boolean> {
    @Override
    public String shape() {
      return "boolean";
    }

    @Override
    public String allowed() {
      return "true, false";
    }

    @Override
    public Boolean read(Place place) {
      if (place.node() instanceof Node.Scalar s && s.scalarKind() == Node.Kind.BOOLEAN) {
        return s.text().toLowerCase(Locale.ROOT).equals("true");
      }
      throw place.wrongKind(allowed());
    }
  }

  /**
   * A name out of a closed family.
   *
   * @param names every name, as shown to users; what stands in parentheses is a parameter
   * @param parse throws IllegalArgumentException, whose message says why, for other texts
   */
  record Choice<T>(List<String> names, Function<String, T> parse) implements Type<T> {
    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> Choice<E> of(Class<E> family) {
      return of(Arrays.asList(family.getEnumConstants()), Choice::id);
    }

    /** Some constants, each under its own name. */
    static <T> Choice<T> of(List<T> constants, Function<T, String> name) {
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
    static String id(Enum<?> constant) {
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
    public T read(Place place) {
      String text = Type.text(place, allowed());
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

  /** One value or a list of values, none of them twice. */
  record Several<T>(Type<T> element) implements Type<List<T>> {
    @Override
    public String shape() {
      return element.shape() + " or list";
    }

    @Override
    public String allowed() {
      return element.allowed();
    }

    @Override
    public List<T> read(Place place) {
      if (!(place.node() instanceof Node.Sequence list)) {
        return List.of(element.read(place));
      }
      if (list.items().isEmpty()) {
        throw place.wrong("[] is empty; allowed: one or more of " + allowed());
      }
      if (list.items().size() > place.maxPoints()) {
        throw place.tooMany();
      }
      Set<T> values = new LinkedHashSet<>();
      for (int i = 0; i < list.items().size(); i++) {
        Place item = place.item(list, i);
        if (!values.add(element.read(item))) {
          throw item.wrong(item.node().shown() + " is given twice; allowed: each value once");
        }
      }
      return List.copyOf(values);
    }
  }

  /** Numbers by name, one or more. */
  record Named<T>(Choice<T> names, Type<Double> element) implements Type<Map<T, Double>> {
    @Override
    public String shape() {
      return "section";
    }

    @Override
    public String allowed() {
      return element.allowed() + ", for one or more of " + names.allowed();
    }

    @Override
    public Map<T, Double> read(Place place) {
      if (!(place.node() instanceof Node.Mapping mapping)) {
        throw place.wrongKind(allowed());
      }
      if (mapping.entries().isEmpty()) {
        throw place.wrong("{} is empty; allowed: " + allowed());
      }
      List<Field<?>> fields = new ArrayList<>();
      names.names().forEach(name -> fields.add(Field.optional(name, element, "", "", "")));
      Section section = new Section(place, mapping, fields);
      Map<T, Double> numbers = new LinkedHashMap<>();
      for (String name : mapping.entries().keySet()) {
        numbers.put(names.parse.apply(name), element.read(section.place().named(name)));
      }
      return numbers;
    }
  }

  /** The fields of a section. */
  record Fields(List<Field<?>> fields) implements Type<Section> {
    @Override
    public String shape() {
      return "section";
    }

    @Override
    public String allowed() {
      List<String> names = new ArrayList<>();
      fields.forEach(f -> names.add(f.key()));
      return "fields " + String.join(", ", names);
    }

    @Override
    public Section read(Place place) {
      if (!(place.node() instanceof Node.Mapping mapping)) {
        throw place.wrongKind(allowed());
      }
      return new Section(place, mapping, fields);
    }
  }

  private static String text(Place place, String allowed) {
    if (place.node() instanceof Node.Scalar s && s.scalarKind() == Node.Kind.TEXT) {
      return s.text();
    }
    throw place.wrongKind(allowed);
  }
}
