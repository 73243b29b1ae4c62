package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.chart.dashboard.Targets.Target;
import org.phasemap.query.LargeSweep;
import org.phasemap.query.Limits;

/**
 * Asks a dashboard of 200,000 cells as people do: opens it, changes axes, sliders and filters; then
 * fifty at once. Prints one line of JSON. Every question is new to the server.
 */
public final class DashboardLoad {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

  /** Questions of the commonest kind. */
  private static final int CHANGES = Integer.getInteger("phasemap.changes", 300);

  private static final int CLIENTS = 50;
  private static final Duration LASTING =
      Duration.ofSeconds(Integer.getInteger("phasemap.seconds", 30));

  private final String base;
  private final Random random = new Random(1);

  private DashboardLoad(String base) {
    this.base = base;
  }

  /** Takes the folder where the sweep is, or is made. */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath();
    LargeSweep.write(root.resolve("large"));
    Limits limits = new Limits(Duration.ofSeconds(20), 1_000);
    List<String> address = new ArrayList<>();
    try (DashboardServer server =
        DashboardServer.start(
            new DashboardServer.Settings(List.of(root.toString()), "", List.of(), 0, false, limits),
            new Configuration(),
            folder -> new Target(200_000, 1_600_000, 0),
            address::add)) {
      Map<String, Object> figures = new DashboardLoad(address.get(0) + "api/s/large").measure();
      System.out.println(new ObjectMapper().writeValueAsString(figures));
    }
  }

  private Map<String, Object> measure() throws Exception {
    Map<String, Object> figures = new LinkedHashMap<>();
    long start = System.nanoTime();
    get("");
    figures.put("overview_ms", milliseconds(start));
    start = System.nanoTime();
    long bytes = get("/map?x=sigma_multiplier&y=depth");
    figures.put("map_ms", milliseconds(start));
    figures.put("map_kilobytes", bytes / 1000);
    add(figures, "warm_up", CHANGES / 5, this::change);
    add(figures, "map", CHANGES, this::change);
    add(figures, "slice", CHANGES / 3, this::slice);
    add(figures, "agreement", CHANGES / 10, this::agreement);
    add(figures, "cell", CHANGES / 10, this::cell);
    clients(figures);
    figures.put("resident_megabytes", resident());
    return figures;
  }

  private long get(String question) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + question))
              .header("Accept-Encoding", "gzip")
              .timeout(Duration.ofSeconds(60))
              .build();
      HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            answer.statusCode()
                + " "
                + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)
                + " "
                + question);
      }
      return answer.body().length;
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(question, e);
    }
  }

  private static double milliseconds(long start) {
    return (System.nanoTime() - start) * 1e-6;
  }

  private void add(
      Map<String, Object> figures, String name, int count, Supplier<String> questions) {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      String question = questions.get();
      long start = System.nanoTime();
      get(question);
      times[i] = milliseconds(start);
    }
    java.util.Arrays.sort(times);
    figures.put(name + "_p50_ms", times[count / 2]);
    figures.put(name + "_p95_ms", times[(int) Math.ceil(0.95 * count) - 1]);
  }

  private <T> T one(List<T> of) {
    synchronized (random) {
      return of.get(random.nextInt(of.size()));
    }
  }

  private String range() {
    synchronized (random) {
      return "&depth=" + (1 + random.nextInt(60)) + ".." + (120 + random.nextInt(80));
    }
  }

  private String cells() {
    return "&quantity="
        + one(List.of("ln_q", "ln_gradient_gain", "ln_ntk_scale", "c"))
        + "&activation="
        + one(List.of("tanh", "relu"))
        + "&width="
        + one(List.of("256", "512"))
        + "&sigma_b2="
        + one(List.of("0", "0.05"));
  }

  private String change() {
    return one(
            List.of(
                "/map?x=sigma_multiplier&y=depth&view=mean",
                "/map?x=sigma_w2&y=depth&view=theory",
                "/map?x=sigma_multiplier&y=depth&view=difference",
                "/map?x=depth&y=sigma_multiplier&view=z"))
        + cells()
        + range();
  }

  private String slice() {
    return one(List.of("/slice?x=depth&by=sigma_multiplier", "/slice?x=sigma_multiplier&by=depth"))
        + cells()
        + range();
  }

  private String agreement() {
    return "/agreement?quantity=" + one(List.of("ln_q", "ln_gradient_gain")) + range();
  }

  private String cell() {
    String name =
        one(List.of("tanh", "relu"))
            + " "
            + one(List.of("0.0", "0.05"))
            + " "
            + one(List.of("256", "512"));
    int s;
    int l;
    synchronized (random) {
      s = random.nextInt(250);
      l = 1 + random.nextInt(100);
    }
    // As LargeSweep names them: 0.0 is 0.00 among decimals of two digits.
    String id = (name.replace(" 0.0 ", " 0.00 ") + " " + s + " " + l);
    return "/cell/" + md5(id).substring(0, 16);
  }

  private static String md5(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("MD5")
                  .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void clients(Map<String, Object> figures) throws InterruptedException {
    AtomicLong answers = new AtomicLong();
    AtomicLong errors = new AtomicLong();
    List<Double> times = java.util.Collections.synchronizedList(new ArrayList<>());
    long end = System.nanoTime() + LASTING.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  try {
                    long start = System.nanoTime();
                    get(one(List.of(change(), slice())));
                    times.add(milliseconds(start));
                    answers.incrementAndGet();
                  } catch (IllegalStateException e) {
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
    figures.put("clients_answers", answers.get());
    figures.put("clients_errors", errors.get());
    figures.put("clients_p50_ms", times.get(times.size() / 2));
    figures.put("clients_p95_ms", times.get((int) Math.ceil(0.95 * times.size()) - 1));
  }

  /** The most that this process had in memory, the clients included. */
  private static long resident() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
