package org.phasemap.cli.sweep;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.sweep.progress.SweepListener;

/**
 * A sweep's figures for Prometheus, where Spark's properties ask for them: over HTTP while the
 * driver runs, in a file also afterwards (docs/clusters.md).
 */
final class Metrics implements AutoCloseable {
  /** Where the driver serves {@code /metrics}; 0 for any free port. */
  static final String PORT = "spark.phasemap.metrics.port";

  private static final int LARGEST_PORT = 65535;

  private final List<SweepListener> listeners = new ArrayList<>();
  private @Nullable HTTPServer server;

  /**
   * Starts what the properties ask for.
   *
   * @param conf Spark's; the server listens where {@code spark.driver.bindAddress} says
   * @param sweep its name
   * @throws UserException if the port cannot be listened on, or the file not be written
   */
  Metrics(SparkConf conf, String sweep) {
    PrometheusRegistry registry = new PrometheusRegistry();
    if (conf.contains(PORT) || conf.contains(MetricsFile.PROPERTY)) {
      listeners.add(new SweepMetrics(registry, sweep));
    }
    if (conf.contains(MetricsFile.PROPERTY)) {
      listeners.add(new MetricsFile(Path.of(conf.get(MetricsFile.PROPERTY)), registry));
    }
    if (conf.contains(PORT)) {
      server = serve(conf, registry);
    }
  }

  private static HTTPServer serve(SparkConf conf, PrometheusRegistry registry) {
    String port = conf.get(PORT);
    String host = conf.get("spark.driver.bindAddress", "0.0.0.0");
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LARGEST_PORT) {
      throw new UserException(
          String.format(
              "%s: %s is not allowed; allowed: 0 to %d, 0 for any that is free",
              PORT, port, LARGEST_PORT));
    }
    try {
      return HTTPServer.builder()
          .hostname(host)
          .port(Integer.parseInt(port))
          .registry(registry)
          .buildAndStart();
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s: %s of %s cannot be listened on (%s); allowed: a free port, or 0 for any",
              PORT, port, host, e.getMessage()),
          e);
    }
  }

  /** This listener, and those that keep the figures. */
  SweepListener beside(SweepListener listener) {
    List<SweepListener> all = new ArrayList<>(List.of(listener));
    all.addAll(listeners);
    return SweepListener.all(all);
  }

  /** The port that is listened on; 0 for none. */
  int port() {
    return server == null ? 0 : server.getPort();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
