package org.phasemap.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.network.UserException;
import org.phasemap.spec.Spec;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.Session;
import org.phasemap.sweep.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sweep",
    description = "Runs what a spec wants and its results folder lacks, then draws it.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  @Mixin private SpecOptions spec = new SpecOptions();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the folder of the sweep goes (default: results)")
  private String results = "results";

  @Option(names = "--quiet", description = "no progress, no diagram")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    Spec read = spec.read();
    // The plan finds mistakes that need the theory, before a session starts or a folder is made.
    spec.plan(read);
    PrintStream out = quiet ? new PrintStream(PrintStream.nullOutputStream()) : System.out;
    Terminal terminal = Terminal.detect();
    out.printf("sweep %s%n", read.name());
    Configuration configuration = Session.hadoopConfiguration();
    ResultsFolder folder = ResultsFolder.at(results + "/" + read.name(), configuration);
    try (Session session = new Session()) {
      long failed = Sweep.run(session, configuration, read, folder, new ProgressBar(out, terminal));
      Drawing.draw(folder, out, terminal);
      if (failed > 0) {
        System.err.printf(
            "phasemap: %,d rows failed; query \"select * from replicates where status = 'failed'\""
                + " says why%n",
            failed);
        return Main.FOUND;
      }
      return Main.DONE;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** A full disk or a read-only folder is not our mistake. */
  private UserException unwritable(IOException e) {
    return new UserException(
        String.format(
            "%s: cannot be written (%s); allowed: a folder with space that you may write to",
            results, e.getMessage()),
        e);
  }
}
