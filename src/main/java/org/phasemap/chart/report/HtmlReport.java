package org.phasemap.chart.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.phasemap.chart.summary.Charts;
import org.phasemap.network.UserException;

/** One self-contained page: opens from a disk, needs no network, and holds all that it shows. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The report of a sweep. */
  public static String page(Charts charts) {
    return Page.of(charts.sweep().name() + " · PhaseMap", ReportJson.of(charts));
  }

  /** Writes the report of a sweep to a local file, replacing an earlier one whole. */
  public static void write(Charts charts, Path target) {
    String page = page(charts);
    try {
      Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
      try {
        Files.writeString(temporary, page, StandardCharsets.UTF_8);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      String cause =
          e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
      throw new UserException(
          String.format(
              "%s: cannot be written (%s); allowed: a folder with space that you may write to",
              target, cause),
          e);
    }
  }
}
