package org.phasemap.spec;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.spec.yaml.Choice;

/** What trains a network. */
public enum Engine {
  /** The product's own arithmetic. */
  KERNEL,
  /** Deeplearning4j's networks; it has no heavy ball and not all activations. */
  DEEPLEARNING4J;

  /** The name that specs and tables use. */
  public String id() {
    return Choice.id(this);
  }

  public boolean has(Activation activation) {
    return this == KERNEL || activation.inDeeplearning4j().isPresent();
  }

  public boolean has(Optimiser optimiser) {
    return this == KERNEL || !(optimiser instanceof Optimiser.Momentum);
  }

  /** Names of the activations that it has. */
  public List<String> activations() {
    return Activations.all().stream().filter(this::has).map(Activation::family).toList();
  }
}
