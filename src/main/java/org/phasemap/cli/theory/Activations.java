package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.UserException;

/** The option {@code --activation}. */
final class Activations {
  private Activations() {}

  /** Reads {@code gelu,leaky_relu(0.2)}. */
  static List<Activation> parse(String text) {
    List<Activation> activations = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      try {
        activations.add(Activation.parse(name));
      } catch (IllegalArgumentException e) {
        throw new UserException("--activation: " + e.getMessage(), e);
      }
    }
    return activations;
  }
}
