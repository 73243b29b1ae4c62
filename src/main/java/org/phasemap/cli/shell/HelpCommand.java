package org.phasemap.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    description = "Says what a command does, as --help behind it does.",
    footer = {"  phasemap help sweep", "  phasemap help theory maps"},
    mixinStandardHelpOptions = true)
public final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "a command, such as sweep or theory maps (default: all)")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      CommandLine found = command.getSubcommands().get(name);
      if (found == null) {
        throw CommandNames.unknown(name, command);
      }
      command = found;
    }
    command.usage(command.getOut());
    return ExitCode.DONE;
  }
}
