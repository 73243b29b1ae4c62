package org.phasemap.cli.results;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.spec.yaml.Wording;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = {
      "Draws where two sweeps differ: the difference of their means, in standard errors.",
      "Cells belong together that stand at the same place on all axes that vary. 'regress' tests"
          + " whether differences are real."
    },
    footer = "  phasemap compare results/before results/after --quantity c",
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "the folder of a sweep")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "the folder of another one")
  private String second = "";

  @Option(
      names = "--quantity",
      paramLabel = "NAME",
      description = "a quantity of docs/tables.md that is averaged (default: ln_gradient_gain)")
  private String quantity = "ln_gradient_gain";

  @Override
  public Integer call() {
    Quantity compared = averaged(quantity);
    Configuration configuration = HadoopSettings.ofThisProcess();
    ResultsFolder a = ResultsFolder.open(first, configuration);
    ResultsFolder b = ResultsFolder.open(second, configuration);
    try (Query ofA = open(a);
        Query ofB = open(b)) {
      SweepDifference difference = SweepDifference.of(ofA, ofB, compared);
      if (difference.points().isEmpty()) {
        throw new UserException(
            String.format(
                "%s, %s: have no cell with %s in common; allowed: sweeps with equal values on the"
                    + " axes that vary",
                first, second, quantity));
      }
      DifferenceText.of(a.name(), b.name(), compared, difference).forEach(System.out::println);
    }
    System.out.flush();
    return ExitCode.DONE;
  }

  private static Query open(ResultsFolder folder) {
    folder.requireCurrentCells();
    return Query.open(folder);
  }

  private static Quantity averaged(String name) {
    List<String> names =
        Quantity.all().stream().filter(Figure.SE::isOf).map(Quantity::column).toList();
    if (!names.contains(name)) {
      throw Wording.refused("--quantity", name, names);
    }
    return Quantity.of(name);
  }
}
