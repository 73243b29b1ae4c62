package org.phasemap.cli.theory.parameters;

import java.util.Map;
import org.phasemap.network.DecimalText;

/** A value as papers write it: {@code 1e-3}, {@code 1/3}, {@code 3q*}, {@code 1/sqrt(L)}. */
public final class Expression {
  private Expression() {}

  /**
   * Products and quotients of numbers, symbols and square roots.
   *
   * @throws IllegalArgumentException where the text is none
   */
  public static double evaluate(String text, Map<String, Double> symbols) {
    int slash = lastSlash(text);
    if (slash > 0) {
      return evaluate(text.substring(0, slash), symbols)
          / factor(text.substring(slash + 1).strip(), symbols);
    }
    return factor(text.strip(), symbols);
  }

  private static double factor(String text, Map<String, Double> symbols) {
    if (text.startsWith("sqrt(") && text.endsWith(")")) {
      return Math.sqrt(evaluate(text.substring(5, text.length() - 1), symbols));
    }
    for (Map.Entry<String, Double> symbol : symbols.entrySet()) {
      if (text.endsWith(symbol.getKey())) {
        String head = text.substring(0, text.length() - symbol.getKey().length()).strip();
        String coefficient =
            head.endsWith("*") ? head.substring(0, head.length() - 1).strip() : head;
        return (coefficient.isEmpty() ? 1 : evaluate(coefficient, symbols)) * symbol.getValue();
      }
    }
    try {
      return DecimalText.number(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: '" + text + "'", e);
    }
  }

  /** The last slash outside brackets. */
  private static int lastSlash(String text) {
    int open = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      char at = text.charAt(i);
      open += at == ')' ? 1 : at == '(' ? -1 : 0;
      if (at == '/' && open == 0) {
        return i;
      }
    }
    return -1;
  }
}
