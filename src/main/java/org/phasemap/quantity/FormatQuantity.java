package org.phasemap.quantity;

import java.util.Locale;

/**
 * What a number format would lose of a network's activations h_l = φ(z_l) or gradients ∂f/∂z_l, in
 * the layer that loses most.
 */
public enum FormatQuantity implements Quantity {
  FP16_SIGNAL_SUBNORMAL(41, Format.FP16, Entries.SIGNAL, Loss.SUBNORMAL),
  FP16_SIGNAL_FLUSHED(42, Format.FP16, Entries.SIGNAL, Loss.FLUSHED),
  FP16_SIGNAL_OVERFLOW(43, Format.FP16, Entries.SIGNAL, Loss.OVERFLOW),
  FP16_SIGNAL_LAYER(44, Format.FP16, Entries.SIGNAL, Loss.LAYER),
  FP16_GRADIENT_SUBNORMAL(45, Format.FP16, Entries.GRADIENT, Loss.SUBNORMAL),
  FP16_GRADIENT_FLUSHED(46, Format.FP16, Entries.GRADIENT, Loss.FLUSHED),
  FP16_GRADIENT_OVERFLOW(47, Format.FP16, Entries.GRADIENT, Loss.OVERFLOW),
  FP16_GRADIENT_LAYER(48, Format.FP16, Entries.GRADIENT, Loss.LAYER),
  BF16_SIGNAL_SUBNORMAL(49, Format.BF16, Entries.SIGNAL, Loss.SUBNORMAL),
  BF16_SIGNAL_FLUSHED(50, Format.BF16, Entries.SIGNAL, Loss.FLUSHED),
  BF16_SIGNAL_OVERFLOW(51, Format.BF16, Entries.SIGNAL, Loss.OVERFLOW),
  BF16_SIGNAL_LAYER(52, Format.BF16, Entries.SIGNAL, Loss.LAYER),
  BF16_GRADIENT_SUBNORMAL(53, Format.BF16, Entries.GRADIENT, Loss.SUBNORMAL),
  BF16_GRADIENT_FLUSHED(54, Format.BF16, Entries.GRADIENT, Loss.FLUSHED),
  BF16_GRADIENT_OVERFLOW(55, Format.BF16, Entries.GRADIENT, Loss.OVERFLOW),
  BF16_GRADIENT_LAYER(56, Format.BF16, Entries.GRADIENT, Loss.LAYER),
  INT8_SIGNAL_FLUSHED(57, Format.INT8, Entries.SIGNAL, Loss.FLUSHED),
  INT8_SIGNAL_OVERFLOW(58, Format.INT8, Entries.SIGNAL, Loss.OVERFLOW),
  INT8_SIGNAL_LAYER(59, Format.INT8, Entries.SIGNAL, Loss.LAYER);

  /** How numbers are written. */
  public enum Format {
    /** IEEE binary16. */
    FP16(
        "below FP16's smallest normal number",
        "that round to 0 in FP16",
        "beyond FP16's largest number"),
    /** bfloat16. */
    BF16(
        "below BF16's smallest normal number",
        "that round to 0 in BF16",
        "beyond BF16's largest number"),
    /** Signed 8-bit integers, in steps of max |h_1|/127: no theory has that largest entry. */
    INT8(
        "",
        "that round to 0 in steps of max |φ(z_1)|/127",
        "that saturate: above 127 or below −128 steps of max |φ(z_1)|/127");

    private final String subnormal;
    private final String flushed;
    private final String overflow;

    Format(String subnormal, String flushed, String overflow) {
      this.subnormal = subnormal;
      this.flushed = flushed;
      this.overflow = overflow;
    }
  }

  /** What is written so. */
  public enum Entries {
    SIGNAL("φ(z_l)"),
    GRADIENT("∂f/∂z_l");

    private final String symbol;

    Entries(String symbol) {
      this.symbol = symbol;
    }
  }

  /** What is lost. */
  public enum Loss {
    /** Below the smallest normal number, those that round to 0 included; integers have none. */
    SUBNORMAL("too small"),
    FLUSHED("rounded to 0"),
    OVERFLOW("too large"),
    /** The layer that the pass meets first with more than 1 % subnormal or overflowing. */
    LAYER("lost from layer");

    private final String label;

    Loss(String label) {
      this.label = label;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  FormatQuantity(int place, Format format, Entries entries, Loss loss) {
    boolean layer = loss == Loss.LAYER;
    facts =
        Facts.at(3, place, Probe.PRECISION, layer ? Domain.LAYER : Domain.SHARE)
            .named(
                format + " " + entries.name().toLowerCase(Locale.ROOT) + "s " + loss.label,
                layer ? "l" : "P(" + entries.symbol + " lost)",
                meaning(format, entries, loss))
            .keeps(layer ? Statistics.NONE : Statistics.MEAN)
            .has(layer || format == Format.INT8 ? Theory.NONE : Theory.SIZED)
            .looks(format == Format.FP16 && loss == Loss.SUBNORMAL ? Look.SHARE : Look.NONE)
            .worse(layer ? Worse.NEITHER : Worse.HIGHER);
  }

  /**
   * By what it is of.
   *
   * @throws IllegalArgumentException if that is not measured
   */
  public static FormatQuantity of(Format format, Entries entries, Loss loss) {
    return valueOf(format + "_" + entries + "_" + loss);
  }

  private static String meaning(Format format, Entries entries, Loss loss) {
    return switch (loss) {
      case SUBNORMAL -> share(entries, format.subnormal);
      case FLUSHED -> share(entries, format.flushed);
      case OVERFLOW -> share(entries, format.overflow);
      case LAYER ->
          (entries == Entries.SIGNAL ? "first l" : "largest l, the first from the top,")
              + " with more than 1 % of "
              + entries.symbol
              + (format == Format.INT8 ? " saturated" : " subnormal or overflowing")
              + "; null where there is none";
    };
  }

  private static String share(Entries entries, String lost) {
    return "share of a layer's non-zero "
        + entries.symbol
        + " "
        + lost
        + ", in the layer with most";
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
