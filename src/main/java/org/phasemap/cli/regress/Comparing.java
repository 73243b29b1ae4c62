package org.phasemap.cli.regress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.history.Acceptances;
import org.phasemap.analysis.history.Acceptances.Accepted;
import org.phasemap.analysis.history.Baselines;
import org.phasemap.analysis.history.Baselines.Baseline;
import org.phasemap.analysis.history.History;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Regression;
import org.phasemap.analysis.regress.Side;
import org.phasemap.analysis.regress.State;
import org.phasemap.chart.regress.ComparisonFormat;
import org.phasemap.chart.regress.Told;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.regress.RegressOptions.Output;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.query.Limits;
import org.phasemap.spec.Spec;
import org.phasemap.store.Effort;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;

/** Compares sweeps, tells it and keeps it, as options say. */
final class Comparing {
  private final RegressOptions options;
  private final Configuration configuration;
  private final List<Output> outputs;
  private final Optional<Webhook> webhook;
  private final Regression regression;

  /** Options are checked first. */
  Comparing(RegressOptions options, Configuration configuration) {
    this.options = options;
    this.configuration = configuration;
    outputs = options.outputs();
    webhook = options.webhook();
    regression = new Regression(options.tolerances(), Limits.ofThisMachine());
  }

  /** Holds a sweep to theory; returns the exit code. */
  int alone(ResultsFolder candidate) {
    Comparison comparison = regression.alone(candidate);
    print(comparison);
    return exitCode(comparison.state());
  }

  /** Holds a sweep to another that is no baseline: nothing is kept and nobody told. */
  int folders(ResultsFolder baseline, ResultsFolder candidate) {
    Comparison comparison = regression.compare(baseline, candidate);
    print(comparison);
    return exitCode(comparison.state());
  }

  /** Holds a sweep to a baseline; returns the exit code. */
  int named(Baseline baseline, ResultsFolder candidate) {
    ResultsRoot root = ResultsRoot.of(candidate);
    ResultsFolder folder = new Baselines(root, configuration).open(baseline);
    if (isFaulty(baseline, folder)) {
      return ExitCode.INCOMPLETE;
    }
    Comparison comparison = accepted(regression.compare(folder, candidate), root, candidate);
    return kept(comparison, root, Effort.of(candidate));
  }

  /**
   * Looks at a sweep before it is measured, which may take hours.
   *
   * @param spec of the sweep
   * @param candidate where it would be
   * @param now ISO-8601
   * @return the exit code, if it could not be held to the baseline
   */
  OptionalInt foreseen(Baseline baseline, Spec spec, ResultsFolder candidate, String now) {
    ResultsRoot root = ResultsRoot.of(candidate);
    ResultsFolder folder = new Baselines(root, configuration).open(baseline);
    if (isFaulty(baseline, folder)) {
      return OptionalInt.of(ExitCode.INCOMPLETE);
    }
    String remedy =
        String.format(
            "nothing was measured; 'phasemap baseline remove %s' lets the next night be the"
                + " baseline",
            baseline.name());
    Optional<Comparison> impossible =
        regression.foreseen(
            folder,
            Side.planned(candidate, spec.name(), now),
            spec,
            () -> Lacking.of(folder, Plan.of(spec)).said(candidate.path("")),
            remedy);
    return impossible.isPresent()
        ? OptionalInt.of(kept(impossible.get(), root, Effort.UNKNOWN))
        : OptionalInt.empty();
  }

  /** Whether a baseline is not what it was, which is said. */
  private static boolean isFaulty(Baseline baseline, ResultsFolder folder) {
    Optional<String> fault = Baselines.fault(baseline, Side.of(folder));
    fault.ifPresent(why -> System.err.println("phasemap: " + why));
    return fault.isPresent();
  }

  /** Writes a comparison into the history and tells it; returns the exit code. */
  private int kept(Comparison comparison, ResultsRoot root, Effort effort) {
    History history = new History(root);
    String baseline = Objects.requireNonNull(comparison.baseline()).digest();
    Optional<String> before =
        history
            .of(comparison.candidate().name())
            .filter(entry -> entry.baseline().equals(baseline))
            .map(History.Entry::state)
            .or(() -> history.stateBefore(comparison));
    history.add(comparison, effort);
    print(comparison);
    tell(comparison, before);
    return exitCode(comparison.state());
  }

  /** Whether its changes are those that somebody has accepted, and no others. */
  private Comparison accepted(Comparison comparison, ResultsRoot root, ResultsFolder candidate) {
    Side baseline = comparison.baseline();
    if (baseline == null
        || comparison.state().isGood()
        || comparison.state() == State.INCOMPARABLE) {
      return comparison;
    }
    for (Accepted accepted : new Acceptances(root).of(baseline)) {
      ResultsFolder run = ResultsFolder.open(root.path(accepted.run()), configuration);
      boolean isAsItWas = Side.of(run).digest().equals(accepted.digest());
      if (isAsItWas && regression.compare(run, candidate).state().isGood()) {
        return comparison.accepted(accepted.told());
      }
    }
    return comparison;
  }

  private void print(Comparison comparison) {
    ComparisonFormat printed = ComparisonFormat.TEXT;
    for (Output output : outputs) {
      if (output.file() == null) {
        printed = output.format();
      } else {
        write(output, output.format().of(comparison));
      }
    }
    System.out.print(printed.of(comparison));
    System.out.flush();
  }

  private static void write(Output output, @Nullable String text) {
    try {
      Files.writeString(Objects.requireNonNull(output.file()), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "--format: %s cannot be written (%s); allowed: a file in a folder that is there",
              output.file(), e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * A chat hears when nights turn bad or good, not of each one.
   *
   * @param before what this night came to when it was compared before, else the night before it
   */
  private void tell(Comparison comparison, Optional<String> before) {
    boolean wasGood = before.map(state -> State.of(state).isGood()).orElse(true);
    if (webhook.isEmpty() || wasGood == comparison.state().isGood()) {
      return;
    }
    StringBuilder text = new StringBuilder(Told.headline(comparison));
    Told.summary(comparison).forEach(line -> text.append("\n• ").append(line));
    webhook
        .get()
        .send(text.toString())
        .ifPresent(
            why -> System.err.println("phasemap: warning: the webhook was not told: " + why));
  }

  /** What a command ends with. */
  int exitCode(State state) {
    return switch (state) {
      case EQUAL, SAME, ACCEPTED -> ExitCode.DONE;
      case REGRESSION -> options.isInformational() ? ExitCode.DONE : ExitCode.FOUND;
      case UNDECIDED, INCOMPARABLE -> ExitCode.INCOMPLETE;
    };
  }
}
