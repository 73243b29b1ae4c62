package org.phasemap.cli.results;

import java.util.concurrent.Callable;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.explore.CellView;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.query.ServedTables;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "Says all about one cell: its configuration, what was measured beside what theory says, what"
          + " became of its networks, and how to run it again.",
      "Ends with exit code 1 if some of its networks failed."
    },
    footer = "  phasemap show results/01-quickstart a545",
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Parameters(
      index = "1",
      paramLabel = "CELL_ID",
      description = "the cell's cell_id, or its first digits if no other begins with them")
  private String cell = "";

  @Override
  public Integer call() {
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    folder.requireCurrentCells();
    try (ServedTables tables = ServedTables.open(folder, Limits.ofThisMachine());
        Query query = tables.session()) {
      String id = CellIds.of(query, folder, "CELL_ID", cell);
      CellView view = new Exploration(query, SweepInfo.of(folder)).cell(query, id).orElseThrow();
      Rows.Row counts = counts(query, id);
      new CellInWords(view, counts, folder.path("")).print(System.out);
      return counts.whole("failed") > 0 ? ExitCode.FOUND : ExitCode.DONE;
    }
  }

  private static Rows.Row counts(Query query, String id) {
    return query
        .rows(
            "select phase, theory_chi1, replicates, failed, finite, exploded, vanished, trained,"
                + " p_trained, p_trained_low, p_trained_high from cells where cell_id = ?",
            id)
        .row(0);
  }
}
