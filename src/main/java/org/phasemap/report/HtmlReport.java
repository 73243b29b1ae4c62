package org.phasemap.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.phasemap.query.Query;

/** One self-contained page: opens from a disk, needs no network, and holds all that it shows. */
public final class HtmlReport {
  private HtmlReport() {}

  /** Writes the report of a sweep, replacing an earlier one whole. */
  public static void write(Query query, SweepInfo sweep, Path target) {
    String page = Page.of(sweep.name() + " · PhaseMap", ReportJson.of(query, sweep));
    try {
      Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
      try {
        Files.writeString(temporary, page, StandardCharsets.UTF_8);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(target.toString(), e);
    }
  }
}
