package org.phasemap.spec;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.phasemap.network.Activation;
import org.phasemap.network.Activation.Kind;
import org.phasemap.spec.yaml.Choice;

/** What trains a network. */
public enum Engine {
  /** The product's own arithmetic. */
  KERNEL,
  /** Deeplearning4j's {@code MultiLayerNetwork}; it has no heavy ball and not all activations. */
  DEEPLEARNING4J;

  private static final Set<Kind> IN_DEEPLEARNING4J =
      EnumSet.of(
          Kind.LINEAR,
          Kind.RELU,
          Kind.LEAKY_RELU,
          Kind.PRELU,
          Kind.TANH,
          Kind.HARD_TANH,
          Kind.SILU,
          Kind.SOFTPLUS,
          Kind.ELU,
          Kind.SELU,
          Kind.MISH,
          Kind.SIGMOID,
          Kind.SOFTSIGN);

  /** The name that specs and tables use. */
  public String id() {
    return Choice.id(this);
  }

  boolean has(Activation activation) {
    return has(activation.kind());
  }

  private boolean has(Kind kind) {
    return this == KERNEL || IN_DEEPLEARNING4J.contains(kind);
  }

  boolean has(Optimiser optimiser) {
    return this == KERNEL || !(optimiser instanceof Optimiser.Momentum);
  }

  /** Names of the activations that it has. */
  List<String> activations() {
    return Arrays.stream(Kind.values()).filter(this::has).map(Choice::id).toList();
  }
}
