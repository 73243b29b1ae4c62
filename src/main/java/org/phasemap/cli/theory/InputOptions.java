package org.phasemap.cli.theory;

import org.phasemap.network.UserException;
import picocli.CommandLine.Option;

/** The options that say how many inputs a kernel is over, and of what dimension. */
final class InputOptions {
  @Option(
      names = "--inputs",
      paramLabel = "NUMBERS",
      description = "number of inputs m (default: 2)")
  private String inputs = "2";

  @Option(
      names = "--input-dimension",
      paramLabel = "NUMBERS",
      description = "n_0, for the NTK in standard parameterisation (default: 1000)")
  private String dimension = "1000";

  /** The axis {@code --inputs}: m inputs cannot all be correlated below −1/(m − 1). */
  OptionValues count(OptionValues correlations) {
    OptionValues count = OptionValues.parse("--inputs", inputs, Allowed.COUNT);
    double most = count.values().stream().mapToDouble(m -> m).max().orElseThrow();
    double least = most > 1 ? -1 / (most - 1) : -1;
    for (double c : correlations.values()) {
      if (c < least) {
        throw new UserException(
            String.format(
                "--c0: %s is not allowed with --inputs %.0f; allowed: numbers from %s to 1",
                TidyNumber.of(c), most, TidyNumber.of(least)));
      }
    }
    return count;
  }

  OptionValues dimension() {
    return OptionValues.parse("--input-dimension", dimension, Allowed.COUNT);
  }
}
