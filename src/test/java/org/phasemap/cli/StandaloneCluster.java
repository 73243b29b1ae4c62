package org.phasemap.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Spark standalone cluster: a master and workers, each a process, on loopback. */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /** Starts one with two workers of a core each and waits until they have registered. */
  public StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this(folder, List.of("127.0.0.1", "127.0.0.2"), 1, List.of());
  }

  /**
   * Starts one and waits until all workers have registered.
   *
   * @param hosts of the workers, addresses of the loopback
   * @param cores of each worker
   * @param workerOptions of the workers' JVMs
   */
  public StandaloneCluster(Path folder, List<String> hosts, int cores, List<String> workerOptions)
      throws IOException, InterruptedException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path log =
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of(),
            List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    for (String host : hosts) {
      start(
          "worker-" + host,
          "org.apache.spark.deploy.worker.Worker",
          workerOptions,
          List.of(
              "--host",
              host,
              "--cores",
              "" + cores,
              "--memory",
              "1500m",
              "--webui-port",
              "0",
              "--work-dir",
              folder.resolve("work-" + host).toString(),
              url()));
    }
    Instant deadline = Instant.now().plus(PATIENCE);
    while (count(log, "Registering worker") < hosts.size()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not all workers within " + PATIENCE + ": " + log);
      }
      Thread.sleep(200);
    }
  }

  /** What {@code --master} takes. */
  public String url() {
    return "spark://127.0.0.1:" + port;
  }

  private Path start(String name, String mainClass, List<String> options, List<String> arguments)
      throws IOException {
    Path home = Path.of("").toAbsolutePath();
    Path spark = home.resolve("target/app/spark");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("conf/jvm.options"));
    command.add("-Xmx256m");
    command.addAll(options);
    command.addAll(List.of("-cp", spark.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", spark.toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    processes.add(builder.start());
    return log;
  }

  private static long count(Path log, String text) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
