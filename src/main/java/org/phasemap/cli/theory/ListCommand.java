package org.phasemap.cli.theory;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.theory.check.ReferenceQuantities;
import org.phasemap.network.activation.Activations;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = "Lists the subcommands, the activations and every key that check knows.",
    footer = "  phasemap theory list",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintStream out = System.out;
    out.println("subcommands");
    for (Map.Entry<String, CommandLine> entry : spec.parent().subcommands().entrySet()) {
      String[] description = entry.getValue().getCommandSpec().usageMessage().description();
      out.printf("  %-14s%s%n", entry.getKey(), description[0]);
    }
    out.println("activations");
    Activations.names().forEach(name -> out.println("  " + name));
    out.println("keys");
    ReferenceQuantities.keys().forEach(key -> out.println("  " + key));
    return ExitCode.DONE;
  }
}
