package org.phasemap.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for fish, which picocli does not write: a line for each command and option. */
final class FishCompletion {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  /** Those of a command line. */
  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion(root.getCommandName());
    completion.add(root, List.of());
    return String.join("\n", completion.lines) + "\n";
  }

  /**
   * Adds a command.
   *
   * @param path the commands that lead to it
   */
  private void add(CommandLine command, List<String> path) {
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      List<String> further = new ArrayList<>(path);
      further.add(below.getKey());
      line(
          condition(path, command.getSubcommands().keySet()),
          " -f -a " + below.getKey(),
          first(below.getValue().getCommandSpec().usageMessage().description()));
      for (OptionSpec option : below.getValue().getCommandSpec().options()) {
        line(condition(further, List.of()), names(option), first(option.description()));
      }
      add(below.getValue(), further);
    }
  }

  private static String condition(List<String> path, Iterable<String> notYet) {
    List<String> all = new ArrayList<>();
    path.forEach(name -> all.add("__fish_seen_subcommand_from " + name));
    String none = String.join(" ", notYet);
    if (!none.isEmpty()) {
      all.add(path.isEmpty() ? "__fish_use_subcommand" : "not __fish_seen_subcommand_from " + none);
    }
    return String.join("; and ", all);
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    return names + (option.arity().max() > 0 ? " -r" : "");
  }

  private static String first(String[] description) {
    return description.length == 0 ? "" : description[0];
  }

  private void line(String condition, String what, String description) {
    lines.add(
        "complete -c %s -n '%s'%s -d '%s'"
            .formatted(
                program, condition, what, description.replace("\\", "\\\\").replace("'", "\\'")));
  }
}
