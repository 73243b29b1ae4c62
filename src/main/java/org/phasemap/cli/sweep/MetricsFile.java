package org.phasemap.cli.sweep;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.sweep.progress.SweepListener;

/** Keeps a file of metrics up to date; who reads it sees one moment, never half of one. */
final class MetricsFile implements SweepListener {
  /** A local file of the driver, in the text format, for node_exporter's textfile collector. */
  static final String PROPERTY = "spark.phasemap.metrics.file";

  private static final double PERIOD_SECONDS = 1;

  private final Path file;
  private final Path next;
  private final PrometheusRegistry registry;
  private double written;
  private boolean warned;

  /**
   * Writes the file for the first time.
   *
   * @throws UserException if it cannot be written
   */
  MetricsFile(Path file, PrometheusRegistry registry) {
    this.file = file;
    // The collector reads *.prom; this is none.
    this.next = file.resolveSibling(file.getFileName() + ".next");
    this.registry = registry;
    try {
      write();
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s: %s cannot be written (%s); allowed: a file in a folder that is there",
              PROPERTY, file, e),
          e);
    }
  }

  @Override
  public void planned(Announcement announcement) {
    written = 0;
    update();
  }

  @Override
  public void progressed(Snapshot snapshot) {
    if (snapshot.share() >= 1 || snapshot.seconds() - written >= PERIOD_SECONDS) {
      written = snapshot.seconds();
      update();
    }
  }

  @Override
  public void committed(int wave, ManifestEntry entry) {
    update();
  }

  @Override
  public void ended(String phase, double seconds) {
    update();
  }

  /** A full disk must not end the sweep that it is only told of. */
  private synchronized void update() {
    try {
      write();
    } catch (IOException e) {
      if (!warned) {
        warned = true;
        System.err.printf("phasemap: %s is out of date: %s%n", file, e);
      }
    }
  }

  private void write() throws IOException {
    try (OutputStream out = Files.newOutputStream(next)) {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
