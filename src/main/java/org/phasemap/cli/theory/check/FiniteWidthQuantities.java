package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.width.KernelFluctuation;
import org.phasemap.theory.width.LogNormLaw;
import org.phasemap.theory.width.NtkFluctuation;

/** Laws at finite width. */
final class FiniteWidthQuantities {
  private FiniteWidthQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("log_norm_mean_relu", q -> law(q, q.slope(), 2).mean(q.depth())),
        Map.entry("log_norm_variance_relu", q -> law(q, q.slope(), 2).variance(q.depth())),
        Map.entry("log_norm_mean_linear", q -> law(q, 1, 1).mean(q.depth())),
        Map.entry("log_norm_variance_linear", q -> law(q, 1, 1).variance(q.depth())),
        Map.entry(
            "norm_ratio_second_moment_relu",
            q -> law(q, q.slope(), 2).relativeSecondMoment(q.depth())),
        Map.entry(
            "norm_ratio_second_moment_linear", q -> law(q, 1, 1).relativeSecondMoment(q.depth())),
        Map.entry(
            "dead_layer_probability", q -> LogNormLaw.relu(width(q)).deadProbability(q.depth())),
        Map.entry("hanin_nica_factor", q -> NtkFluctuation.haninNicaFactor(width(q), q.depth())),
        Map.entry(
            "ntk_second_moment_ratio",
            q -> NtkFluctuation.reluSecondMomentRatio(width(q), q.depth())),
        Map.entry("masked_norm_variance", FiniteWidthQuantities::masked),
        Map.entry("kernel_variance_leading", FiniteWidthQuantities::kernelVariance));
  }

  private static int width(ReferenceQuery q) {
    return q.parameters().integer("width", "n");
  }

  private static LogNormLaw law(ReferenceQuery q, double slope, double gain) {
    double sigmaW2 =
        q.parameters().numberOr(gain / (gain == 2 ? 1 + slope * slope : 1), "sigma_w2");
    return new LogNormLaw(slope, width(q), sigmaW2);
  }

  private static double masked(ReferenceQuery q) {
    double keep = q.parameters().number("p");
    int width = width(q);
    Activation activation = q.activationWithSlope();
    GaussianMoments features = new GaussianMoments(activation, 1);
    double kurtosis = features.fourthMoment() / Math.pow(features.secondMoment(), 2);
    return KernelFluctuation.layerVariance(
        activation, width, KernelFluctuation.maskedKurtosis(0, keep), kurtosis / width);
  }

  private static double kernelVariance(ReferenceQuery q) {
    int depth = q.depth();
    double q0 = q.parameters().numberOr(1, "q0");
    return KernelFluctuation.relativeVariance(q.law(), q0, depth)[depth - 1];
  }
}
