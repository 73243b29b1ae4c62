package org.phasemap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.query.Query;
import org.phasemap.store.ResultsFolder;

class MetricsIT {
  /** Some cells have 2 replicates, some 8; two are too wide for a matrix and fail. */
  private static final String YAML =
      """
      name: metered
      seed: 5
      replicates: {min: 2, max: 8, until: {ln_q: 0.6}}
      sampler: dense
      probes: [signal, gradient]
      network:
        activation: [relu, tanh]
        depth: [2, 40]
        width: [64, 600000]
        sigma_multiplier: [0.5, 2]
      inputs: {count: 3, dimension: 20}
      """;

  private static final Pattern SAMPLE =
      Pattern.compile("(phasemap_\\w+)\\{(?:phase=\"(\\w+)\",)?sweep=\"metered\"} (\\S+)");

  @TempDir private Path folder = Path.of("");
  private int port;

  @BeforeEach
  void configure() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    System.setProperty("spark.master", "local[2,4]");
    System.setProperty(Metrics.PORT, Integer.toString(port));
    System.setProperty(MetricsFile.PROPERTY, folder.resolve("phasemap.prom").toString());
  }

  @AfterEach
  void clear() {
    for (String property : List.of("spark.master", Metrics.PORT, MetricsFile.PROPERTY)) {
      System.clearProperty(property);
    }
  }

  private Ran sweep() throws IOException {
    Path spec = Files.writeString(folder.resolve("spec.yaml"), YAML);
    return Ran.of("sweep", spec.toString(), "--results", folder.toString(), "--quiet");
  }

  /** Samples of the text format by name, and by phase where they have one. */
  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new HashMap<>();
    for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      String phase = sample.group(2) == null ? "" : " " + sample.group(2);
      samples.put(sample.group(1) + phase, Double.valueOf(sample.group(3)));
    }
    return samples;
  }

  private List<Map<String, Double>> scrapeUntil(CompletableFuture<Ran> sweep) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    List<Map<String, Double>> scraped = new ArrayList<>();
    while (!sweep.isDone()) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        scraped.add(samples(answer.body()));
        // What the file has at any moment is whole.
        samples(Files.readString(folder.resolve("phasemap.prom")));
      } catch (ConnectException e) {
        // Not started yet, or just ended: below it is asked for more than five answers.
      }
      Thread.sleep(20);
    }
    return scraped;
  }

  private double number(String expression) {
    try (Query query = Query.open(ResultsFolder.open(folder.resolve("metered").toString()))) {
      return query
          .rows("select " + expression.replaceFirst(" from", " as n from"))
          .row(0)
          .number("n");
    }
  }

  @Test
  void whatIsScrapedIsWhatTheTablesHave() throws Exception {
    CompletableFuture<Ran> sweep =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return sweep();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    List<Map<String, Double>> scraped = scrapeUntil(sweep);
    Map<String, Double> last = samples(Files.readString(folder.resolve("phasemap.prom")));

    assertThat(sweep.get().exitCode()).isEqualTo(1);
    double cells = number("count(*) from cells");
    double rows = number("count(*) from replicates");
    double failed = number("count(*) from replicates where status = 'failed'");
    assertThat(number("count(distinct replicates) from cells")).isGreaterThan(1);
    assertThat(failed).isPositive();
    assertThat(last)
        .containsEntry("phasemap_wanted_cells", cells)
        .containsEntry("phasemap_cells_total", cells)
        .containsEntry(
            "phasemap_cells_failed_total",
            number("count(distinct cell_id) from replicates where status = 'failed'"))
        .containsEntry("phasemap_wanted_replicates", rows)
        .containsEntry("phasemap_missing_replicates", 0.0)
        .containsEntry("phasemap_replicates_total", rows)
        .containsEntry("phasemap_replicates_failed_total", failed)
        .containsEntry("phasemap_replicates_committed_total", rows)
        .containsEntry("phasemap_cost_done_ratio", 1.0)
        .containsKeys(
            "phasemap_phase_seconds plan",
            "phasemap_phase_seconds session",
            "phasemap_phase_seconds waves",
            "phasemap_phase_seconds cells");
    assertThat(last.get("phasemap_waves_total")).isGreaterThanOrEqualTo(2);

    assertThat(scraped).hasSizeGreaterThan(5);
    for (String counter : last.keySet().stream().filter(n -> n.endsWith("_total")).toList()) {
      assertThat(scraped.stream().map(s -> s.get(counter)).toList()).as(counter).isSorted();
    }
    assertThat(scraped.stream().map(s -> s.get("phasemap_replicates_total")))
        .as("seen on its way")
        .anyMatch(done -> done > 0 && done < rows);
  }

  @Test
  void aPortThatIsTakenIsTheUsersMistake() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      System.setProperty(Metrics.PORT, Integer.toString(taken.getLocalPort()));
      Ran ran = sweep();

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("phasemap: " + Metrics.PORT + ": " + taken.getLocalPort())
          .contains("allowed: a free port");
    }
  }

  @Test
  void aPortOrFileThatCannotBeIsTheUsersMistake() throws IOException {
    System.setProperty(Metrics.PORT, "70000");
    assertThat(sweep().err())
        .isEqualTo(
            "phasemap: spark.phasemap.metrics.port: 70000 is not allowed; allowed: 0 to 65535, 0"
                + " for any that is free\n");
    System.setProperty(MetricsFile.PROPERTY, folder.resolve("none/phasemap.prom").toString());
    Ran ran = sweep();

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("phasemap: spark.phasemap.metrics.file: ")
        .contains("allowed: a file in a folder that is there");
  }
}
