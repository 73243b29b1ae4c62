package org.phasemap.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.phasemap.analysis.CellErrors;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.results.BoundaryTable.Counted;
import org.phasemap.network.UserException;
import org.phasemap.query.Format;
import org.phasemap.query.Query;
import org.phasemap.query.RowsPrinter;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "boundaries",
    description = {
      "Fits the depth to which networks can be trained (docs/boundaries.md).",
      "Gives one depth for each column of the map, or one multiple k of the depth scale xi_c for"
          + " each side of the edge of chaos."
    },
    footer = {
      "  phasemap boundaries results/01-quickstart",
      "  phasemap boundaries results/01-quickstart --show collapse"
    },
    mixinStandardHelpOptions = true)
public final class BoundariesCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Option(
      names = "--show",
      paramLabel = "WHAT",
      description = "columns (a depth for each) or collapse (L = k xi_c) (default: columns)")
  private BoundaryTable.What what = BoundaryTable.What.COLUMNS;

  @Option(
      names = "--threshold",
      paramLabel = "ACCURACY",
      split = ",",
      description = "training accuracies that count as trained (default: the spec's)")
  private List<Double> thresholds = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table)")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    for (double threshold : thresholds) {
      if (!(threshold > 0 && threshold <= 1)) {
        throw new UserException(
            "--threshold: " + threshold + " is not allowed; allowed: numbers above 0, up to 1");
      }
    }
    List<Counted> counted = new ArrayList<>();
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    CellErrors errors = CellErrors.of(folder.provenance());
    try (Query query = Query.open(folder)) {
      if (thresholds.isEmpty()) {
        counted.add(new Counted(null, TrainingMap.of(query, errors, OptionalDouble.empty())));
      }
      for (double threshold : thresholds) {
        counted.add(
            new Counted(threshold, TrainingMap.of(query, errors, OptionalDouble.of(threshold))));
      }
    }
    if (counted.get(0).maps().isEmpty()) {
      throw new UserException(
          results + ": nothing was trained; allowed: results of a spec with training");
    }
    BoundaryTable table = BoundaryTable.of(what, counted);
    new RowsPrinter(table.columns(), table.rows()).print(System.out, format);
    return ExitCode.DONE;
  }
}
