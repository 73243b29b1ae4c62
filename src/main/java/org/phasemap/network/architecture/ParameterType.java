package org.phasemap.network.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.phasemap.network.DecimalText;

/** What a parameter of a family may be, and how it is written. */
public sealed interface ParameterType<T> {
  /** The values that are allowed, in the words of a message. */
  String allowed();

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the text is none that is allowed
   */
  T parse(String text);

  /** The text that {@link #parse} reads as this value; without commas and parentheses. */
  String written(T value);

  /**
   * A name out of a few.
   *
   * @param all in the order of messages
   * @param name of each
   */
  record Name<T>(List<T> all, Function<T, String> name) implements ParameterType<T> {
    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> Name<E> of(Class<E> family) {
      return new Name<>(
          List.of(family.getEnumConstants()), each -> each.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String allowed() {
      return all.stream().map(name).collect(Collectors.joining(", "));
    }

    @Override
    public T parse(String text) {
      return all.stream()
          .filter(each -> name.apply(each).equals(text))
          .findFirst()
          .orElseThrow(() -> refused(text, this));
    }

    @Override
    public String written(T value) {
      return name.apply(value);
    }
  }

  /** A whole number, both bounds included. */
  record Whole(int from, int to) implements ParameterType<Integer> {
    @Override
    public String allowed() {
      return "whole numbers from " + from + " to " + to;
    }

    @Override
    public Integer parse(String text) {
      int number = DecimalText.whole(text);
      if (number < from || number > to) {
        throw refused(text, this);
      }
      return number;
    }

    @Override
    public String written(Integer value) {
      return value.toString();
    }
  }

  /** A number, both bounds included. */
  record Real(double from, double to) implements ParameterType<Double> {
    @Override
    public String allowed() {
      return "numbers from " + DecimalText.shortest(from) + " to " + DecimalText.shortest(to);
    }

    @Override
    public Double parse(String text) {
      double number = DecimalText.number(text);
      if (!(from <= number && number <= to)) {
        throw refused(text, this);
      }
      return number + 0.0; // no negative zero
    }

    @Override
    public String written(Double value) {
      return DecimalText.shortest(value).toString();
    }
  }

  /** Yes or no. */
  record Truth() implements ParameterType<Boolean> {
    @Override
    public String allowed() {
      return "true, false";
    }

    @Override
    public Boolean parse(String text) {
      if (!text.equals("true") && !text.equals("false")) {
        throw refused(text, this);
      }
      return text.equals("true");
    }

    @Override
    public String written(Boolean value) {
      return value.toString();
    }
  }

  /**
   * Whole numbers in an order that matters, such as 8 × 8.
   *
   * @param most how many there may be; there is at least one
   * @param each what each may be
   */
  record Wholes(int most, Whole each) implements ParameterType<List<Integer>> {
    private static final String TIMES = "x";

    @Override
    public String allowed() {
      return "1 to " + most + " " + each.allowed();
    }

    @Override
    public List<Integer> parse(String text) {
      List<Integer> numbers = new ArrayList<>();
      for (String number : text.split(TIMES, -1)) {
        numbers.add(each.parse(number));
      }
      if (numbers.size() > most) {
        throw refused(text, this);
      }
      return List.copyOf(numbers);
    }

    @Override
    public String written(List<Integer> value) {
      return value.stream().map(each::written).collect(Collectors.joining(TIMES));
    }
  }

  /** A number of groups, or the name of a way without one. */
  record Grouping(Whole numbers, Name<Groups> names) implements ParameterType<Groups> {
    @Override
    public String allowed() {
      return numbers.allowed() + ", or " + names.allowed();
    }

    @Override
    public Groups parse(String text) {
      boolean named = names.all().stream().anyMatch(each -> names.written(each).equals(text));
      return named ? names.parse(text) : Groups.of(numbers.parse(text));
    }

    @Override
    public String written(Groups value) {
      return value.toString();
    }
  }

  private static IllegalArgumentException refused(String text, ParameterType<?> type) {
    return new IllegalArgumentException("'" + text + "'; allowed: " + type.allowed());
  }
}
