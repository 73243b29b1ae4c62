package org.phasemap.cli.results;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.dashboard.Summary;
import org.phasemap.chart.dashboard.SweepList;
import org.phasemap.cli.console.Durations;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.PlainText;
import org.phasemap.query.Format;
import org.phasemap.query.RowsPrinter;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description =
        "Lists the sweeps in a folder: their state, configurations (cells), size and age.",
    footer = {"  phasemap list", "  phasemap list results --format csv"},
    mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "ROOT",
      description = "the folder of a sweep, or a folder of such folders (default: results)")
  private String root = "results";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table)")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    Configuration configuration = HadoopSettings.ofThisProcess();
    List<Summary> sweeps = SweepList.of(root, configuration, new PlannedTargets(configuration));
    if (format == Format.TABLE) {
      print(sweeps);
    } else {
      new RowsPrinter(
              List.of(
                  "name",
                  "state",
                  "cells",
                  "wanted_cells",
                  "failed_cells",
                  "replicates",
                  "bytes",
                  "started",
                  "changed",
                  "note"),
              sweeps.stream().map(ListCommand::exact).toList())
          .print(System.out, format);
    }
    return ExitCode.DONE;
  }

  private static List<@Nullable Object> exact(Summary sweep) {
    return Arrays.asList(
        sweep.name(),
        state(sweep),
        sweep.cells(),
        sweep.wantedCells(),
        sweep.failedCells(),
        sweep.replicates(),
        sweep.bytes(),
        sweep.started(),
        sweep.changed(),
        sweep.note());
  }

  private static void print(List<Summary> sweeps) {
    new RowsPrinter(
            List.of("sweep", "state", "cells", "networks", "size", "last commit"),
            sweeps.stream().map(ListCommand::inWords).toList())
        .print(System.out, Format.TABLE);
    sweeps.stream()
        .filter(sweep -> !sweep.note().isEmpty())
        .forEach(s -> System.out.printf("%s: %s%n", PlainText.of(s.name()), s.note()));
  }

  private static List<@Nullable Object> inWords(Summary sweep) {
    Long wanted = sweep.wantedCells();
    Long failed = sweep.failedCells();
    String cells =
        wanted == null || wanted == sweep.cells()
            ? String.format("%,d", sweep.cells())
            : String.format("%,d of %,d", sweep.cells(), wanted);
    return Arrays.asList(
        sweep.name(),
        state(sweep),
        cells + (failed == null || failed == 0 ? "" : String.format(" (%,d failed)", failed)),
        String.format("%,d", sweep.replicates()),
        size(sweep.bytes()),
        sweep.changed() == null ? "never" : age(Instant.parse(sweep.changed())));
  }

  private static String state(Summary sweep) {
    return sweep.state().name().toLowerCase(Locale.ROOT);
  }

  /** Such as {@code 35 kB}, {@code 12.3 MB}. */
  static String size(long bytes) {
    double kilo = bytes / 1e3;
    return kilo < 1e3
        ? String.format("%.0f kB", Math.ceil(kilo))
        : kilo < 1e6 ? String.format("%.1f MB", kilo / 1e3) : String.format("%.1f GB", kilo / 1e6);
  }

  private static String age(Instant then) {
    long seconds = Math.max(0, Duration.between(then, Instant.now()).toSeconds());
    return seconds < 172_800
        ? Durations.of((double) seconds) + " ago"
        : String.format("%,d days ago", seconds / 86_400);
  }
}
