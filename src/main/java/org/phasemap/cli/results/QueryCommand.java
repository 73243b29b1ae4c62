package org.phasemap.cli.results;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.MemoryOption;
import org.phasemap.query.Format;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = {
      "Answers SQL over the tables of a sweep (docs/tables.md).",
      "The table replicates has a row for each network, cells a row for each configuration:"
          + " averages, and theory beside them."
    },
    footer = "  phasemap query results/01-quickstart \"select depth, c_mean from cells\"",
    mixinStandardHelpOptions = true)
public final class QueryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Parameters(index = "1", paramLabel = "SQL", description = "one statement, DuckDB's dialect")
  private String sql = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table)")
  private Format format = Format.TABLE;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "longest that the answer may take; 0 for no limit (default: 600)")
  private long seconds = 600;

  @Mixin private MemoryOption memory = new MemoryOption();

  @Override
  public Integer call() {
    Limits limits = new Limits(Duration.ofSeconds(seconds), memory.megabytes());
    try (Query query =
        Query.open(ResultsFolder.open(results, HadoopSettings.ofThisProcess()), limits)) {
      query.print(sql, System.out, format);
    }
    return ExitCode.DONE;
  }
}
