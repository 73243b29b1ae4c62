package org.phasemap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.chart.dashboard.DashboardServer;
import org.phasemap.chart.dashboard.DashboardServer.Settings;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.results.PlannedTargets;
import org.phasemap.query.Limits;
import org.phasemap.sweep.cluster.HadoopSettings;

/**
 * Runs the short commands one after the other, then a dashboard, so that the launcher learns which
 * classes they load.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs them.
   *
   * @param args a spec, and a folder with a sweep of it
   * @throws IOException if the dashboard does not answer
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    String results = Path.of(args[1], "01-quickstart").toString();
    List<List<String>> commands =
        List.of(
            List.of("--version"),
            List.of("plan", args[0]),
            List.of("list", args[1]),
            List.of("status", results),
            List.of("query", results, "select * from cells"),
            List.of("files", results, "cells"));
    for (List<String> command : commands) {
      int code = Main.run(command.toArray(String[]::new));
      if (code != ExitCode.DONE) {
        System.exit(code);
      }
    }
    serve(args[1]);
    System.exit(ExitCode.DONE);
  }

  @SuppressWarnings("try") // The server is only closed: it tells its address by itself.
  private static void serve(String folder) throws IOException, InterruptedException {
    Configuration configuration = HadoopSettings.ofThisProcess();
    BlockingQueue<String> address = new LinkedBlockingQueue<>();
    Limits limits = new Limits(Duration.ofSeconds(20), 1_000);
    Settings settings = new Settings(List.of(folder), "", List.of(), 0, false, limits);
    try (DashboardServer server =
        DashboardServer.start(
            settings, configuration, new PlannedTargets(configuration), address::add)) {
      String base = address.take();
      for (String asked :
          List.of(
              "",
              "web/dashboard/main.js",
              "api/sweeps",
              "api/s/01-quickstart",
              "api/s/01-quickstart/map?x=sigma_multiplier&y=depth",
              "api/s/01-quickstart/lines?x=sigma_multiplier&y=depth")) {
        try (InputStream answer = URI.create(base + asked).toURL().openStream()) {
          answer.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }
}
