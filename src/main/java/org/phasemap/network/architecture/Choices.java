package org.phasemap.network.architecture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Values of a family's parameters. Immutable. */
public final class Choices {
  /** None: every parameter is as usual. */
  public static final Choices NONE = new Choices(Map.of());

  private final Map<Parameter<?>, Object> values;

  private Choices(Map<Parameter<?>, Object> values) {
    this.values = values;
  }

  /** The same with another value of a parameter. */
  public <T> Choices with(Parameter<T> parameter, T value) {
    Map<Parameter<?>, Object> changed = new LinkedHashMap<>(values);
    changed.put(parameter, value);
    return new Choices(changed);
  }

  /** The same with a value that is read from its text. */
  <T> Choices parsed(Parameter<T> parameter, String text) {
    return with(parameter, parameter.type().parse(text));
  }

  boolean has(Parameter<?> parameter) {
    return values.containsKey(parameter);
  }

  /** The value of a parameter, the usual one where none is chosen. */
  @SuppressWarnings("unchecked") // with() takes values of the parameter alone
  public <T> T get(Parameter<T> parameter) {
    return (T) values.getOrDefault(parameter, parameter.usual());
  }

  /** What an architecture with these is called: {@code residual(order=pre1, scale=depth)}. */
  String text(String kind) {
    StringJoiner said = new StringJoiner(", ", kind + "(", ")").setEmptyValue(kind);
    values.keySet().stream()
        .filter(each -> each.counts(this))
        .filter(each -> each.isSaid() || !get(each).equals(each.usual()))
        .forEach(each -> said.add(each.name() + "=" + written(each)));
    return said.toString();
  }

  private <T> String written(Parameter<T> parameter) {
    return parameter.type().written(get(parameter));
  }
}
