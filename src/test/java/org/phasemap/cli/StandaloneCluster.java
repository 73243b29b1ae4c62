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

/** A real Spark standalone cluster: a master and two workers, each a process, on loopback. */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /** Starts one and waits until both workers have registered. */
  StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path log =
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    for (String host : List.of("127.0.0.1", "127.0.0.2")) {
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
              url()));
    }
    Instant deadline = Instant.now().plus(PATIENCE);
    while (count(log, "Registering worker") < 2) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("no two workers within " + PATIENCE + ": " + log);
      }
      Thread.sleep(200);
    }
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  private Path start(String name, String mainClass, List<String> arguments) throws IOException {
    Path home = Path.of("").toAbsolutePath();
    Path spark = home.resolve("target/app/spark");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("conf/jvm.options"));
    command.add("-Xmx256m");
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
