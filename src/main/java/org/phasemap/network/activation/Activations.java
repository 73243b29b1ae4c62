package org.phasemap.network.activation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.phasemap.network.Activation;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;

/** The activations that specs and tables name. */
public final class Activations {
  public static final Activation LINEAR = new Linear();
  public static final Activation RELU = new Relu();
  public static final Activation ABS = new Abs();
  public static final Activation TANH = new Tanh();
  public static final Activation ERF = new ErrorFunction();
  public static final Activation SIN = new Sine();
  public static final Activation HARD_TANH = new HardTanh();
  public static final Activation GELU = new Gelu();
  public static final Activation SILU = new Silu();
  public static final Activation SOFTPLUS = new Softplus();
  public static final Activation ELU = ExponentialLinear.elu();
  public static final Activation SELU = ExponentialLinear.selu();
  public static final Activation MISH = new Mish();
  public static final Activation SIGMOID = new Sigmoid();
  public static final Activation SOFTSIGN = new Softsign();
  public static final Activation ARCTAN = new Arctan();

  private static final List<Activation> ALL =
      List.of(
          LINEAR,
          RELU,
          leakyRelu(0.01),
          prelu(0.25),
          ABS,
          TANH,
          ERF,
          SIN,
          HARD_TANH,
          GELU,
          SILU,
          SOFTPLUS,
          ELU,
          SELU,
          MISH,
          SIGMOID,
          SOFTSIGN,
          ARCTAN);

  private static final Map<String, Activation> BY_FAMILY =
      ALL.stream().collect(Collectors.toMap(Activation::family, Function.identity()));

  private static final Pattern CALL =
      Pattern.compile("\\s*([a-z_][a-z0-9_]*)\\s*(?:\\(\\s*([^)\\s]+)\\s*\\))?\\s*");

  private Activations() {}

  /** A leaky ReLU: slope a on the negative side. */
  public static Activation leakyRelu(double a) {
    return new LeakyRelu("leaky_relu", a);
  }

  /** A parametric ReLU, which starts as a leaky one. */
  public static Activation prelu(double a) {
    return new LeakyRelu("prelu", a);
  }

  /** Each of them, with the customary slope: 0.01 for leaky_relu, 0.25 for prelu. */
  public static List<Activation> all() {
    return ALL;
  }

  /**
   * Reads {@code tanh} or {@code leaky_relu(0.2)}.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static Activation parse(String text) {
    Matcher call = CALL.matcher(text);
    Activation known = call.matches() ? BY_FAMILY.get(call.group(1)) : null;
    if (known == null) {
      throw new IllegalArgumentException(
          "unknown activation '" + text + "'; allowed: " + String.join(", ", names()));
    }
    if (call.group(2) == null) {
      return known;
    }
    if (!(known instanceof LeakyRelu sloped)) {
      throw new IllegalArgumentException(call.group(1) + " takes no parameter");
    }
    try {
      return sloped.withSlope(DecimalText.number(call.group(2)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("slope must be a number: " + call.group(2), e);
    }
  }

  /**
   * Reads what a table of results has.
   *
   * @throws UserException if it is not the name of one
   */
  public static Activation ofTable(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserException("activation: " + e.getMessage(), e);
    }
  }

  /** Every name that {@link #parse} takes. */
  public static List<String> names() {
    return ALL.stream().map(f -> f.family() + (f instanceof LeakyRelu ? "(a)" : "")).toList();
  }
}
