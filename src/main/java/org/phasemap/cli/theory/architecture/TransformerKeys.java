package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.attention.TransformerLaw;
import org.phasemap.theory.architecture.attention.TransformerLaw.Norm;
import org.phasemap.theory.architecture.attention.TransformerStream;

/** Transformers. */
final class TransformerKeys {
  private static final Family STREAM =
      new Family("Transformers", "derived; cf. Noci et al. 2022, Cowsik et al. 2024");

  private static final Parameter NORM = Parameter.choice("norm", "pre", "post", "none");
  private static final Parameter POST = Parameter.choice("norm", "post").or("post");
  private static final Parameter TOKENS = Parameter.count("tokens", 1);
  private static final Parameter LOGIT_FACTOR = Parameter.notNegative("logit_factor");
  private static final Parameter RHO0 = Parameter.correlation("rho0");
  private static final Parameter SIGMA_OV2 = Parameter.notNegative("sigma_ov2");
  private static final Parameter ETA = Parameter.correlation("eta");
  private static final Parameter ATTENTION_SCALE2 = Parameter.notNegative("scale2_attention");
  private static final Parameter FEED_FORWARD_SCALE2 = Parameter.notNegative("scale2_ff");
  private static final List<Parameter> FEED_FORWARD =
      List.of(Laws.ACTIVATION, Laws.SIGMA_W2_FIRST, Laws.SIGMA_W2_SECOND);
  private static final int SOME = 2;

  private TransformerKeys() {}

  static List<ArchitectureKey> keys() {
    return List.of(
        new ArchitectureKey(
            "transformer_second_moment",
            STREAM,
            "E x^2 per coordinate after the blocks, from 1; heads, d, d_k -> inf",
            parameters(),
            p -> stream(p).secondMoment()),
        new ArchitectureKey(
            "transformer_similarity",
            STREAM,
            "cosine of tokens after the blocks",
            parameters(),
            p -> stream(p).similarity()),
        new ArchitectureKey(
            "transformer_ln_gradient_gain",
            STREAM,
            "ln of a token's gradient^2 at the input over the top; eta their cosine at the top",
            parameters(ETA),
            p -> stream(p).lnGradientGain(p.number(ETA))),
        new ArchitectureKey(
            "transformer_angle_exponent",
            STREAM,
            "ln of the factor of 1 - rho per post-norm block at rho = 1: ln[(1 + s_f^2 sw2_2 sw2_1"
                + " D)/((1 + s_f^2 sw2_2 V)(1 + s_a^2 s_ov2))]",
            with(FEED_FORWARD, POST, ATTENTION_SCALE2, FEED_FORWARD_SCALE2, SIGMA_OV2),
            p ->
                law(p, POST, SOME, 0, p.number(SIGMA_OV2), p.number(ATTENTION_SCALE2))
                    .angleExponent()),
        new ArchitectureKey(
            "transformer_gradient_exponent",
            STREAM,
            "ln of the growth per post-norm block of a gradient common to all tokens, rho = 1",
            with(FEED_FORWARD, POST, FEED_FORWARD_SCALE2),
            p -> law(p, POST, SOME, 0, 0, 0).gradientExponent()));
  }

  private static List<Parameter> parameters(Parameter... own) {
    List<Parameter> all =
        new ArrayList<>(
            List.of(NORM, TOKENS, LOGIT_FACTOR, RHO0, Laws.BLOCKS, Laws.SCALE2, SIGMA_OV2));
    all.addAll(FEED_FORWARD);
    return with(all, own);
  }

  private static List<Parameter> with(List<Parameter> some, Parameter... own) {
    List<Parameter> all = new ArrayList<>(some);
    all.addAll(Arrays.asList(own));
    return List.copyOf(all);
  }

  private static TransformerLaw law(
      KeyParameters p,
      Parameter norm,
      int tokens,
      double logitFactor,
      double valueFactor,
      double attentionScale2) {
    return new TransformerLaw(
        p.constant(norm, Norm.class),
        tokens,
        logitFactor,
        valueFactor,
        p.activation(Laws.ACTIVATION),
        p.number(Laws.SIGMA_W2_FIRST),
        p.number(Laws.SIGMA_W2_SECOND),
        attentionScale2,
        p.number(FEED_FORWARD_SCALE2));
  }

  private static TransformerStream stream(KeyParameters p) {
    double scale2 = p.number(Laws.SCALE2);
    TransformerLaw law =
        new TransformerLaw(
            p.constant(NORM, Norm.class),
            p.count(TOKENS),
            p.number(LOGIT_FACTOR),
            p.number(SIGMA_OV2),
            p.activation(Laws.ACTIVATION),
            p.number(Laws.SIGMA_W2_FIRST),
            p.number(Laws.SIGMA_W2_SECOND),
            scale2,
            scale2);
    return new TransformerStream(law, p.number(RHO0)).through(p.count(Laws.BLOCKS));
  }
}
