package org.phasemap.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A nonlinearity φ with its first two derivatives and its kinks, in float64.
 *
 * @param kind which function
 * @param slope slope on the negative side for {@code leaky_relu} and {@code prelu}; 0 otherwise
 */
public record Activation(Kind kind, double slope) implements Serializable {
  private static final Pattern CALL =
      Pattern.compile("\\s*([a-z_]+)\\s*(?:\\(\\s*([^)\\s]+)\\s*\\))?\\s*");

  /** The closed family. Lower-case names are what specs and tables use. */
  public enum Kind {
    LINEAR,
    RELU,
    LEAKY_RELU,
    PRELU,
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
    ARCTAN;

    boolean takesSlope() {
      return this == LEAKY_RELU || this == PRELU;
    }
  }

  public Activation {
    if (!Double.isFinite(slope)) {
      throw new IllegalArgumentException("slope must be finite: " + slope);
    }
    if (!kind.takesSlope() && slope != 0) {
      throw new IllegalArgumentException(kind + " takes no slope");
    }
  }

  /** The activation of a kind, with the customary slope: 0.01 for leaky_relu, 0.25 for prelu. */
  public static Activation of(Kind kind) {
    return new Activation(kind, kind == Kind.LEAKY_RELU ? 0.01 : kind == Kind.PRELU ? 0.25 : 0.0);
  }

  /**
   * Reads {@code tanh} or {@code leaky_relu(0.2)}.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static Activation parse(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw unknown(text);
    }
    Kind kind;
    try {
      kind = Kind.valueOf(call.group(1).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw unknown(text);
    }
    if (call.group(2) == null) {
      return of(kind);
    }
    if (!kind.takesSlope()) {
      throw new IllegalArgumentException(call.group(1) + " takes no parameter");
    }
    try {
      return new Activation(kind, DecimalText.number(call.group(2)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("slope must be a number: " + call.group(2), e);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "unknown activation '" + text + "'; allowed: " + String.join(", ", names()));
  }

  /** Every name that {@link #parse} takes. */
  public static List<String> names() {
    return Arrays.stream(Kind.values())
        .map(k -> k.name().toLowerCase(Locale.ROOT) + (k.takesSlope() ? "(a)" : ""))
        .collect(Collectors.toList());
  }

  /** The canonical name, such as {@code gelu} or {@code leaky_relu(0.01)}. */
  public String name() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind.takesSlope() ? name + "(" + slope + ")" : name;
  }

  /**
   * Slope a of φ on the negative side where φ(x) = max(x, 0) + a·min(x, 0), NaN for other
   * functions. Such functions are positively homogeneous: φ(sx) = sφ(x) for s &gt; 0.
   */
  public double homogeneousSlope() {
    return switch (kind) {
      case LINEAR -> 1;
      case RELU -> 0;
      case ABS -> -1;
      case LEAKY_RELU, PRELU -> slope;
      default -> Double.NaN;
    };
  }

  /** Whether φ(sx) = sφ(x) for every s &gt; 0. */
  public boolean isHomogeneous() {
    return !Double.isNaN(homogeneousSlope());
  }

  /** Whether φ(−x) = −φ(x). */
  public boolean isOdd() {
    return switch (kind) {
      case LINEAR, TANH, ERF, SIN, HARD_TANH, SOFTSIGN, ARCTAN -> true;
      case LEAKY_RELU, PRELU -> slope == 1;
      default -> false;
    };
  }

  /** Whether φ(−x) = φ(x). */
  public boolean isEven() {
    return homogeneousSlope() == -1;
  }

  /** Points where φ or one of its first two derivatives jumps, ascending. */
  public double[] kinks() {
    return switch (kind) {
      case RELU, LEAKY_RELU, PRELU, ABS, ELU, SELU, SOFTSIGN -> new double[] {0};
      case HARD_TANH -> new double[] {-1, 1};
      default -> new double[0];
    };
  }

  /** φ(x). */
  public double value(double x) {
    return Curves.value(this, x);
  }

  /** φ′(x); at a kink the value on its left for ReLU-like functions, 0 for abs. */
  public double derivative(double x) {
    return Curves.derivative(this, x);
  }

  /** φ″(x) away from the kinks; a jump of φ′ contributes no delta function here. */
  public double secondDerivative(double x) {
    return Curves.secondDerivative(this, x);
  }

  @Override
  public String toString() {
    return name();
  }
}
