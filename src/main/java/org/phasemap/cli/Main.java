package org.phasemap.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.Stdout;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code phasemap COMMAND …}. */
@Command(
    name = "phasemap",
    description = {
      "Maps where neural networks can be trained.",
      "",
      "A spec is a YAML file that asks for a grid of configurations. A cell is one of these: one"
          + " depth, width, activation, scale of the weights and so on. Replicates of a cell are"
          + " random networks that differ in their random numbers alone. z is the distance between"
          + " what was measured and what theory expects, in standard errors. A sweep measures"
          + " replicates in batches, called units, and commits what about a minute has brought, a"
          + " wave, to its results folder at once.",
      ""
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but cells failed, or a check found a fault or a regression",
      "2:a mistake in what you asked for or in your environment; one message says where, and what"
          + " is allowed",
      "3:stopped before the end, and the same command goes on; or two sweeps that cannot be"
          + " compared",
      "4:our mistake"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int code;
    Stdout stdout = Stdout.install();
    try {
      OpenFiles.check();
      code = run(args);
    } catch (Throwable e) { // A JVM that it ended would say that cells failed.
      code = Failure.explain(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
    System.out.flush();
    System.exit(stdout.failure().map(Main::unprinted).orElse(code));
  }

  private static int unprinted(String cause) {
    System.err.printf(
        "phasemap: stdout: cannot be written (%s); allowed: a file with space, or a pipe%n", cause);
    return ExitCode.MISUSED;
  }

  /** Runs a command line in this JVM and gives its exit code. */
  public static int run(String... args) {
    Locale.setDefault(Locale.ROOT); // What is printed is English, its numbers too.
    CommandLine line = Commands.of(new Main(), args);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false); // Nobody expects a file's lines where @NAME stands.
    line.registerConverter(Double.class, DecimalText::number);
    line.registerConverter(Integer.class, DecimalText::whole);
    line.registerConverter(int.class, DecimalText::whole);
    line.registerConverter(Long.class, text -> (long) DecimalText.whole(text));
    line.registerConverter(long.class, text -> (long) DecimalText.whole(text));
    line.setParameterExceptionHandler(Main::explain);
    line.setExecutionExceptionHandler((e, command, parsed) -> Failure.explain(e, command.getErr()));
    try {
      checkNames(args);
      return line.execute(args);
    } catch (Error | UserException e) { // Not caught by picocli, or before it.
      return Failure.explain(e, line.getErr());
    }
  }

  private static int explain(ParameterException e, String[] args) {
    Misuse.explain(e, args).forEach(e.getCommandLine().getErr()::println);
    return ExitCode.MISUSED;
  }

  /** Java gives an argument that it cannot decode with other characters: it names another file. */
  private static void checkNames(String[] args) {
    for (String argument : args) {
      if (argument.indexOf('\uFFFD') >= 0) {
        throw new UserException(
            String.format(
                "%s: has characters that this locale does not have (%s); allowed: ASCII, or a UTF-8"
                    + " locale, such as LC_ALL=C.UTF-8",
                argument, System.getProperty("sun.jnu.encoding")));
      }
    }
  }
}
