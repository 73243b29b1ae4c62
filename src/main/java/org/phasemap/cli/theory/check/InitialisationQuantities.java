package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ActivationName;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.Activation;
import org.phasemap.network.Fans;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.weights.WeightNormalisation;
import org.phasemap.theory.architecture.weights.WeightScales;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;
import org.phasemap.theory.limit.PhasePoint;

/** Weight scales of the schemes and libraries. */
final class InitialisationQuantities {
  /** VGG-B between conv10 and conv2: filters of the layers that a gradient passes. */
  private static final int[] VGG_B = {64, 128, 128, 256, 256, 512, 512, 512, 512};

  private InitialisationQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("weight_std_he", q -> he(q, dense(q))),
        Map.entry(
            "weight_std_xavier_fan_in",
            q -> InitScheme.LECUN_NORMAL.standardDeviation(Activations.RELU, dense(q))),
        Map.entry(
            "weight_std_glorot",
            q -> InitScheme.XAVIER_NORMAL.standardDeviation(Activations.RELU, dense(q))),
        Map.entry("he_uniform_bound", q -> Math.sqrt(3) * he(q, dense(q))),
        Map.entry("weight_variance_prelu", q -> Math.pow(he(q, dense(q)), 2)),
        Map.entry("weight_std_he_taps", q -> he(q, taps(q))),
        Map.entry("torch_gain", q -> WeightScales.torchGain(q.activationWithSlope())),
        Map.entry("torch_linear_default_sigma_w2", InitialisationQuantities::torchSigmaW2),
        Map.entry("torch_linear_default_chi_1", InitialisationQuantities::torchChi1),
        Map.entry(
            "truncated_normal_std",
            q -> WeightScales.truncatedNormalStd(q.parameters().number("trunc", "t"))),
        Map.entry("weight_norm_gain", InitialisationQuantities::weightNormGain),
        Map.entry(
            "he2015_vgg_shrink",
            q -> WeightScales.reluGradientShrink(q.parameters().number("sigma"), 3, VGG_B)),
        Map.entry("xavier_over_he_variance", q -> Math.pow(1 / q.heGain2(), q.depth())),
        Map.entry(
            "norm_growth_sigma_multiplier",
            q -> Math.pow(q.parameters().number("sigma_mult", "m"), 2.0 * q.depth())));
  }

  private static double he(ReferenceQuery q, Fans fans) {
    return InitScheme.HE_NORMAL.standardDeviation(Activations.leakyRelu(q.slope()), fans);
  }

  private static double torchSigmaW2(ReferenceQuery q) {
    double fanIn = q.parameters().numberOr(1, "fan_in", "n");
    return InitScheme.TORCH_DEFAULT.gain2(Activations.RELU, new Fans(fanIn, fanIn));
  }

  private static Fans dense(ReferenceQuery q) {
    double fanIn = q.parameters().number("fan_in", "n");
    return new Fans(fanIn, q.parameters().numberOr(fanIn, "fan_out"));
  }

  private static Fans taps(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    int kernel = p.integerOr(1, "k");
    int channels = p.integer("c_in", "channels");
    return switch (q.arch()) {
      case "depthwise" -> Fans.convolution(kernel, channels, channels, channels);
      case "transposed" ->
          Fans.transposedConvolution(kernel, channels, channels, p.integerOr(1, "stride"));
      default ->
          Fans.convolution(
              kernel, channels, p.integerOr(channels, "c_out"), p.integerOr(1, "groups"));
    };
  }

  private static double torchChi1(ReferenceQuery q) {
    double sigmaW2 = q.parameters().numberOr(torchSigmaW2(q), "sigma_w2");
    Activation activation = q.activationWithSlope();
    LayerLaw law = new LayerLaw(activation, sigmaW2, q.sigmaB2());
    return activation.isHomogeneous()
        ? LayerStatistics.of(law, 1).chi1()
        : PhasePoint.of(law).chi1();
  }

  private static double weightNormGain(ReferenceQuery q) {
    if (q.parameters().has("a")) {
      return WeightNormalisation.gain(q.activationWithSlope());
    }
    for (String flag : q.parameters().flags()) {
      return WeightNormalisation.gain(ActivationName.parse(flag));
    }
    return WeightNormalisation.gain(q.activation());
  }
}
