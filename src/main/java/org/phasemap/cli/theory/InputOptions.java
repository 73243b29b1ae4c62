package org.phasemap.cli.theory;

import java.util.List;
import picocli.CommandLine.Option;

/** Depth and the pair of inputs. */
final class InputOptions {
  @Option(
      names = "--depth",
      paramLabel = "NUMBERS",
      description = "L, number of hidden layers (default: ${DEFAULT-VALUE}).")
  private String depth = "50";

  @Option(
      names = "--q0",
      paramLabel = "NUMBERS",
      description = "|x|²/n₀ of the inputs (default: ${DEFAULT-VALUE}).")
  private String q0 = "1";

  @Option(
      names = "--c0",
      paramLabel = "NUMBERS",
      description = "Correlation of two inputs, in [-1, 1] (default: ${DEFAULT-VALUE}).")
  private String c0 = "0.5";

  List<Integer> depths() {
    return Numbers.wholes("--depth", depth, 1);
  }

  List<Double> norms() {
    return Numbers.within("--q0", q0, 0, Double.POSITIVE_INFINITY);
  }

  List<Double> correlations() {
    return Numbers.within("--c0", c0, -1, 1);
  }
}
