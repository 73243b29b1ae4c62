package org.phasemap.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.map.MapChoice;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.Terminal;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = {
      "Draws a sweep: the phase diagram here, and report.html in its folder.",
      "What is drawn follows the sweep; options choose another quantity and other axes."
    },
    footer = {
      "  phasemap report results/01-quickstart",
      "  phasemap report results/01-quickstart --map c --x width --y depth",
      "  phasemap report results/01-quickstart --facet activation,keep_probability"
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Option(
      names = {"--map", "--quantity"},
      paramLabel = "QUANTITY",
      description = "what the maps show, such as c (default: ln_gradient_gain)")
  private @Nullable String map;

  @Option(names = "--x", paramLabel = "AXIS", description = "the axis to the right, such as width")
  private @Nullable String x;

  @Option(names = "--y", paramLabel = "AXIS", description = "the axis upwards, such as depth")
  private @Nullable String y;

  @Option(
      names = "--facet",
      paramLabel = "AXIS",
      split = ",",
      description =
          "one or two axes with a map for each value (default: those of activation and"
              + " architecture that vary)")
  private List<String> facets = new ArrayList<>();

  @Override
  public Integer call() {
    MapChoice choice =
        new MapChoice(
            Optional.ofNullable(map), Optional.ofNullable(x), Optional.ofNullable(y), facets);
    Drawing.draw(
        ResultsFolder.open(results, HadoopSettings.ofThisProcess()),
        System.out,
        Terminal.detect(),
        choice);
    return ExitCode.DONE;
  }
}
