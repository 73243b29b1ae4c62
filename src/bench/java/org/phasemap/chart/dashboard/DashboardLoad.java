package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Starts {@code phasemap serve} and asks it as people do: opens a sweep of 200,000 cells, changes
 * axes, sliders and filters; then fifty at once. Prints one line of JSON. The server is a process
 * of its own, so that its time and its memory are known.
 */
public final class DashboardLoad {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

  /** Questions of the commonest kind. */
  private static final int CHANGES = Integer.getInteger("phasemap.changes", 300);

  private static final int CLIENTS = 50;
  private static final Duration LASTING =
      Duration.ofSeconds(Integer.getInteger("phasemap.seconds", 30));

  private final Questions questions = new Questions();
  private final ServerProcess server;

  private DashboardLoad(ServerProcess server) {
    this.server = server;
  }

  /** Takes the folder where the sweep {@code large} is, and the command without its arguments. */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath();
    List<String> command = Arrays.asList(args).subList(1, args.length);
    Map<String, Object> figures = new LinkedHashMap<>();
    try (ServerProcess server = ServerProcess.start(command, root)) {
      new DashboardLoad(server).open(figures, "cold_");
      figures.put("exit_code", server.interrupt());
    }
    try (ServerProcess server = ServerProcess.start(command, root)) {
      DashboardLoad load = new DashboardLoad(server);
      figures.put("start_s", server.startSeconds());
      long start = System.nanoTime();
      server.awaitIdle();
      figures.put("prepared_s", milliseconds(start) / 1000 - ServerProcess.QUIET_SECONDS);
      load.open(figures, "");
      if (!Boolean.getBoolean("phasemap.without.browser")) {
        DashboardDrawing.measure(figures, server.address());
      }
      load.measure(figures);
    }
    figures.put(
        "load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.println(new ObjectMapper().writeValueAsString(figures));
  }

  /** As the page does: the list, the sweep, its map. */
  private void open(Map<String, Object> figures, String prefix) {
    long start = System.nanoTime();
    get("/api/sweeps");
    figures.put(prefix + "list_ms", milliseconds(start));
    get("/api/s/large");
    figures.put(prefix + "overview_ms", milliseconds(start));
    long bytes = get("/api/s/large/map?x=sigma_multiplier&y=depth&quantity=ln_gradient_gain&view=mean&facet=activation");
    figures.put(prefix + "map_ms", milliseconds(start));
    figures.put("map_kilobytes", bytes / 1000);
  }

  private void measure(Map<String, Object> figures) throws Exception {
    add(figures, "warm_up", CHANGES / 5, questions::map);
    add(figures, "map", CHANGES, questions::map);
    add(figures, "slice", CHANGES / 3, questions::slice);
    add(figures, "agreement", CHANGES / 5, questions::agreement);
    add(figures, "cell", CHANGES / 5, questions::cell);
    figures.put("one_client_megabytes", server.megabytes("VmHWM"));
    clients(figures);
    figures.put("most_megabytes", server.megabytes("VmHWM"));
    figures.put("heap_megabytes", server.heapMegabytes());
    figures.put("resident_megabytes", server.megabytes("VmRSS"));
  }

  private long get(String question) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.address() + question.substring(1)))
              .header("Accept-Encoding", "gzip, zstd")
              .timeout(Duration.ofSeconds(60))
              .build();
      HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        String said = new String(answer.body(), StandardCharsets.UTF_8);
        throw new IllegalStateException(answer.statusCode() + " " + said + " " + question);
      }
      return answer.body().length;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(question, e);
    }
  }

  private static double milliseconds(long start) {
    return (System.nanoTime() - start) * 1e-6;
  }

  private void add(
      Map<String, Object> figures, String name, int count, Supplier<String> questions)
      throws IOException {
    double[] times = new double[count];
    double processor = server.processorSeconds();
    for (int i = 0; i < count; i++) {
      String question = "/api/s/large" + questions.get();
      long start = System.nanoTime();
      get(question);
      times[i] = milliseconds(start);
    }
    Arrays.sort(times);
    figures.put(name + "_p50_ms", times[count / 2]);
    figures.put(name + "_p95_ms", times[(int) Math.ceil(0.95 * count) - 1]);
    figures.put(
        name + "_processor_ms", 1000 * (server.processorSeconds() - processor) / count);
  }

  private void clients(Map<String, Object> figures) throws InterruptedException {
    AtomicLong errors = new AtomicLong();
    List<Double> times = Collections.synchronizedList(new ArrayList<>());
    long end = System.nanoTime() + LASTING.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      boolean slices = i % 2 == 0;
      threads.add(
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  try {
                    long start = System.nanoTime();
                    get("/api/s/large" + (slices ? questions.slice() : questions.map()));
                    times.add(milliseconds(start));
                  } catch (IllegalStateException e) {
                    System.err.println(e.getMessage());
                    errors.incrementAndGet();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    times.sort(null);
    figures.put("clients_answers", times.size());
    figures.put("clients_errors", errors.get());
    figures.put("clients_p50_ms", times.get(times.size() / 2));
    figures.put("clients_p95_ms", times.get((int) Math.ceil(0.95 * times.size()) - 1));
  }
}
