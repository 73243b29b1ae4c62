package org.phasemap.cli.theory;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.theory.limit.LayerLaw;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a layer's law. */
final class LawOptions {
  @Mixin private ActivationOption activations = new ActivationOption();

  @Option(
      names = "--sigma-w2",
      required = true,
      paramLabel = "NUMBERS",
      description = "weight variance times fan-in: a value, a list 1,2,4 or a range from:to:step")
  private String sigmaW2 = "";

  @Option(names = "--sigma-b2", paramLabel = "NUMBERS", description = "bias variance (default: 0)")
  private String sigmaB2 = "0";

  @Option(
      names = "--keep-probability",
      paramLabel = "NUMBERS",
      description = "share of weights that a random mask keeps (default: 1)")
  private String keepProbability = "1";

  List<Activation> activations() {
    return activations.values();
  }

  OptionValues sigmaW2() {
    return OptionValues.parse("--sigma-w2", sigmaW2, Allowed.NOT_NEGATIVE);
  }

  OptionValues sigmaB2() {
    return OptionValues.parse("--sigma-b2", sigmaB2, Allowed.NOT_NEGATIVE);
  }

  OptionValues keepProbability() {
    return OptionValues.parse("--keep-probability", keepProbability, Allowed.SHARE);
  }

  /** The law of a point of these axes, the mask's effect on σ_w² included. */
  static LayerLaw law(Grid.Point point) {
    return new LayerLaw(
        point.activation(),
        point.number("sigma_w2") * point.number("keep_probability"),
        point.number("sigma_b2"));
  }
}
