package org.phasemap.cli.sweep;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.UserException;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = {
      "Asks a sweep that runs on this machine to stop, as Ctrl-C does.",
      "What it has measured is kept; 'sweep' goes on with the rest."
    },
    footer = "  phasemap cancel results/01-quickstart",
    mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {
  /** A commit and the end of a session take seconds. */
  private static final long PATIENCE_SECONDS = 60;

  private static final long POLL_MILLIS = 200;

  @Parameters(paramLabel = "RESULTS", description = "the folder that the sweep writes")
  private String results = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    FolderLock.Running sweep =
        FolderLock.running(folder)
            .orElseThrow(
                () ->
                    new UserException(
                        results + ": no sweep writes to it; allowed: a folder with one that runs"));
    if (!sweep.isHere()) {
      throw new UserException(
          String.format(
              "%s: its sweep runs on another machine, %s; allowed: the same command there, or 'kill"
                  + " -INT %d'",
              results, sweep.host(), sweep.pid()));
    }
    if (!sweep.stop()) {
      throw new UserException(
          String.format(
              "%s: process %d of %s cannot be asked to stop; allowed: a sweep of yours, or the"
                  + " same command as that user",
              results, sweep.pid(), sweep.user()));
    }
    System.out.printf(
        "asked process %d to stop, which runs since %s%n", sweep.pid(), sweep.since());
    System.out.flush();
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
    while (FolderLock.isHeld(folder)) {
      if (System.nanoTime() > deadline) {
        System.out.println("it is still committing; 'phasemap status' says when it has stopped");
        return ExitCode.INCOMPLETE;
      }
      Thread.sleep(POLL_MILLIS);
    }
    System.out.println("it has stopped");
    return ExitCode.DONE;
  }
}
