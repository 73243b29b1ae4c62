package org.phasemap.cli.regress;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.analysis.history.Baselines;
import org.phasemap.analysis.history.Baselines.Baseline;
import org.phasemap.analysis.regress.Side;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.results.PlannedTargets;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phasemap baseline SUBCOMMAND …}. */
@Command(
    name = "baseline",
    description = "Names sweeps that others are held to (docs/regress.md).",
    footer = {"  phasemap baseline set results/before nightly", "  phasemap baseline list"},
    mixinStandardHelpOptions = true,
    subcommands = {
      BaselineCommand.Set.class,
      BaselineCommand.All.class,
      BaselineCommand.Remove.class
    })
public final class BaselineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.MISUSED;
  }

  /** Where names are looked up. */
  private static final class Home {
    @Option(
        names = "--results",
        paramLabel = "DIR",
        description = "the folder of the sweeps and baselines (default: results)")
    private String results = "results";

    Baselines baselines() {
      Configuration configuration = HadoopSettings.ofThisProcess();
      return new Baselines(ResultsRoot.at(results, configuration).required(), configuration);
    }
  }

  /** {@code baseline set RESULTS NAME}. */
  @Command(
      name = "set",
      description = "Gives a sweep a name. It is known by the hashes of its files from then on.",
      footer = "  phasemap baseline set results/before nightly",
      mixinStandardHelpOptions = true)
  static final class Set implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
    private String results = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "the name, which regress takes")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      Configuration configuration = HadoopSettings.ofThisProcess();
      ResultsFolder folder = ResultsFolder.open(results, configuration);
      Side side = Side.of(folder);
      if (side.schema() == 0) {
        throw new UserException(results + ": has no rows yet; allowed: a sweep that has ended");
      }
      long missing = new PlannedTargets(configuration).of(folder).missing();
      if (missing > 0) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: is incomplete (%,d rows are missing); allowed: a sweep that has ended"
                    + " ('phasemap sweep %s' goes on)",
                results,
                missing,
                folder.path("spec.yaml")));
      }
      Baseline baseline =
          new Baselines(ResultsRoot.of(folder), configuration)
              .set(name, side, RegressCommand.user(), RegressCommand.now());
      System.out.printf("baseline %s: %s%n", baseline.name(), baseline.folder());
      return ExitCode.DONE;
    }
  }

  /** {@code baseline list [--results DIR]}. */
  @Command(
      name = "list",
      description = "Lists the names, and whether their sweeps are as they were.",
      footer = "  phasemap baseline list",
      mixinStandardHelpOptions = true)
  static final class All implements Callable<Integer> {
    @Mixin private Home home = new Home();

    @Override
    public Integer call() {
      Baselines baselines = home.baselines();
      for (Baseline baseline : baselines.all()) {
        String fault =
            Baselines.fault(baseline, Side.of(baselines.open(baseline)))
                .map(f -> "; CHANGED")
                .orElse("");
        System.out.printf(
            "%s: %s, by %s on %s%s%n",
            baseline.name(), baseline.folder(), baseline.by(), baseline.at(), fault);
      }
      return ExitCode.DONE;
    }
  }

  /** {@code baseline remove NAME [--results DIR]}. */
  @Command(
      name = "remove",
      description = "Takes a name away. The sweep stays.",
      footer = "  phasemap baseline remove nightly",
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "the name of a baseline")
    private String name = "";

    @Mixin private Home home = new Home();

    @Override
    public Integer call() {
      home.baselines().remove(name);
      return ExitCode.DONE;
    }
  }
}
