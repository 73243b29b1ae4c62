package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.attention.AttentionLayer;

/** One attention layer. */
final class AttentionKeys {
  private static final Family ATTENTION =
      new Family("Attention", "Noci et al. 2022, arXiv 2206.03126; Laplace integrals derived");
  private static final Parameter TOKENS = Parameter.count("tokens", 1);
  private static final Parameter LOGIT_VARIANCE = Parameter.notNegative("logit_var");
  private static final Parameter RHO = Parameter.correlation("rho");
  private static final List<Parameter> PARAMETERS = List.of(TOKENS, LOGIT_VARIANCE, RHO);

  private AttentionKeys() {}

  static List<ArchitectureKey> keys() {
    List<ArchitectureKey> keys = new ArrayList<>();
    keys.add(
        new ArchitectureKey(
            "attention_entropy_tokens",
            ATTENTION,
            "E entropy of a softmax row: T logits of variance v(1 - rho), d_k -> inf",
            PARAMETERS,
            p ->
                AttentionLayer.entropy(
                    p.count(TOKENS), p.number(LOGIT_VARIANCE), p.number(RHO))));
    keys.add(layer("participation", "P2 = E sum_j A_ij^2", a -> a.row().squares()));
    keys.add(layer("overlap", "X2 = E sum_j A_ij A_kj, i != k", a -> a.pair().overlap()));
    keys.add(
        layer(
            "similarity",
            "cosine of tokens after the layer: (rho + (1-rho) X2)/(rho + (1-rho) P2)",
            AttentionLayer::similarity));
    keys.add(
        layer(
            "query_gradient",
            "E|dL/dW_Q|^2/(d d_v sigma_k^2 sigma_v^2 g^2), independent token gradients: T(1-rho)^2 C3",
            AttentionLayer::queryGradient));
    keys.add(
        layer(
            "query_gradient_coherent",
            "the same, one gradient for all tokens: (1-rho)^2 T(C3 + (T-1) rho X3)",
            AttentionLayer::coherentQueryGradient));
    keys.add(
        layer(
            "value_gradient",
            "E|dL/dW_V|^2/(d d_v g^2), independent token gradients: T(rho + (1-rho) P2)",
            AttentionLayer::valueGradient));
    return keys;
  }

  private static ArchitectureKey layer(
      String name, String meaning, ToDoubleFunction<AttentionLayer> value) {
    return new ArchitectureKey(
        "attention_" + name,
        ATTENTION,
        meaning,
        PARAMETERS,
        p ->
            value.applyAsDouble(
                AttentionLayer.of(
                    p.count(TOKENS), p.number(LOGIT_VARIANCE), p.number(RHO))));
  }
}
