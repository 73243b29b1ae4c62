package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.UserException;
import org.phasemap.network.activation.Activations;
import org.phasemap.spec.yaml.Wording;
import picocli.CommandLine.Option;

/** The option {@code --activation}. */
final class ActivationOption {
  @Option(
      names = "--activation",
      required = true,
      paramLabel = "NAMES",
      description = "such as tanh or gelu,leaky_relu(0.2)")
  private String names = "";

  /** What {@code gelu,leaky_relu(0.2)} names, in order. */
  List<Activation> values() {
    List<Activation> activations = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      if (Activations.names().stream().noneMatch(known -> family(known).equals(family(name)))) {
        throw Wording.refused("--activation", name, Activations.names());
      }
      try {
        activations.add(Activations.parse(name));
      } catch (IllegalArgumentException e) {
        throw new UserException("--activation: " + e.getMessage(), e);
      }
    }
    return activations;
  }

  /** leaky_relu of leaky_relu(0.2). */
  private static String family(String name) {
    return name.replaceFirst("\\(.*", "");
  }
}
