package org.phasemap.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An initialisation scheme: a law of the weights and a gain σ_w² = variance × fan-in. {@link
 * #CRITICAL} is each activation's own edge of chaos; its gain comes from the theory.
 */
public enum InitScheme {
  /** He et al. 2015 eq. (10), (15): 2/(1+a²), a the slope of a leaky ReLU and 0 for all others. */
  HE_NORMAL(WeightLaw.NORMAL),
  HE_UNIFORM(WeightLaw.UNIFORM),
  HE_TRUNCATED(WeightLaw.TRUNCATED),
  /** Glorot and Bengio 2010 eq. (16): variance 2/(fan-in + fan-out). */
  XAVIER_NORMAL(WeightLaw.NORMAL),
  XAVIER_UNIFORM(WeightLaw.UNIFORM),
  XAVIER_TRUNCATED(WeightLaw.TRUNCATED),
  /** LeCun et al. 1998 §4.6: variance 1/fan-in. */
  LECUN_NORMAL(WeightLaw.NORMAL),
  LECUN_TRUNCATED(WeightLaw.TRUNCATED),
  /** Saxe et al. 2014: orthogonal with gain 1. */
  ORTHOGONAL(WeightLaw.ORTHOGONAL),
  /** {@code torch.nn.Linear}: uniform on ±1/√fan-in, so σ_w² = 1/3. */
  TORCH_DEFAULT(WeightLaw.UNIFORM),
  /** The activation's edge of chaos at the cell's bias variance. */
  CRITICAL(WeightLaw.NORMAL);

  private final WeightLaw law;

  InitScheme(WeightLaw law) {
    this.law = law;
  }

  public WeightLaw law() {
    return law;
  }

  /**
   * σ_w² of a layer, dimensionless.
   *
   * @throws IllegalStateException for {@link #CRITICAL}, which only the theory can answer
   */
  public double gain2(Activation activation, Fans fans) {
    return switch (this) {
      case HE_NORMAL, HE_UNIFORM, HE_TRUNCATED -> {
        double a = activation.slope();
        yield 2 / (1 + a * a);
      }
      case XAVIER_NORMAL, XAVIER_UNIFORM, XAVIER_TRUNCATED ->
          2 * fans.fanIn() / (fans.fanIn() + fans.fanOut());
      case LECUN_NORMAL, LECUN_TRUNCATED, ORTHOGONAL -> 1;
      case TORCH_DEFAULT -> 1.0 / 3;
      case CRITICAL -> throw new IllegalStateException("critical has no gain of its own");
    };
  }

  /** Standard deviation of a layer's weights: σ_w/√fan-in. Thrown is what {@link #gain2} throws. */
  public double standardDeviation(Activation activation, Fans fans) {
    return Math.sqrt(gain2(activation, fans) / fans.fanIn());
  }

  /** The name that specs use, such as {@code he_normal}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a scheme's name.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static InitScheme parse(String text) {
    return Arrays.stream(values())
        .filter(s -> s.id().equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown init '" + text + "'; allowed: " + String.join(", ", names())));
  }

  /** Every name that {@link #parse} takes. */
  public static List<String> names() {
    return Arrays.stream(values()).map(InitScheme::id).toList();
  }
}
