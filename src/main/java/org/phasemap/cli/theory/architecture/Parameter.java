package org.phasemap.cli.theory.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.phasemap.cli.theory.parameters.ActivationName;
import org.phasemap.cli.theory.parameters.Expression;
import org.phasemap.network.activation.Activations;

/**
 * A parameter of a key.
 *
 * @param name as tables write it
 * @param allowed what is allowed, for messages
 * @param otherwise its value where none is given; empty if one must be
 * @param domain which texts are in the formula's domain
 */
public record Parameter(String name, String allowed, String otherwise, Domain domain) {
  static final String INFINITE = "inf";

  private static final int DEEPEST = 100_000;

  /** What texts a parameter takes. */
  @FunctionalInterface
  interface Domain {
    /**
     * Whether the text is one.
     *
     * @param symbols numbers that it may name
     * @throws IllegalArgumentException where it is no number or no activation
     */
    boolean has(String text, Map<String, Double> symbols);
  }

  /** A number, as {@code 0.5}, {@code 1/3} or {@code 1/L}. */
  static Parameter number(String name, String allowed, DoublePredicate domain) {
    return new Parameter(
        name, allowed, "", (text, symbols) -> domain.test(Expression.evaluate(text, symbols)));
  }

  static Parameter positive(String name) {
    return number(name, "numbers > 0", x -> x > 0 && x < Double.POSITIVE_INFINITY);
  }

  static Parameter notNegative(String name) {
    return number(name, "numbers >= 0", x -> x >= 0 && x < Double.POSITIVE_INFINITY);
  }

  /** A correlation or cosine. */
  static Parameter correlation(String name) {
    return number(name, "numbers from -1 to 1", x -> Math.abs(x) <= 1);
  }

  /** A whole number. */
  static Parameter count(String name, int least) {
    return number(
        name, "whole numbers >= " + least, x -> x == Math.rint(x) && x >= least && x < 1e9);
  }

  /** A number of layers or blocks that a formula goes through one by one. */
  static Parameter depth(String name, int least) {
    return number(
        name,
        "whole numbers from " + least + " to " + DEEPEST,
        x -> x == Math.rint(x) && x >= least && x <= DEEPEST);
  }

  /** Whole numbers, separated by blanks. */
  static Parameter counts(String name, int least) {
    return new Parameter(
        name,
        "whole numbers >= " + least + ", separated by blanks",
        "",
        (text, symbols) -> Arrays.stream(words(text)).allMatch(w -> isCount(w, least)));
  }

  /** A batch size or infinity. */
  static Parameter batch(String name, int least) {
    return new Parameter(
        name,
        "whole numbers >= " + least + ", and " + INFINITE,
        "",
        (text, symbols) -> text.equals(INFINITE) || isCount(text, least));
  }

  static Parameter choice(String name, String... values) {
    List<String> all = List.of(values);
    return new Parameter(name, String.join(", ", all), "", (text, symbols) -> all.contains(text));
  }

  static Parameter activation() {
    return new Parameter(
        "activation",
        String.join(", ", Activations.names()),
        "",
        (text, symbols) -> !ActivationName.parse(text).name().isEmpty());
  }

  /** One of the functions max(x, 0) + a min(x, 0). */
  static Parameter homogeneous(String name) {
    return new Parameter(
        name,
        "linear, relu, abs, leaky_relu(a), prelu(a)",
        "",
        (text, symbols) -> ActivationName.parse(text).isHomogeneous());
  }

  /** The same parameter with a default. */
  Parameter or(String value) {
    return new Parameter(name, allowed, value, domain);
  }

  static String[] words(String text) {
    return text.strip().split("\\s+");
  }

  private static boolean isCount(String text, int least) {
    double x = Expression.evaluate(text, Map.of());
    return x == Math.rint(x) && x >= least && x < 1e9;
  }

  /** As documents write it: {@code dims (1)}. */
  public String shown() {
    return otherwise.isEmpty() ? name : name + " (" + otherwise + ")";
  }
}
