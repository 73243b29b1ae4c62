package org.phasemap.cli.theory.architecture;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.theory.parameters.ActivationName;
import org.phasemap.cli.theory.parameters.Expression;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.LayerLaw;

/** A key's parameters, each in its domain. */
final class KeyParameters {
  /** A number of layers, which L stands for in other parameters. */
  private static final List<String> DEPTHS = List.of("depth", "blocks");

  private static final String SLOPE = "a";
  private static final String SLOPED = "leaky_relu|lrelu|prelu";

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Double> symbols;

  private KeyParameters(Map<String, Double> symbols) {
    this.symbols = symbols;
  }

  /**
   * Checks what was given against what a key has.
   *
   * @throws OutsideDomainException where a parameter is missing, unknown or not allowed
   */
  static KeyParameters of(List<Parameter> declared, Map<String, String> texts) {
    Map<String, String> given = sloped(texts);
    List<String> names = declared.stream().map(Parameter::name).toList();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      OutsideDomainException.unless(
          names.contains(entry.getKey()),
          String.format(
              "%s=%s is no parameter of this key; its parameters: %s",
              entry.getKey(), entry.getValue(), String.join(", ", names)));
    }
    Map<String, Double> symbols =
        DEPTHS.stream()
            .filter(given::containsKey)
            .collect(Collectors.toMap(d -> "L", d -> number(d, given.getOrDefault(d, ""))));
    KeyParameters parameters = new KeyParameters(symbols);
    declared.forEach(parameter -> parameters.put(parameter, given.get(parameter.name())));
    return parameters;
  }

  /** Some tables give the slope of a leaky ReLU as a parameter of its own. */
  private static Map<String, String> sloped(Map<String, String> texts) {
    String activation = texts.get(Laws.ACTIVATION.name());
    if (!texts.containsKey(SLOPE) || activation == null || !activation.matches(SLOPED)) {
      return texts;
    }
    Map<String, String> given = new LinkedHashMap<>(texts);
    given.put(Laws.ACTIVATION.name(), activation + "(" + given.remove(SLOPE) + ")");
    return given;
  }

  private void put(Parameter parameter, @Nullable String given) {
    String text = given == null ? parameter.otherwise() : given;
    OutsideDomainException.unless(
        !text.isEmpty(),
        String.format(
            "%s is missing; allowed: %s", parameter.name(), parameter.allowed()));
    boolean allowed;
    try {
      allowed = parameter.domain().has(text, symbols);
    } catch (IllegalArgumentException e) {
      throw refused(parameter, text);
    }
    if (!allowed) {
      throw refused(parameter, text);
    }
    texts.put(parameter.name(), text);
  }

  private static OutsideDomainException refused(Parameter parameter, String text) {
    return new OutsideDomainException(
        String.format("%s=%s; allowed: %s", parameter.name(), text, parameter.allowed()));
  }

  private static double number(String name, String text) {
    try {
      return Expression.evaluate(text, Map.of());
    } catch (IllegalArgumentException e) {
      throw new OutsideDomainException(name + "=" + text + " is not a number");
    }
  }

  String text(Parameter parameter) {
    String text = texts.get(parameter.name());
    if (text == null) {
      throw new IllegalStateException(parameter.name() + " is not declared");
    }
    return text;
  }

  double number(Parameter parameter) {
    return Expression.evaluate(text(parameter), symbols);
  }

  int count(Parameter parameter) {
    return (int) number(parameter);
  }

  int[] counts(Parameter parameter) {
    return Arrays.stream(Parameter.words(text(parameter)))
        .mapToInt(word -> (int) Expression.evaluate(word, Map.of()))
        .toArray();
  }

  /** B, perhaps infinite. */
  double batch(Parameter parameter) {
    return text(parameter).equals(Parameter.INFINITE)
        ? Double.POSITIVE_INFINITY
        : number(parameter);
  }

  Activation activation(Parameter parameter) {
    return ActivationName.parse(text(parameter));
  }

  /** A constant of an enum, by its name in lower case. */
  <E extends Enum<E>> E constant(Parameter parameter, Class<E> type) {
    return Enum.valueOf(type, text(parameter).toUpperCase(Locale.ROOT));
  }

  /** φ, σ_w² and σ_b². */
  LayerLaw law() {
    return new LayerLaw(
        activation(Laws.ACTIVATION), number(Laws.SIGMA_W2), number(Laws.SIGMA_B2));
  }
}
