package org.phasemap.cli.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.chart.dashboard.DashboardServer;
import org.phasemap.chart.dashboard.DashboardServer.Settings;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.MemoryOption;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Serves a dashboard of sweeps to a browser (docs/dashboard.md), until it is stopped.",
      "Only this machine can ask, unless --host says otherwise."
    },
    footer = {"  phasemap serve", "  phasemap serve results/01-quickstart --port 8080"},
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;
  private static final long MEGABYTES = 1_000;

  @Parameters(
      paramLabel = "RESULTS",
      description = "folders of sweeps, or folders of such folders (default: results)")
  private List<String> results = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where to listen; 0 for any port that is free (default: 8377)")
  private int port = 8377;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "address of this machine to listen at, for others; they need a token then")
  private String host = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      split = ",",
      description = "further names of this machine in addresses, such as behind a proxy")
  private List<String> names = new ArrayList<>();

  @Option(names = "--token", description = "asks for a token on this machine too")
  private boolean token;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "longest that one answer may take (default: 20)")
  private long seconds = 20;

  @Mixin private MemoryOption memory = new MemoryOption();

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > LAST_PORT) {
      throw new UserException(
          "--port: " + port + " is not allowed; allowed: 0 (any that is free) to " + LAST_PORT);
    }
    if (seconds < 1 || seconds > 50) {
      throw new UserException(
          "--timeout: " + seconds + " is not allowed; allowed: 1 to 50 seconds");
    }
    Limits limits = new Limits(Duration.ofSeconds(seconds), memory.or(MEGABYTES));
    List<String> roots = results.isEmpty() ? List.of("results") : results;
    Configuration configuration = HadoopSettings.ofThisProcess();
    Settings settings = new Settings(roots, host, names, port, token, limits);
    DashboardServer server =
        DashboardServer.start(
            settings, configuration, new PlannedTargets(configuration), ServeCommand::announce);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "dashboard-end"));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private static void announce(String address) {
    System.out.println(address);
    System.out.flush();
  }
}
