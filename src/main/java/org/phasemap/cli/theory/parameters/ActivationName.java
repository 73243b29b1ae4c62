package org.phasemap.cli.theory.parameters;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.phasemap.network.Activation;
import org.phasemap.network.DecimalText;
import org.phasemap.network.activation.Activations;

/** Activations by any of the names that tables use. */
public final class ActivationName {
  private static final Pattern SLOPED =
      Pattern.compile("(lrelu|leakyrelu|leaky_relu|prelu)\\(?([-+0-9.eE]+)\\)?");
  private static final Map<String, String> ALIASES =
      Map.of(
          "lrelu", "leaky_relu",
          "leakyrelu", "leaky_relu",
          "hardtanh", "hard_tanh",
          "swish", "silu",
          "atan", "arctan",
          "identity", "linear");

  private ActivationName() {}

  /**
   * Reads {@code tanh}, {@code lrelu0.1} or {@code leaky_relu(0.1)}.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static Activation parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    Matcher sloped = SLOPED.matcher(name);
    if (sloped.matches()) {
      double slope = DecimalText.number(sloped.group(2));
      return sloped.group(1).equals("prelu")
          ? Activations.prelu(slope)
          : Activations.leakyRelu(slope);
    }
    return Activations.parse(ALIASES.getOrDefault(name, name));
  }
}
