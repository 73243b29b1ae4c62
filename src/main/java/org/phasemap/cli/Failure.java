package org.phasemap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.PlainText;
import org.phasemap.network.UserException;

/** What ended a command that it does not name itself: whose mistake it is, and what can be done. */
final class Failure {
  private Failure() {}

  /**
   * Says what happened: in one line where a user can do something about it, else with the trace.
   * After Ctrl-C nothing: what a command was waiting for has been closed under it.
   *
   * @return the exit code, which is never that of failed cells
   */
  static int explain(Throwable failure, PrintWriter err) {
    if (isProcessEnding()) {
      return ExitCode.INCOMPLETE;
    }
    if (failure instanceof UserException) {
      err.println("phasemap: " + failure.getMessage());
      return ExitCode.MISUSED;
    }
    if (failure instanceof OutOfMemoryError) {
      err.println("phasemap: " + memory(failure));
      return ExitCode.MISUSED;
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      err.println("phasemap: " + disk(failure));
      return ExitCode.MISUSED;
    }
    if (failure instanceof LinkageError && isOfFigures(failure)) {
      err.println(
          "phasemap: the libraries that draw figures are missing: jars for clusters come without"
              + " them; allowed: jobs/phasemap figure RESULTS … without --master, where the"
              + " application is installed");
      return ExitCode.MISUSED;
    }
    if (failure instanceof LinkageError) {
      err.printf(
          "phasemap: a class is missing or of another version (%s): the build is damaged. Delete"
              + " target/app and start jobs/phasemap again; on a cluster, see that the jar is of"
              + " this version%n",
          PlainText.of(failure.toString()));
      return ExitCode.BROKEN;
    }
    err.println("phasemap: this should not have happened; it is our mistake:");
    failure.printStackTrace(err);
    return ExitCode.BROKEN;
  }

  /** The cluster's jar leaves them out. */
  private static boolean isOfFigures(Throwable failure) {
    String said = failure.toString();
    return said.contains("org/apache/pdfbox/") || said.contains("org/apache/fontbox/");
  }

  /** Java refuses hooks then, and has no other way to ask. */
  private static boolean isProcessEnding() {
    Thread hook = new Thread(() -> {}, "never started");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static String memory(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    return said.contains("thread")
        ? String.format(
            "no thread can be started (%s); allowed: more processes or memory (ulimit -u)", said)
        : String.format(
            "the memory of %,d MB that Java has is too little (%s); allowed: more, such as"
                + " JAVA_TOOL_OPTIONS=-Xmx4g, or a smaller spec",
            Runtime.getRuntime().maxMemory() >> 20, said);
  }

  private static String disk(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof UncheckedIOException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String said =
        String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason is known");
    String where = failure == cause ? "" : String.valueOf(failure.getMessage());
    boolean isPlace = !where.isEmpty() && !where.equals(cause.toString());
    boolean open = said.contains("Too many open files");
    return PlainText.of(
        String.format(
            "%scannot be read or written (%s%s); allowed: %s",
            isPlace ? where + ": " : "a file ",
            cause.getClass().getSimpleName().equals("IOException")
                ? ""
                : cause.getClass().getSimpleName() + ": ",
            said,
            open
                ? "more open files (ulimit -n 4096)"
                : "files and folders that you may use, on a disk or a file system that answers"));
  }
}
