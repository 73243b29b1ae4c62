package org.phasemap.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.phasemap.cli.shell.CommandNames;
import org.phasemap.network.DecimalText;
import org.phasemap.network.PlainText;
import org.phasemap.network.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code phasemap COMMAND …}. */
@Command(
    name = "phasemap",
    description = "Maps where neural networks can be trained.",
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
    PrintWriter err = e.getCommandLine().getErr();
    if (e instanceof UnmatchedArgumentException unmatched && isCommand(unmatched)) {
      String name = unmatched.getUnmatched().get(0);
      err.println("phasemap: " + CommandNames.unknown(name, e.getCommandLine()).getMessage());
      return ExitCode.MISUSED;
    }
    err.println("phasemap: " + PlainText.of(String.valueOf(e.getMessage())));
    err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.MISUSED;
  }

  /** Whether what was not understood stands where a command should. */
  private static boolean isCommand(UnmatchedArgumentException e) {
    return !e.getCommandLine().getSubcommands().isEmpty() && !e.isUnknownOption();
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
