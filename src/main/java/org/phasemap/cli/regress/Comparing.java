package org.phasemap.cli.regress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.phasemap.cli.ExitCode;
import org.phasemap.cli.regress.RegressOptions.Output;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;
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
    Optional<String> fault = Baselines.fault(baseline, Side.of(folder));
    if (fault.isPresent()) {
      System.err.println("phasemap: " + fault.get());
      return ExitCode.INCOMPLETE;
    }
    Comparison comparison = accepted(regression.compare(folder, candidate), root, candidate);
    History history = new History(root);
    Optional<String> before = history.stateBefore(comparison);
    history.add(comparison, Effort.of(candidate));
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

  /** A chat hears when nights turn bad or good, not of each one. */
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
