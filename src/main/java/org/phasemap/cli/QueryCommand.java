package org.phasemap.cli;

import java.util.concurrent.Callable;
import org.phasemap.query.Format;
import org.phasemap.query.Query;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = "Answers SQL over the tables replicates and cells (docs/tables.md).",
    mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Parameters(index = "1", paramLabel = "SQL", description = "one statement, DuckDB's dialect")
  private String sql = "";

  @Option(names = "--format", description = "table, csv or json (default: table)")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    try (Query query = Query.open(ResultsFolder.open(results, Session.hadoopConfiguration()))) {
      query.print(sql, System.out, format);
    }
    return Main.DONE;
  }
}
