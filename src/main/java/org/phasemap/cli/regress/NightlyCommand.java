package org.phasemap.cli.regress;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.history.Acceptances;
import org.phasemap.analysis.history.Baselines;
import org.phasemap.analysis.history.Baselines.Baseline;
import org.phasemap.analysis.history.History;
import org.phasemap.analysis.history.Retention;
import org.phasemap.analysis.regress.Side;
import org.phasemap.analysis.regress.State;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * One night, for schedulers: sweeps, holds each sweep to the baseline of its spec's name, and
 * deletes old nights. A slot that is done is left alone, so that a second trigger does nothing; one
 * that was cut off goes on.
 */
@Command(
    name = "nightly",
    description = {
      "Sweeps specs once a night, holds each sweep to the baseline of its spec's name, and deletes"
          + " old nights (docs/regress.md).",
      "A slot is the day that a night is for: its sweep is the folder NAME-SLOT. The first becomes"
          + " the baseline. A slot that is done is not run again; one that was cut off goes on.",
      "Ends with the largest of the exit codes of its sweeps and comparisons."
    },
    footer = {
      "  phasemap nightly conf/sweeps/10-nightly.yaml",
      "  phasemap nightly my-first-map.yaml --results nights --keep 30"
    },
    mixinStandardHelpOptions = true)
public final class NightlyCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandSpec command = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "SPEC", description = "specs, YAML files (docs/spec.md)")
  private List<Path> specs = new ArrayList<>();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "the folder of the sweeps, baselines and history (default: results)")
  private String results = "results";

  @Option(
      names = "--slot",
      paramLabel = "YYYY-MM-DD",
      description = "the slot: the day that this night is for (default: today, UTC)")
  private @Nullable String slot;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "nights that are kept, besides the first of each month, baselines and accepted runs"
              + " (default: 14)")
  private int keep = 14;

  @Mixin private RegressOptions options = new RegressOptions();

  @Override
  public Integer call() {
    if (keep < 1) {
      throw new UserException("--keep: " + keep + " is not allowed; allowed: 1 or more");
    }
    LocalDate night = night();
    Configuration configuration = HadoopSettings.ofThisProcess();
    Comparing comparing = new Comparing(options, configuration);
    List<String> names = new ArrayList<>();
    for (Path spec : specs) {
      names.add(SpecReader.read(spec, List.of(), new FileAccess(configuration)).name());
    }
    int code = ExitCode.DONE;
    for (int i = 0; i < specs.size(); i++) {
      Night one = new Night(names.get(i), names.get(i) + "-" + night, configuration);
      code = Math.max(code, one.run(specs.get(i), comparing));
    }
    return code;
  }

  private LocalDate night() {
    if (slot == null) {
      return LocalDate.now(ZoneOffset.UTC);
    }
    try {
      return LocalDate.parse(slot);
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--slot: " + slot + " is not allowed; allowed: a day such as 2026-11-30", e);
    }
  }

  /** One spec in one slot. */
  private final class Night {
    private final String name;
    private final String run;
    private final Configuration configuration;
    private final ResultsRoot root;
    private final Baselines baselines;

    Night(String name, String run, Configuration configuration) {
      this.name = name;
      this.run = run;
      this.configuration = configuration;
      root = ResultsRoot.at(results, configuration);
      baselines = new Baselines(root, configuration);
    }

    int run(Path spec, Comparing comparing) {
      Optional<Baseline> baseline = baselines.find(name);
      Optional<State> done = done(baseline);
      if (done.isPresent()) {
        System.out.printf("%s: done before: %s%n", run, done.get().meaning());
        return comparing.exitCode(done.get());
      }
      OptionalInt refused = foreseen(baseline, spec, comparing);
      if (refused.isPresent()) {
        return refused.getAsInt();
      }
      int swept = sweep(spec);
      if (swept != ExitCode.DONE) {
        return swept;
      }
      ResultsFolder folder = ResultsFolder.open(root.path(run), configuration);
      if (baseline.isEmpty()) {
        baselines.set(name, Side.of(folder), RegressCommand.user(), RegressCommand.now());
        System.out.printf("%s: is the baseline %s from now on%n", run, name);
        return ExitCode.DONE;
      }
      int code = comparing.named(baseline.get(), folder);
      prune();
      return code;
    }

    /** What the slot came to; empty where it has to run. */
    private Optional<State> done(Optional<Baseline> baseline) {
      if (baseline.filter(b -> b.folder().equals(run)).isPresent()) {
        return Optional.of(State.EQUAL);
      }
      return new History(root)
          .of(run)
          .map(entry -> State.of(entry.state()))
          .filter(state -> state != State.INCOMPARABLE);
    }

    /** What ends the night before it is swept: hours of measuring would say the same. */
    private OptionalInt foreseen(Optional<Baseline> baseline, Path spec, Comparing comparing) {
      if (baseline.isEmpty()) {
        return OptionalInt.empty();
      }
      ResultsFolder folder = ResultsFolder.at(root.path(run), configuration);
      Spec read = SpecReader.read(spec, List.of("name=" + run), new FileAccess(configuration));
      return comparing.foreseen(baseline.get(), read, folder, RegressCommand.now());
    }

    private int sweep(Path spec) {
      CommandLine whole = command.root().commandLine();
      return whole.execute(
          "sweep",
          spec.toString(),
          "-o",
          "name=" + run,
          "--results",
          results,
          "--quiet",
          "--accept-failed");
    }

    private void prune() {
      Set<String> needed = new HashSet<>();
      baselines.all().forEach(b -> needed.add(b.folder()));
      new Acceptances(root).all().forEach(a -> needed.add(a.run()));
      for (String old : new Retention(root).superfluous(name, keep, needed)) {
        root.deleteSweep(old);
        System.out.printf("%s: deleted, it is older than %d nights%n", old, keep);
      }
    }
  }
}
