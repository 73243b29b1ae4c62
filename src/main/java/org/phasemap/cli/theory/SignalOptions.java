package org.phasemap.cli.theory;

import picocli.CommandLine.Option;

/** The options that say what goes in and how deep. */
final class SignalOptions {
  @Option(
      names = "--depth",
      required = true,
      paramLabel = "NUMBERS",
      description = "hidden layers L: a value, a list 1,2,4 or a range from:to:step")
  private String depth = "";

  @Option(names = "--q0", paramLabel = "NUMBERS", description = "|x|^2/n_0 of inputs (default: 1)")
  private String q0 = "1";

  @Option(
      names = "--c0",
      paramLabel = "NUMBERS",
      description = "correlation of two inputs (default: 0)")
  private String c0 = "0";

  OptionValues depth() {
    return OptionValues.parse("--depth", depth, Allowed.DEPTH);
  }

  OptionValues q0() {
    return OptionValues.parse("--q0", q0, Allowed.POSITIVE);
  }

  OptionValues c0() {
    return OptionValues.parse("--c0", c0, Allowed.CORRELATION);
  }
}
