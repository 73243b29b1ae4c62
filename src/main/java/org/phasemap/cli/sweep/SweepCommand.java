package org.phasemap.cli.sweep;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.Terminal;
import org.phasemap.cli.results.Drawing;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.plan.cost.Estimate;
import org.phasemap.plan.cost.Pace;
import org.phasemap.spec.Spec;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.LostCluster;
import org.phasemap.sweep.Sweep;
import org.phasemap.sweep.SweepOption;
import org.phasemap.sweep.cluster.HadoopSettings;
import org.phasemap.sweep.cluster.Session;
import org.phasemap.sweep.pace.MachinePace;
import org.phasemap.sweep.pace.TheoryTime;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sweep",
    description = "Runs a sweep: measures what its results folder lacks, then draws the map.",
    footer = {
      "  phasemap sweep conf/sweeps/01-quickstart.yaml",
      "  phasemap sweep my-first-map.yaml -o seed=2 --results /data/results"
    },
    mixinStandardHelpOptions = true)
public final class SweepCommand implements Callable<Integer> {
  private enum Progress {
    BAR,
    JSON
  }

  @Mixin private SpecOptions spec = new SpecOptions();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "folder in which the sweep makes its own (default: results)")
  private String results = "results";

  @Option(names = "--quiet", description = "prints neither progress nor map")
  private boolean quiet;

  @Option(
      names = "--progress",
      paramLabel = "FORMAT",
      description = "bar, or json: one JSON object a line on stdout, and no map (default: bar)")
  private Progress progress = Progress.BAR;

  @Option(names = "--retry-failed", description = "measures failed replicates again")
  private boolean retryFailed;

  @Option(
      names = "--retry-damaged",
      description =
          "measures the replicates of damaged or missing files again (see status --verify)")
  private boolean retryDamaged;

  @Option(names = "--fail-fast", description = "stops at the first replicate that fails")
  private boolean failFast;

  @Option(
      names = "--accept-failed",
      description =
          "ends with exit code 0 even if replicates failed, for schedulers. The tables have their"
              + " rows")
  private boolean acceptFailed;

  @Override
  public Integer call() throws IOException {
    if (results.isBlank()) {
      throw new UserException("--results: is empty; allowed: a folder");
    }
    if (acceptFailed && failFast) {
      throw new UserException("--accept-failed: is not allowed with --fail-fast; allowed: either");
    }
    Spec read = spec.read();
    // The plan finds mistakes that need the theory, before a session starts or a folder is made.
    Plan plan = spec.plan(read);
    Configuration configuration = HadoopSettings.ofThisProcess();
    ResultsFolder folder = ResultsFolder.at(results + "/" + read.name(), configuration);
    PrintStream nothing = new PrintStream(PrintStream.nullOutputStream());
    PrintStream out = quiet || progress == Progress.JSON ? nothing : System.out;
    Terminal terminal = Terminal.detect();
    ProgressJson json = new ProgressJson(progress == Progress.JSON ? System.out : nothing);
    SweepListener listener = progress == Progress.JSON ? json : new ProgressBar(out, terminal);
    out.printf("sweep %s%n", read.name());
    try (Metrics metrics = new Metrics(Session.conf(), read.name());
        Session session = new Session(read.name())) {
      if (metrics.port() > 0) {
        out.printf("metrics at port %d of the driver, /metrics%n", metrics.port());
      }
      Sweep sweep = new Sweep(session, configuration, read, folder, metrics.beside(listener));
      Interrupts interrupts = Interrupts.to(sweep::stop);
      Pace pace = MachinePace.of(sweep.backend()).measured(Pace.Kind.of(plan));
      sweep.by(Estimate.of(plan, pace, TheoryTime.seconds(plan)));
      SweepOutcome outcome = outcome(sweep);
      interrupts.end();
      json.ended(outcome);
      if (outcome.complete()) {
        Drawing.update(folder, out, terminal);
      }
      return exitCode(outcome, folder);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private SweepOutcome outcome(Sweep sweep) throws IOException {
    try {
      return sweep.run(options());
    } catch (LostCluster e) {
      System.err.println("phasemap: " + e.getMessage());
      return e.outcome();
    }
  }

  private Set<SweepOption> options() {
    Set<SweepOption> options = EnumSet.noneOf(SweepOption.class);
    if (retryFailed) {
      options.add(SweepOption.RETRY_FAILED);
    }
    if (retryDamaged) {
      options.add(SweepOption.RETRY_DAMAGED);
    }
    if (failFast) {
      options.add(SweepOption.FAIL_FAST);
    }
    return options;
  }

  private int exitCode(SweepOutcome outcome, ResultsFolder folder) {
    if (outcome.failed() > 0) {
      System.err.printf(
          "phasemap: %,d rows failed; 'phasemap status %s' says why, --retry-failed tries them"
              + " again%n",
          outcome.failed(), folder.path(""));
    }
    if (!outcome.complete()) {
      System.err.printf(
          "phasemap: stopped; %,d rows are committed, %,d and the table of cells are missing. The"
              + " same command goes on with these%n",
          outcome.rows(), outcome.missing());
    }
    if (!outcome.complete() && !(failFast && outcome.failed() > 0)) {
      return ExitCode.INCOMPLETE;
    }
    return outcome.failed() > 0 && !acceptFailed ? ExitCode.FOUND : ExitCode.DONE;
  }

  /** A full disk or a read-only folder is not our mistake. */
  private UserException unwritable(IOException e) {
    // Hadoop adds where the process runs, which explains nothing.
    String said = String.valueOf(e.getMessage()).replaceFirst(" \\(exists=.*", "");
    // Java names the file alone.
    String cause = e instanceof AccessDeniedException ? said + " (Permission denied)" : said;
    return new UserException(
        String.format(
            "%s: cannot be written (%s); allowed: a folder with space that you may write to. What"
                + " was committed is kept; the same command goes on",
            results, cause),
        e);
  }
}
