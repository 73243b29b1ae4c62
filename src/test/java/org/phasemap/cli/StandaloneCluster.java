package org.phasemap.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real Spark standalone cluster: a master and two workers, each a process, on loopback. */
final class StandaloneCluster implements AutoCloseable {
  /** Where the workers are. */
  static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();
  private final Map<String, Process> workers = new HashMap<>();

  /** Starts one and waits until both workers have registered. */
  StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    start(
        "master",
        "org.apache.spark.deploy.master.Master",
        List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    HOSTS.forEach(this::startWorker);
    awaitWorkers(HOSTS.size());
  }

  /** Kills a worker and starts another in its place. */
  void replaceWorker(String host) throws IOException, InterruptedException {
    long before = registered();
    Process worker = Objects.requireNonNull(workers.get(host));
    worker.destroyForcibly().waitFor();
    startWorker(host);
    awaitWorkers(before + 1);
  }

  /** Kills the executors that run now under a worker; how many there were. */
  long killExecutors(String host) {
    return Objects.requireNonNull(workers.get(host))
        .descendants()
        .filter(ProcessHandle::destroyForcibly)
        .count();
  }

  private void startWorker(String host) {
    workers.put(
        host,
        start(
            "worker-" + host,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                host,
                "--cores",
                "1",
                "--memory",
                "1500m",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("work-" + host).toString(),
                url())));
  }

  private void awaitWorkers(long wanted) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (registered() < wanted) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("no " + wanted + " workers within " + PATIENCE);
      }
      Thread.sleep(200);
    }
  }

  /** Workers that the master has seen. */
  private long registered() throws IOException {
    try (var lines = Files.lines(folder.resolve("master.log"))) {
      return lines.filter(line -> line.contains("Registering worker")).count();
    }
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  private Process start(String name, String mainClass, List<String> arguments) {
    Path home = Path.of("").toAbsolutePath();
    Path spark = home.resolve("target/app/spark");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("conf/jvm.options"));
    command.add("-Xmx256m");
    command.addAll(List.of("-cp", spark.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", spark.toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    Path log = folder.resolve(name + ".log");
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    try {
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
