package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.attention.AttentionScores;
import org.phasemap.theory.architecture.attention.SoftmaxRow;
import org.phasemap.theory.architecture.convolution.ConvolutionPadding;
import org.phasemap.theory.architecture.convolution.Padding;
import org.phasemap.theory.architecture.norm.BatchNormGrowth;
import org.phasemap.theory.architecture.pinn.PinnDerivatives;
import org.phasemap.theory.architecture.skip.DenseBlock;
import org.phasemap.theory.architecture.skip.ResidualGrowth;

/** Architectures beyond the plain network. */
final class ArchitectureQuantities {
  private ArchitectureQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("batch_norm_gradient_growth", ArchitectureQuantities::batchNorm),
        Map.entry(
            "batch_norm_gradient_growth_linear",
            q -> BatchNormGrowth.linear(q.parameters().integer("B"))),
        Map.entry("residual_norm_growth", q -> residual(q, 1)),
        Map.entry("residual_norm_growth_scaled", q -> residual(q, 1 / Math.sqrt(q.depth()))),
        Map.entry(
            "residual_norm_growth_bn",
            q -> ResidualGrowth.batchNormed(q.depth(), q.parameters().numberOr(1, "gamma"))),
        Map.entry("residual_zero_gamma", ArchitectureQuantities::zeroGamma),
        Map.entry(
            "dense_block_second_moment",
            q ->
                new DenseBlock(1, 1)
                    .secondMoment(q.parameters().number("sigma_w2"), q.slope(), q.depth())),
        Map.entry("conv_padding_rate", ArchitectureQuantities::convolutionRate),
        Map.entry("conv_padding_mean_variance", ArchitectureQuantities::convolutionMean),
        Map.entry("attention_logit_variance", ArchitectureQuantities::logitVariance),
        Map.entry(
            "attention_entropy",
            q ->
                SoftmaxRow.of(q.parameters().integer("T"), q.parameters().number("logit_var", "v"))
                    .entropy()),
        Map.entry("pinn_relu_second_derivative", q -> 0.0),
        Map.entry("pinn_first_derivative_variance", q -> pinn(q).dd()),
        Map.entry("pinn_second_derivative_variance", q -> pinn(q).ss()));
  }

  /** The same for any number of blocks. */
  private static double zeroGamma(ReferenceQuery q) {
    q.parameters().text("blocks");
    double gamma = q.parameters().numberOr(0, "gamma");
    OutsideDomainException.unless(gamma == 0, "gamma=" + gamma + "; allowed: 0");
    return ResidualGrowth.batchNormed(1, 0);
  }

  private static double batchNorm(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    String skip = p.text("skip").orElse("none");
    OutsideDomainException.unless(skip.equals("none"), "skip=" + skip + "; allowed: none");
    if (p.has("B")) {
      return BatchNormGrowth.finiteBatch(q.activationWithSlope(), 1, p.integer("B"));
    }
    return BatchNormGrowth.infiniteBatch(
        q.activationWithSlope(), p.numberOr(1, "gamma"), p.numberOr(0, "beta"));
  }

  private static double residual(ReferenceQuery q, double multiplier) {
    double branch =
        q.parameters().expressionOr(multiplier, "branch", Map.of("L", (double) q.depth()));
    return ResidualGrowth.plain(q.depth(), branch, q.parameters().numberOr(1, "branch_gain"));
  }

  private static Padding padding(ReferenceQuery q) {
    String text = q.parameters().text("padding").orElse("zero");
    return switch (text) {
      case "zero" -> Padding.ZERO;
      case "circular" -> Padding.CIRCULAR;
      case "reflect" -> Padding.REFLECT;
      default -> throw new IllegalArgumentException("no such padding: " + text);
    };
  }

  private static double convolutionRate(ReferenceQuery q) {
    Padding padding = padding(q);
    int height = q.parameters().integerOr(1, "H");
    return ConvolutionPadding.asymptoticRate(
        height, q.parameters().integerOr(height, "W"), q.parameters().integerOr(3, "k"), padding);
  }

  private static double convolutionMean(ReferenceQuery q) {
    int height = q.parameters().integer("H");
    return ConvolutionPadding.meanVariance(
        height,
        q.parameters().integerOr(height, "W"),
        q.parameters().integerOr(3, "k"),
        q.depth(),
        padding(q));
  }

  private static double logitVariance(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    double query = p.number("sigma_w2_q", "sigma_w2");
    double key = p.number("sigma_w2_k", "sigma_w2");
    int components = p.integerOr(1, "d_k");
    return switch (p.text("scaled").orElse("yes")) {
      case "yes" -> AttentionScores.scaledLogitVariance(query, key);
      case "no" -> AttentionScores.plainLogitVariance(query, key, components);
      default ->
          throw new OutsideDomainException(
              "scaled=" + p.text("scaled").orElse("") + "; allowed: yes, no");
    };
  }

  /** From a stationary input kernel; by default an RBF's, p = q and s = 3p²/q. */
  private static PinnDerivatives pinn(ReferenceQuery q) {
    double start = q.parameters().has("q0") ? q.parameters().number("q0") : q.fixedPoint();
    Map<String, Double> symbols = Map.of("q*", start);
    double p = q.parameters().expressionOr(start, "p0", symbols);
    double s = q.parameters().expressionOr(3 * p * p / start, "s0", symbols);
    return PinnDerivatives.stationary(start, p, s).propagate(q.law(), q.depth());
  }
}
