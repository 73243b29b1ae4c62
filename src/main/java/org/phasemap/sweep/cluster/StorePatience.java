package org.phasemap.sweep.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * How long a driver waits for S3 before it says so: a minute and a quarter. By S3A's defaults a
 * store that takes connections and never answers is asked eight times for a minute each, and a put
 * for a quarter of an hour each. A driver's files are small. Here a request has 15 s, the least
 * that S3A allows, and four tries; the waits between them sit out an outage of ten seconds.
 * Executors keep the defaults. What a user sets anywhere is left.
 */
final class StorePatience {
  /** Hadoop's own file of defaults, as a source of a property. */
  private static final String DEFAULTS = "core-default.xml";

  static final Map<String, String> S3A =
      new TreeMap<>(
          Map.of(
              "fs.s3a.connection.establish.timeout", "15s",
              "fs.s3a.connection.timeout", "30s",
              "fs.s3a.connection.request.timeout", "15s",
              // Of a put; the largest is report.html, some megabytes.
              "fs.s3a.connection.part.upload.timeout", "60s",
              // The SDK's own tries, within each of S3A's.
              "fs.s3a.attempts.maximum", "1",
              "fs.s3a.retry.limit", "3",
              "fs.s3a.retry.interval", "1s"));

  private StorePatience() {}

  /** Sets what nobody has set. */
  static void limit(Configuration configuration) {
    S3A.forEach(
        (name, value) -> {
          String[] sources = configuration.getPropertySources(name);
          if (sources == null || Arrays.asList(sources).contains(DEFAULTS)) {
            configuration.set(name, value, StorePatience.class.getName());
          }
        });
  }
}
