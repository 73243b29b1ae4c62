package org.phasemap.cli.shell;

import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Wording;
import picocli.CommandLine;

/** The names of commands, and what somebody may have meant by another. */
public final class CommandNames {
  private CommandNames() {}

  /** Says that a command has no subcommand of a name, and which it has. */
  public static UserException unknown(String name, CommandLine command) {
    return Wording.refused("COMMAND", name, command.getSubcommands().keySet());
  }
}
