package org.phasemap.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.phasemap.cli.shell.CommandNames;
import org.phasemap.network.PlainText;
import org.phasemap.spec.yaml.Wording;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in the words of all other messages: what, and what is allowed.
 */
final class Misuse {
  private final ParameterException exception;
  private final List<String> typed;
  private final CommandSpec command;

  private Misuse(ParameterException exception, List<String> typed) {
    this.exception = exception;
    this.typed = typed;
    this.command = exception.getCommandLine().getCommandSpec();
  }

  /** The lines to print about what picocli did not understand. */
  static List<String> explain(ParameterException e, String... typed) {
    Misuse misuse = new Misuse(e, Arrays.asList(typed));
    if (e instanceof UnmatchedArgumentException unmatched && misuse.isCommand(unmatched)) {
      String name = unmatched.getUnmatched().get(0);
      String message = CommandNames.unknown(name, e.getCommandLine()).getMessage();
      return List.of("phasemap: " + message);
    }
    return List.of(
        "phasemap: " + PlainText.of(misuse.message()),
        "Try '" + misuse.command.qualifiedName() + " --help'.");
  }

  /** A message about an option, which names it as the user did, where it has several names. */
  static String asTyped(String message, CommandSpec command, List<String> typed) {
    int colon = message.indexOf(':');
    OptionSpec option = colon < 0 ? null : command.findOption(message.substring(0, colon));
    return Optional.ofNullable(option)
        .flatMap(known -> typedName(known, typed))
        .map(name -> name + message.substring(colon))
        .orElse(message);
  }

  /** Whether what was not understood stands where a command should. */
  private boolean isCommand(UnmatchedArgumentException e) {
    return !command.subcommands().isEmpty() && !e.isUnknownOption();
  }

  private String message() {
    if (exception instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return unmatched.isUnknownOption() ? unknownOption(first) : tooMany(first);
    }
    if (exception instanceof MissingParameterException missing) {
      return missing(missing.getMissing());
    }
    if (exception instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + ": is given several times; allowed: once";
    }
    ArgSpec argument = exception.getArgSpec();
    if (argument != null && exception.getValue() != null) {
      return said(Wording.refused(name(argument), exception.getValue(), allowed(argument)));
    }
    return said(exception);
  }

  private static String said(Exception exception) {
    return String.valueOf(exception.getMessage());
  }

  private String unknownOption(String text) {
    String name = text.replaceFirst("=.*", "");
    List<String> names =
        command.options().stream()
            .map(OptionSpec::longestName)
            .filter(option -> name.startsWith("--"))
            .sorted()
            .toList();
    return names.isEmpty()
        ? "option: " + name + " is not allowed; allowed: those of --help"
        : said(Wording.refused("option", name, names));
  }

  private String tooMany(String text) {
    String labels =
        command.positionalParameters().stream()
            .map(ArgSpec::paramLabel)
            .collect(Collectors.joining(" "));
    return String.format(
        "argument: %s is one too many; allowed: %s", text, labels.isEmpty() ? "none" : labels);
  }

  /** Of options that go together, picocli names all, also those that are there. */
  private String missing(List<ArgSpec> arguments) {
    if (arguments.size() == 1 && typedName(arguments.get(0), typed).isPresent()) {
      String option = name(arguments.get(0));
      return option + ": has no value; allowed: " + option + "=" + arguments.get(0).paramLabel();
    }
    List<String> absent =
        arguments.stream()
            .filter(argument -> argument.required() && typedName(argument, typed).isEmpty())
            .map(this::name)
            .toList();
    return String.join(", ", absent) + (absent.size() == 1 ? ": is missing" : ": are missing");
  }

  /** As the user knows it: the name that was typed, where an option has several. */
  private String name(ArgSpec argument) {
    return typedName(argument, typed)
        .orElse(
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel());
  }

  private static Optional<String> typedName(ArgSpec argument, List<String> typed) {
    return argument instanceof OptionSpec option
        ? Stream.of(option.names())
            .filter(
                name -> typed.stream().anyMatch(t -> t.equals(name) || t.startsWith(name + "=")))
            .findFirst()
        : Optional.empty();
  }

  /** The values that a type has. */
  private static List<String> allowed(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    Object[] constants = type.getEnumConstants();
    if (constants != null) {
      return Arrays.stream(constants).map(c -> c.toString().toLowerCase(Locale.ROOT)).toList();
    }
    boolean isWhole =
        Stream.of(int.class, Integer.class, long.class, Long.class).anyMatch(type::equals);
    return List.of(isWhole ? "a whole number" : "a number");
  }
}
