package org.phasemap.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.Format;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
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
final class QueryCommand implements Callable<Integer> {
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

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "most memory for the tables and the answer, beside Java's heap (default: half of this"
              + " machine's)")
  private @Nullable Long megabytes;

  @Override
  public Integer call() {
    long memory = megabytes == null ? Limits.ofThisMachine().megabytes() : megabytes;
    Limits limits = new Limits(Duration.ofSeconds(seconds), memory);
    try (Query query =
        Query.open(ResultsFolder.open(results, HadoopSettings.ofThisProcess()), limits)) {
      query.print(sql, System.out, format);
    }
    return ExitCode.DONE;
  }
}
