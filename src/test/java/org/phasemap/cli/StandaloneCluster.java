package org.phasemap.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A real Spark standalone cluster: a master and workers, each a process, on loopback. */
public final class StandaloneCluster implements AutoCloseable {
  /** Where the workers are, unless a test says otherwise. */
  static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final Path spark;
  private final int port;
  private final int cores;
  private final List<String> workerOptions;
  private final List<Process> processes = new ArrayList<>();
  private final Map<String, Process> workers = new HashMap<>();

  /** Starts one with two workers of a core each and waits until they have registered. */
  public StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this(folder, HOSTS, 1, List.of());
  }

  /** The same of another version of Spark, in a folder with {@code jars}. */
  StandaloneCluster(Path folder, Path spark) throws IOException, InterruptedException {
    this(folder, spark, HOSTS, 1, List.of());
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
    this(folder, Path.of("target/app/spark").toAbsolutePath(), hosts, cores, workerOptions);
  }

  private StandaloneCluster(
      Path folder, Path spark, List<String> hosts, int cores, List<String> workerOptions)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.spark = spark;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    this.cores = cores;
    this.workerOptions = workerOptions;
    start(
        "master",
        "org.apache.spark.deploy.master.Master",
        List.of("-Dspark.deploy.maxExecutorRetries=-1"),
        List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    for (String host : hosts) {
      startWorker(host);
    }
    awaitWorkers(hosts.size());
  }

  /** Kills a worker and starts another in its place. */
  void replaceWorker(String host) throws IOException, InterruptedException {
    long before = registered();
    Objects.requireNonNull(workers.get(host)).destroyForcibly().waitFor();
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

  /** Process numbers of the executors that run now under a worker. */
  public List<Long> executors(String host) {
    return Objects.requireNonNull(workers.get(host)).descendants().map(ProcessHandle::pid).toList();
  }

  private void startWorker(String host) throws IOException {
    workers.put(
        host,
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
                url())));
  }

  private void awaitWorkers(long wanted) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (registered() < wanted) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not all workers within " + PATIENCE);
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

  /** Runs a sweep with a wave a second in it; more arguments are the sweep's. */
  Launched sweep(Path log, Path spec, Path results, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--master", url(), "sweep", "" + spec));
    arguments.addAll(List.of("--results", "" + results));
    arguments.addAll(List.of(more));
    arguments.add("--");
    for (String property :
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.executor.memory=1g",
            "spark.phasemap.wave.seconds=1")) {
      arguments.addAll(List.of("--conf", property));
    }
    return Launched.phasemap(log, arguments.toArray(String[]::new));
  }

  /** Ends the application that runs, as a click in the master's web UI does. */
  void endApplication() throws IOException, InterruptedException {
    String log = Files.readString(folder.resolve("master.log"));
    String body = "terminate=true&id=" + last(log, "with ID (app-\\S+)");
    String port = last(log, "'MasterUI' on port (\\d+)");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/app/kill/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }

  private static String last(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new IllegalStateException(text));
  }

  /** What {@code --master} takes. */
  public String url() {
    return "spark://127.0.0.1:" + port;
  }

  private Process start(String name, String mainClass, List<String> options, List<String> arguments)
      throws IOException {
    Path home = Path.of("").toAbsolutePath();
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
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    kill();
  }

  /** Kills the master, the workers and their executors. */
  void kill() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
