package org.phasemap.cli.shell;

import java.util.Collection;
import org.phasemap.network.PlainText;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Wording;
import picocli.CommandLine;

/** The names of commands, and what somebody may have meant by another. */
public final class CommandNames {
  private CommandNames() {}

  /** Says that a command has no subcommand of a name, and which it has. */
  public static UserException unknown(String name, CommandLine command) {
    Collection<String> names = command.getSubcommands().keySet();
    String meant =
        Wording.closest(name, names).map(close -> "; did you mean " + close + "?").orElse(";");
    return new UserException(
        String.format(
            "COMMAND: %s is not allowed%s allowed: %s",
            PlainText.of(name), meant, String.join(", ", names)));
  }
}
