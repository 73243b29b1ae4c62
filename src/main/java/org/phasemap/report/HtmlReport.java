package org.phasemap.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;

/** One self-contained page: opens from a disk, needs no network, and holds all that it shows. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The report of a sweep. */
  public static String page(Query query, SweepInfo sweep) {
    return Page.of(sweep.name() + " · PhaseMap", ReportJson.of(query, sweep));
  }

  /** Writes the report of a sweep to a local file, replacing an earlier one whole. */
  public static void write(Query query, SweepInfo sweep, Path target) {
    String page = page(query, sweep);
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
