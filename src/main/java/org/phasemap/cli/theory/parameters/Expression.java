package org.phasemap.cli.theory.parameters;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.phasemap.network.DecimalText;

/**
 * A value as papers write it: {@code 1e-3}, {@code 1/3}, {@code 3q*}, {@code 1/sqrt(L)}, {@code
 * l^-0.75}. Products, quotients and powers of numbers, symbols, square roots and brackets; what
 * stands side by side is multiplied before anything is divided by it, so that 1/2L is 1/(2L).
 */
public final class Expression {
  private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final String ROOT = "sqrt(";

  private final String text;
  private final Map<String, Double> symbols;
  private int at;

  private Expression(String text, Map<String, Double> symbols) {
    this.text = text;
    this.symbols = symbols;
  }

  /**
   * The value.
   *
   * @param symbols numbers by the names that the text may use
   * @throws IllegalArgumentException where the text is none
   */
  public static double evaluate(String text, Map<String, Double> symbols) {
    try {
      return DecimalText.number(text.strip());
    } catch (NumberFormatException e) {
      Expression expression = new Expression(text.strip(), symbols);
      double value = expression.product();
      if (expression.at < expression.text.length()) {
        throw expression.refused();
      }
      return value;
    }
  }

  private double product() {
    double value = beside();
    while (true) {
      if (next("*")) {
        value *= beside();
      } else if (next("/")) {
        value /= beside();
      } else {
        return value;
      }
    }
  }

  /** Factors without a sign between them. */
  private double beside() {
    double value = power();
    while (at < text.length() && "*/)".indexOf(text.charAt(at)) < 0) {
      value *= power();
    }
    return value;
  }

  private double power() {
    double base = factor();
    if (next("**") || next("^")) {
      boolean negative = next("-");
      double exponent = factor();
      return Math.pow(base, negative ? -exponent : exponent);
    }
    return base;
  }

  private double factor() {
    if (next(ROOT)) {
      return Math.sqrt(bracket());
    }
    if (next("(")) {
      boolean negative = next("-");
      double value = bracket();
      return negative ? -value : value;
    }
    Optional<Map.Entry<String, Double>> symbol =
        symbols.entrySet().stream()
            .filter(entry -> text.startsWith(entry.getKey(), at))
            .max(Comparator.comparingInt(entry -> entry.getKey().length()));
    if (symbol.isPresent()) {
      skip(symbol.get().getKey().length());
      return symbol.get().getValue();
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw refused();
    }
    skip(number.end() - at);
    return DecimalText.number(number.group());
  }

  private double bracket() {
    double value = product();
    if (!next(")")) {
      throw refused();
    }
    return value;
  }

  private boolean next(String sign) {
    boolean isNext = text.startsWith(sign, at);
    // A single * is half of a power's **.
    if (!isNext || (sign.equals("*") && text.startsWith("**", at))) {
      return false;
    }
    skip(sign.length());
    return true;
  }

  private void skip(int length) {
    at += length;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException refused() {
    return new IllegalArgumentException("not a number: '" + text + "'");
  }
}
