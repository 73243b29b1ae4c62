package org.phasemap.cli.theory;

import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.theory.check.CheckCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code phasemap theory SUBCOMMAND …}. */
@Command(
    name = "theory",
    description = "Predicts by mean-field theory. Measures nothing.",
    footer = {"  phasemap theory critical --activation tanh,relu", "  phasemap theory list"},
    mixinStandardHelpOptions = true,
    subcommands = {
      MapsCommand.class,
      CriticalCommand.class,
      NtkCommand.class,
      JacobianCommand.class,
      DualCommand.class,
      FiniteWidthCommand.class,
      ArchitectureCommand.class,
      CheckCommand.class,
      ListCommand.class
    })
public final class TheoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.MISUSED;
  }
}
