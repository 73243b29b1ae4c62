package org.phasemap.cli.theory;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.phasemap.network.UserException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where and how a table is printed. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: ${DEFAULT-VALUE}).")
  private String format = "table";

  /** Fails now rather than after the work. */
  Format format() {
    return Arrays.stream(Format.values())
        .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(format))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--format: '"
                        + format
                        + "'; allowed: "
                        + Arrays.stream(Format.values())
                            .map(f -> f.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  void print(Table table) {
    format().print(table, out());
    out().flush();
  }
}
