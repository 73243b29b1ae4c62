package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.UserException;
import org.phasemap.theory.CriticalPoint;
import org.phasemap.theory.EdgeOfChaos;
import org.phasemap.theory.LayerLaw;
import picocli.CommandLine.Option;

/** The laws that a command is about: every combination of what its options list. */
final class LawOptions {
  static final String CRITICAL = "critical";

  @Option(
      names = "--activation",
      required = true,
      paramLabel = "NAME[,NAME…]",
      description = "Activations, such as tanh,gelu,leaky_relu(0.2).")
  private String activation = "";

  @Option(
      names = "--sigma-w2",
      required = true,
      paramLabel = "NUMBERS",
      description =
          "σ_w², weight variance × fan-in: a value, a list 1,2,4, a range from:to:step, or"
              + " 'critical' for the edge of chaos with the smallest q*.")
  private String sigmaW2 = "";

  @Option(
      names = "--sigma-b2",
      paramLabel = "NUMBERS",
      description = "σ_b², bias variance (default: ${DEFAULT-VALUE}).")
  private String sigmaB2 = "0";

  @Option(
      names = "--keep-probability",
      paramLabel = "NUMBERS",
      description = "p, share of weights kept by a mask (default: ${DEFAULT-VALUE}).")
  private String keepProbability = "1";

  /** One combination; the law's σ_w² is the effective p σ_w². */
  record Choice(LayerLaw law, double sigmaW2, double keepProbability) {}

  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    List<Double> biases = Numbers.within("--sigma-b2", sigmaB2, 0, Double.POSITIVE_INFINITY);
    List<Double> keeps = keeps("--keep-probability", keepProbability);
    for (Activation f : activations("--activation", activation)) {
      for (double b : biases) {
        for (double p : keeps) {
          for (double w : weights(f, b, p)) {
            choices.add(new Choice(new LayerLaw(f, p * w, b), w, p));
          }
        }
      }
    }
    return choices;
  }

  private List<Double> weights(Activation f, double b, double p) {
    if (!sigmaW2.strip().equals(CRITICAL)) {
      return Numbers.within("--sigma-w2", sigmaW2, 0, Double.POSITIVE_INFINITY);
    }
    List<CriticalPoint> points = EdgeOfChaos.points(f, b);
    if (points.isEmpty()) {
      throw new UserException(
          "--sigma-w2: " + f + " has no critical point at sigma_b2 = " + Numbers.plain(b));
    }
    return List.of(points.get(0).sigmaW2() / p);
  }

  static List<Double> keeps(String option, String text) {
    List<Double> keeps = Numbers.parse(option, text);
    for (double p : keeps) {
      if (!(p > 0 && p <= 1)) {
        throw new UserException(option + ": " + Numbers.plain(p) + " must be in (0, 1]");
      }
    }
    return keeps;
  }

  static List<Activation> activations(String option, String text) {
    List<Activation> activations = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      try {
        activations.add(Activation.parse(name.strip()));
      } catch (IllegalArgumentException e) {
        throw new UserException(option + ": " + e.getMessage(), e);
      }
    }
    return activations;
  }
}
