package org.phasemap.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.network.UserException;
import org.phasemap.query.Format;
import org.phasemap.query.Query;
import org.phasemap.query.RowsPrinter;
import org.phasemap.store.ResultsFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "boundaries",
    description = {
      "Fits the depth to which networks can be trained (docs/boundaries.md): for each column of the",
      "map, or as a multiple k of the depth scale xi_c for each side of the edge of chaos."
    },
    mixinStandardHelpOptions = true)
final class BoundariesCommand implements Callable<Integer> {
  /** What is printed. */
  enum What {
    COLUMNS,
    COLLAPSE
  }

  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Option(
      names = "--show",
      paramLabel = "WHAT",
      description = "columns (a boundary each) or collapse (L = k xi_c; default: columns)")
  private What what = What.COLUMNS;

  @Option(
      names = "--threshold",
      paramLabel = "ACCURACY",
      split = ",",
      description = "training accuracies that count as trained (default: the spec's)")
  private List<Double> thresholds = new ArrayList<>();

  @Option(names = "--format", description = "table, csv or json (default: table)")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    for (double threshold : thresholds) {
      if (!(threshold > 0 && threshold <= 1)) {
        throw new UserException(
            "--threshold: " + threshold + " is not allowed; allowed: numbers above 0, up to 1");
      }
    }
    List<String> columns = new ArrayList<>(List.of("threshold"));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Query query = Query.open(ResultsFolder.open(results))) {
      List<@Nullable Double> wanted =
          thresholds.isEmpty()
              ? Arrays.asList((Double) null)
              : new ArrayList<@Nullable Double>(thresholds);
      for (@Nullable Double threshold : wanted) {
        List<TrainingMap> maps =
            TrainingMap.of(
                query,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
        if (maps.isEmpty()) {
          throw new UserException(
              results + ": nothing was trained; allowed: results of a spec with training");
        }
        if (columns.size() == 1) {
          columns.addAll(what == What.COLUMNS ? columnNames(maps) : collapseNames(maps));
        }
        for (TrainingMap map : maps) {
          add(threshold, map, columns, rows);
        }
      }
    }
    new RowsPrinter(columns, rows).print(System.out, format);
    return Main.DONE;
  }

  private static final List<String> OF_BOUNDARIES =
      List.of("boundary", "low", "high", "width", "kind", "side", "xi_c", "k");
  private static final List<String> OF_COLLAPSES =
      List.of("side", "columns", "k", "low", "high", "width", "quality");

  private static List<String> columnNames(List<TrainingMap> maps) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    maps.forEach(map -> map.columns().forEach(column -> all.add(column.configuration())));
    return joined(varying(all), OF_BOUNDARIES);
  }

  private static List<String> collapseNames(List<TrainingMap> maps) {
    return joined(varying(maps.stream().map(TrainingMap::configuration).toList()), OF_COLLAPSES);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> names = new ArrayList<>(first);
    names.addAll(second);
    return names;
  }

  /** The activation and what is not the same everywhere. */
  private static List<String> varying(List<Map<String, @Nullable Object>> configurations) {
    List<String> names = new ArrayList<>();
    for (String name : configurations.get(0).keySet()) {
      Set<@Nullable Object> values = new LinkedHashSet<>();
      configurations.forEach(configuration -> values.add(configuration.get(name)));
      if (values.size() > 1 || name.equals("activation")) {
        names.add(name);
      }
    }
    return names;
  }

  private void add(
      @Nullable Double threshold,
      TrainingMap map,
      List<String> columns,
      List<List<@Nullable Object>> rows) {
    if (what == What.COLUMNS) {
      for (MapColumn column : map.columns()) {
        List<@Nullable Object> row =
            start(threshold, column.configuration(), columns, OF_BOUNDARIES.size());
        Boundary boundary = Boundary.of(column.trials());
        row.addAll(
            Arrays.asList(
                number(boundary.depth()),
                number(boundary.low()),
                number(boundary.high()),
                number(boundary.width()),
                boundary.kind().name().toLowerCase(Locale.ROOT),
                column.side().name().toLowerCase(Locale.ROOT),
                number(column.xiC()),
                number(boundary.depth() / column.xiC())));
        rows.add(row);
      }
    } else {
      for (MapColumn.Side side : MapColumn.Side.values()) {
        Collapse collapse = Collapse.of(map.columns(), side);
        List<@Nullable Object> row =
            start(threshold, map.configuration(), columns, OF_COLLAPSES.size());
        row.addAll(
            Arrays.asList(
                side.name().toLowerCase(Locale.ROOT),
                collapse.columns(),
                number(collapse.k()),
                number(collapse.low()),
                number(collapse.high()),
                number(collapse.width()),
                number(collapse.quality())));
        rows.add(row);
      }
    }
  }

  private static List<@Nullable Object> start(
      @Nullable Double threshold,
      Map<String, @Nullable Object> configuration,
      List<String> columns,
      int computed) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(threshold);
    for (String name : columns.subList(1, columns.size() - computed)) {
      row.add(configuration.get(name));
    }
    return row;
  }

  private static @Nullable Double number(double x) {
    return Double.isFinite(x) ? x : null;
  }
}
