package org.phasemap.cli.results;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.map.MapChoice;
import org.phasemap.chart.report.HtmlReport;
import org.phasemap.chart.report.TerminalDiagram;
import org.phasemap.chart.summary.Charts;
import org.phasemap.cli.console.Terminal;
import org.phasemap.network.UserException;
import org.phasemap.query.DuckDb;
import org.phasemap.query.Query;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/** Ends a sweep: the phase diagram in the terminal, and the report beside the tables. */
public final class Drawing {
  private static final String REPORT = "report.html";

  private Drawing() {}

  /** As {@link #draw}, but keeps a report that was drawn after the latest commit. */
  public static void update(ResultsFolder folder, PrintStream out, Terminal terminal) {
    draw(folder, out, terminal, MapChoice.NONE, isCurrent(folder));
  }

  /** Draws what is committed, or says how to where this process can't. */
  static void draw(ResultsFolder folder, PrintStream out, Terminal terminal, MapChoice choice) {
    draw(folder, out, terminal, choice, false);
  }

  private static boolean isCurrent(ResultsFolder folder) {
    List<ManifestEntry> commits = folder.manifest();
    // Manifests count in whole seconds.
    return !commits.isEmpty()
        && folder
            .modified(REPORT)
            .filter(
                Instant.parse(commits.get(commits.size() - 1).createdAt()).plusSeconds(1)::isBefore)
            .isPresent();
  }

  private static void draw(
      ResultsFolder folder,
      PrintStream out,
      Terminal terminal,
      MapChoice choice,
      boolean keepsReport) {
    String report = folder.path(REPORT);
    if (!DuckDb.isAvailable()) {
      out.printf("tables: %s%n", folder.path(""));
      out.println("draw them where the application is installed: phasemap report RESULTS");
      return;
    }
    if (folder.files(Tables.CELLS).isEmpty() && !folder.files(Tables.REPLICATES).isEmpty()) {
      throw new UserException(
          folder.path("")
              + ": has replicates and no cells yet; allowed: a sweep that has come to its end once."
              + " 'phasemap sweep' with the same options goes on");
    }
    try (Query query = Query.open(folder)) {
      Charts charts = new Charts(query, SweepInfo.of(folder), choice);
      TerminalDiagram.print(charts, out, terminal.colours(), terminal.width());
      if (!keepsReport) {
        write(folder, charts, report);
      }
    }
    out.printf("report: %s%n", report);
  }

  private static void write(ResultsFolder folder, Charts charts, String report) {
    if (folder.isLocal()) {
      HtmlReport.write(charts, Path.of(report));
    } else {
      folder.write(REPORT, HtmlReport.page(charts));
    }
  }
}
