package org.phasemap.cli.theory;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.phasemap.network.Activation;
import org.phasemap.theory.ReferenceQuantities;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = "Says what there is: subcommands, activations, and the keys that 'check' covers.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("subcommands");
    CommandSpec parent = spec.parent();
    if (parent != null) {
      for (Map.Entry<String, CommandLine> entry : parent.subcommands().entrySet()) {
        String[] description = entry.getValue().getCommandSpec().usageMessage().description();
        out.printf("  %-14s %s%n", entry.getKey(), String.join(" ", description));
      }
    }
    out.println();
    out.println("activations");
    Activation.names().forEach(name -> out.println("  " + name));
    out.println();
    out.println("keys of 'theory check'");
    ReferenceQuantities.keys().forEach(key -> out.println("  " + key));
    out.flush();
    return 0;
  }
}
