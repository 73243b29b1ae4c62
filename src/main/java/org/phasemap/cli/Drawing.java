package org.phasemap.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.report.HtmlReport;
import org.phasemap.report.SweepInfo;
import org.phasemap.report.TerminalDiagram;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/** Ends a sweep: the phase diagram in the terminal, and the report beside the tables. */
final class Drawing {
  private Drawing() {}

  /** Draws what is committed, or says how to where this process can't. */
  static void draw(ResultsFolder folder, PrintStream out, Terminal terminal) {
    String report = folder.path("report.html");
    boolean local = report.startsWith("/");
    if (!local || !Query.isAvailable()) {
      out.printf("tables: %s%n", folder.path(""));
      out.printf(
          "draw them %s: phasemap report RESULTS%n",
          local ? "where the application is installed" : "from a local copy");
      return;
    }
    if (folder.files(Tables.CELLS).isEmpty() && !folder.files(Tables.REPLICATES).isEmpty()) {
      throw new UserException(
          folder.path("")
              + ": has replicates and no cells yet; allowed: a sweep that has come to its end once."
              + " 'phasemap sweep' with the same options goes on");
    }
    try (Query query = Query.open(folder)) {
      TerminalDiagram.print(query, out, terminal.colours(), terminal.width());
      HtmlReport.write(query, SweepInfo.of(folder), Path.of(report));
    }
    out.printf("report: %s%n", report);
  }
}
