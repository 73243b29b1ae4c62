package org.phasemap.chart.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;

/**
 * Serves the dashboard until it is closed.
 *
 * <p>A connection keeps a thread while its request is read and its answer written: there are far
 * more of these than workers, and the JDK closes connections that take longer than {@link
 * JdkServer#READ_SECONDS} and {@link JdkServer#WRITE_SECONDS}. So slow clients hold nothing that
 * others need.
 */
public final class DashboardServer implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpServer server;
  private final ThreadPoolExecutor connections;
  private final Sweeps sweeps;
  private final Gate gate;

  /**
   * What is served, and to whom.
   *
   * @param roots results folders, or folders of them
   * @param host name or address of this machine to listen at; empty for loopback
   * @param names further names that requests may give this machine, as behind a proxy
   * @param port 0 for any that is free
   * @param token whether requests must bring one although only this machine can ask
   * @param limits of an answer's time, and of memory for the tables of all sweeps
   */
  public record Settings(
      List<String> roots,
      String host,
      List<String> names,
      int port,
      boolean token,
      Limits limits) {}

  private DashboardServer(
      HttpServer server, ThreadPoolExecutor connections, Sweeps sweeps, Gate gate) {
    this.server = server;
    this.connections = connections;
    this.sweeps = sweeps;
    this.gate = gate;
  }

  /**
   * Starts.
   *
   * @param announce gets the address to open, and the next one after it was used, where a token is
   *     wanted
   * @throws UserException if the port is taken, or the host or a folder is none
   */
  public static DashboardServer start(
      Settings settings, Configuration configuration, Targets targets, Consumer<String> announce) {
    InetAddress address = address(settings.host);
    Turns turns = new Turns();
    Sweeps sweeps = new Sweeps(settings.roots, configuration, targets, settings.limits, turns);
    int workers = 2 * Runtime.getRuntime().availableProcessors();
    Api api = new Api(sweeps, new Answers(workers, turns));
    // Whoever opens the page when it is announced finds most of it done.
    sweeps.prepare(new Preparation(sweeps, api));
    HttpServer server;
    try {
      server = JdkServer.listening(new InetSocketAddress(address, settings.port), BACKLOG);
    } catch (IOException e) {
      sweeps.close();
      throw new UserException(
          String.format(
              "--port: %d cannot be listened at (%s); allowed: a port that is free and that you may"
                  + " use, or 0 for any",
              settings.port, e instanceof BindException ? e.getMessage() : e.toString()),
          e);
    }
    String shown = settings.host.isEmpty() ? "127.0.0.1" : settings.host;
    String base =
        "http://"
            + (shown.contains(":") ? "[" + shown + "]" : shown)
            + ":"
            + server.getAddress().getPort();
    boolean locked = settings.token || !address.isLoopbackAddress();
    Gate gate = new Gate(hosts(settings), locked, path -> announce.accept(base + path));
    server.createContext("/", new Routes(gate, api));
    ThreadPoolExecutor connections = connections();
    server.setExecutor(connections);
    server.start();
    if (locked) {
      gate.announceLink();
    } else {
      announce.accept(base + "/");
    }
    return new DashboardServer(server, connections, sweeps, gate);
  }

  private static ThreadPoolExecutor connections() {
    return new ThreadPoolExecutor(
        0,
        JdkServer.CONNECTIONS,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "dashboard");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getAllByName(host.isEmpty() ? "127.0.0.1" : host)[0];
    } catch (UnknownHostException e) {
      throw new UserException(
          String.format(
              "--host: '%s' is not known; allowed: a name or an address of this machine", host),
          e);
    }
  }

  private static Set<String> hosts(Settings settings) {
    Set<String> hosts = new HashSet<>(LOOPBACK);
    if (!settings.host.isEmpty()) {
      hosts.add(bracketed(settings.host));
    }
    settings.names.forEach(name -> hosts.add(bracketed(name)));
    return hosts;
  }

  private static String bracketed(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.contains(":") ? "[" + lower + "]" : lower;
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Whether requests must bring a token. */
  public boolean isLocked() {
    return gate.isLocked();
  }

  @Override
  public void close() {
    server.stop(0);
    connections.shutdownNow();
    sweeps.close();
  }
}
