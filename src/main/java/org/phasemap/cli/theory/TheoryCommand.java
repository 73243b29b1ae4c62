package org.phasemap.cli.theory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code phasemap theory …}. */
@Command(
    name = "theory",
    description = "Predictions and critical points as a table, CSV or JSON; no sweep needed.",
    mixinStandardHelpOptions = true,
    subcommands = {
      MapsCommand.class,
      CriticalCommand.class,
      NtkCommand.class,
      JacobianCommand.class,
      DualCommand.class,
      FiniteWidthCommand.class,
      ListCommand.class,
      CheckCommand.class
    })
public final class TheoryCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "theory needs a subcommand; 'theory list' says what there is");
  }
}
