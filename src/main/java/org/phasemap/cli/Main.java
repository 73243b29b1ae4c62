package org.phasemap.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.phasemap.cli.theory.TheoryCommand;
import org.phasemap.network.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code phasemap COMMAND …}. */
@Command(
    name = "phasemap",
    description = "Maps where neural networks can be trained.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      PlanCommand.class,
      SweepCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      QueryCommand.class,
      BoundariesCommand.class,
      ReplayCommand.class,
      DoctorCommand.class,
      TheoryCommand.class
    })
public final class Main {
  /** Done. */
  static final int DONE = 0;

  /** Done, and it found failed cells or a fault. */
  static final int FOUND = 1;

  /** The user's mistake. */
  static final int MISUSED = 2;

  /** Stopped before the end. */
  static final int INCOMPLETE = 3;

  /** Our mistake. */
  static final int BROKEN = 4;

  private Main() {}

  public static void main(String[] args) {
    Stdout stdout = Stdout.install();
    int code = run(args);
    System.out.flush();
    System.exit(stdout.failure().map(Main::unprinted).orElse(code));
  }

  private static int unprinted(String cause) {
    System.err.printf(
        "phasemap: stdout: cannot be written (%s); allowed: a file with space, or a pipe%n", cause);
    return MISUSED;
  }

  /** Runs a command line in this JVM and gives its exit code. */
  public static int run(String... args) {
    Locale.setDefault(Locale.ROOT); // What is printed is English, its numbers too.
    CommandLine line = new CommandLine(new Main());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Main::explain);
    line.setExecutionExceptionHandler((e, command, parsed) -> report(e, command));
    return line.execute(args);
  }

  /** Ends the process at once, as a second Ctrl-C does. */
  static void halt() {
    Runtime.getRuntime().halt(INCOMPLETE);
  }

  private static int explain(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("phasemap: " + e.getMessage());
    err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return MISUSED;
  }

  private static int report(Exception e, CommandLine command) {
    if (e instanceof UserException) {
      command.getErr().println("phasemap: " + e.getMessage());
      return MISUSED;
    }
    command.getErr().println("phasemap: this should not have happened; it is our mistake:");
    e.printStackTrace(command.getErr());
    return BROKEN;
  }
}
