package org.phasemap.cli.regress;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.analysis.history.Acceptances;
import org.phasemap.analysis.history.Baselines;
import org.phasemap.analysis.history.Baselines.Baseline;
import org.phasemap.analysis.history.ChangePoints;
import org.phasemap.analysis.history.History;
import org.phasemap.analysis.regress.NumberText;
import org.phasemap.analysis.regress.Side;
import org.phasemap.analysis.regress.State;
import org.phasemap.chart.regress.Told;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phasemap regress BASELINE CANDIDATE}, and what has to do with it. */
@Command(
    name = "regress",
    description = {
      "Says whether a sweep's numbers are still those of a baseline (docs/regress.md).",
      "With one sweep alone, whether its z are as theory has them. " + Told.Z,
      "Ends with exit code 1 where it finds a regression, 3 where it cannot say."
    },
    footer = {
      "  phasemap regress results/before results/after",
      "  phasemap regress nightly results/after --format html=after.html"
    },
    mixinStandardHelpOptions = true,
    subcommands = {RegressCommand.Accept.class, RegressCommand.Times.class})
public final class RegressCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..2",
      paramLabel = "SWEEP",
      description = "the baseline, a folder or a name; then the candidate, a folder")
  private List<String> sweeps = new ArrayList<>();

  @Mixin private RegressOptions options = new RegressOptions();

  @Override
  public Integer call() {
    if (sweeps.isEmpty()) {
      throw new UserException(
          "SWEEP: is missing; allowed: a baseline and a candidate, or one sweep to be held to"
              + " theory");
    }
    Configuration configuration = HadoopSettings.ofThisProcess();
    Comparing comparing = new Comparing(options, configuration);
    String last = sweeps.get(sweeps.size() - 1);
    ResultsFolder candidate = ResultsFolder.open(last, configuration);
    if (sweeps.size() == 1) {
      return comparing.alone(candidate);
    }
    Baselines baselines = new Baselines(ResultsRoot.of(candidate), configuration);
    Optional<Baseline> baseline = baselines.find(sweeps.get(0));
    if (baseline.isPresent()) {
      return comparing.named(baseline.get(), candidate);
    }
    if (!sweeps.get(0).contains("/") && !ResultsRoot.at(".", configuration).exists(sweeps.get(0))) {
      throw baselines.unknown(sweeps.get(0));
    }
    ResultsFolder before = ResultsFolder.open(sweeps.get(0), configuration);
    if (before.uri().equals(candidate.uri())) {
      throw new UserException(last + ": is compared with itself; allowed: two sweeps");
    }
    return comparing.folders(before, candidate);
  }

  /** Who runs this command. */
  static String user() {
    return System.getProperty("user.name", "unknown");
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code regress accept RUN --reason TEXT}. */
  @Command(
      name = "accept",
      description = "Says that what a run has changed is wanted: later runs may differ so too.",
      footer = "  phasemap regress accept results/after --reason \"new Gaussian tail\"",
      mixinStandardHelpOptions = true)
  static final class Accept implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "the folder of the run")
    private String run = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "why it is wanted, in a sentence")
    private String reason = "";

    @Override
    public Integer call() {
      ResultsFolder folder = ResultsFolder.open(run, HadoopSettings.ofThisProcess());
      ResultsRoot root = ResultsRoot.of(folder);
      History.Entry entry =
          new History(root)
              .of(folder.name())
              .orElseThrow(
                  () ->
                      new UserException(
                          run
                              + ": has not been compared with a named baseline; allowed: a run of"
                              + " 'phasemap regress NAME RUN'"));
      State state = State.of(entry.state());
      if (state != State.REGRESSION && state != State.UNDECIDED) {
        throw new UserException(
            String.format(
                "%s: has no changes to accept (%s); allowed: a run with a regression, or undecided",
                run, state.meaning()));
      }
      Acceptances.Accepted accepted =
          new Acceptances(root).accept(Side.of(folder), entry.baseline(), user(), now(), reason);
      System.out.printf("accepted %s, by %s on %s%n", accepted.run(), accepted.by(), accepted.at());
      return ExitCode.DONE;
    }
  }

  /** {@code regress times RESULTS}. */
  @Command(
      name = "times",
      description =
          "Says where the time and memory that runs take have changed, over all nights so far.",
      footer = "  phasemap regress times",
      mixinStandardHelpOptions = true)
  static final class Times implements Callable<Integer> {
    @Parameters(
        arity = "0..1",
        paramLabel = "DIR",
        description = "the folder of the sweeps and their history (default: results)")
    private String results = "results";

    @Override
    public Integer call() {
      Configuration configuration = HadoopSettings.ofThisProcess();
      ResultsRoot root = ResultsRoot.at(results, configuration).required();
      List<History.Series> all = new History(root).costs();
      Map<String, String> names = new HashMap<>();
      new Baselines(root, configuration).all().forEach(b -> names.put(b.digest(), b.name()));
      if (all.isEmpty()) {
        System.out.printf(
            "%s: no run has been compared with a named baseline yet%n", root.path(""));
      }
      for (History.Series series : all) {
        int runs = series.runs().size();
        System.out.printf(
            "%s, %s: %d %s%n",
            names.getOrDefault(series.baseline(), series.runs().get(0)),
            series.cost(),
            runs,
            runs == 1 ? "run" : "runs");
        for (ChangePoints.Point point : ChangePoints.of(series.values())) {
          System.out.printf(
              "  from %s on: %s, before %s (p %s)%n",
              series.runs().get(point.at()),
              NumberText.of(point.after()),
              NumberText.of(point.before()),
              NumberText.of(point.p()));
        }
      }
      return ExitCode.DONE;
    }
  }
}
