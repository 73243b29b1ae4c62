package org.phasemap.cli.regress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.dashboard.JdkServer;
import org.phasemap.cli.Ran;
import org.phasemap.sweep.SweptFolder;

/** A slot that is done is left alone. No session is started here: nothing is swept. */
class NightlyCommandTest {
  private static final String YAML =
      """
      name: night
      seed: 1
      replicates: 4
      network: {activation: relu, depth: 2, width: 4}
      inputs: {count: 2, dimension: 4}
      probes: [signal]
      """;

  @TempDir private Path folder = Path.of("");

  private Ran nightly(String slot) throws IOException {
    return nightly(slot, YAML);
  }

  private Ran nightly(String slot, String yaml, String... more) throws IOException {
    Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
    List<String> all = new ArrayList<>(List.of("nightly", spec.toString(), "--results"));
    all.addAll(List.of(folder.resolve("results").toString(), "--slot", slot));
    all.addAll(List.of(more));
    return Ran.of(all.toArray(String[]::new));
  }

  private String swept(String slot, String yaml) {
    String path = folder.resolve("results/night-" + slot).toString();
    SweptFolder.write(yaml.replace("name: night", "name: night-" + slot), path);
    return path;
  }

  @Test
  void aSecondTriggerOfASlotDoesNothingAndEndsAsTheFirst() throws IOException {
    String first = swept("2026-11-28", YAML);
    assertThat(Ran.of("baseline", "set", first, "night").exitCode()).isZero();
    assertThat(nightly("2026-11-28").out())
        .isEqualTo("night-2026-11-28: done before: equal bit for bit\n");

    String other = swept("2026-11-29", YAML.replace("count: 2", "count: 1"));
    assertThat(Ran.of("regress", "night", other).exitCode()).isEqualTo(3);
    String next = swept("2026-11-30", YAML.replace("seed: 1", "seed: 2"));
    int code = Ran.of("regress", "night", next).exitCode();
    Ran again = nightly("2026-11-30");

    assertThat(again.out()).startsWith("night-2026-11-30: done before: ");
    assertThat(again.exitCode()).isEqualTo(code);
    assertThat(folder.resolve("results/night-2026-11-30/report.html")).doesNotExist();
    assertThat(Ran.of("regress", "times", folder.resolve("results").toString()).out())
        .startsWith("night, microseconds_per_row: 1 run\n");
  }

  /** A night takes ten minutes: what its spec alone says must not wait for that. */
  @Test
  void aNightThatCouldNotBeComparedIsNotSwept() throws IOException {
    String first = swept("2026-11-28", YAML);
    assertThat(Ran.of("baseline", "set", first, "night").exitCode()).isZero();
    Map<String, String> said =
        Map.of(
            YAML.replace("count: 2", "count: 1"),
            "is of another spec (inputs.count: 2, now 1)",
            YAML.replace("depth: 2", "depth: 3"),
            "(1 of the baseline's cells and 4 of its rows are not in the spec)",
            YAML.replace("replicates: 4", "replicates: 2"),
            "(0 of the baseline's cells and 2 of its rows are not in the spec)");

    for (Map.Entry<String, String> night : said.entrySet()) {
      Ran ran = nightly("2026-11-29", night.getKey());

      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(3);
      assertThat(ran.out())
          .startsWith("night-2026-11-29 against night-2026-11-28: incomparable\n")
          .contains(night.getValue(), "'phasemap baseline remove night' lets the next night be");
      assertThat(folder.resolve("results/night-2026-11-29")).doesNotExist();
    }
  }

  /** A scheduler that retries, of a night that cannot be compared and of one that can. */
  @Test
  void aChatIsToldOnceOfASlotThatIsTriggeredTwice() throws IOException {
    String first = swept("2026-11-28", YAML);
    assertThat(Ran.of("baseline", "set", first, "night").exitCode()).isZero();
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    HttpServer chat =
        JdkServer.listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    chat.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    chat.start();
    try {
      String address = "http://127.0.0.1:" + chat.getAddress().getPort() + "/";
      String told = Files.writeString(folder.resolve("webhook"), address).toString();
      String narrow = YAML.replace("depth: 2", "depth: 3");

      nightly("2026-11-29", narrow, "--webhook-file", told);
      assertThat(heard).hasSize(1).first().asString().contains("night-2026-11-29");
      nightly("2026-11-29", narrow, "--webhook-file", told);
      assertThat(heard).hasSize(1);
      String next = swept("2026-11-30", YAML);
      assertThat(Ran.of("regress", "night", next, "--webhook-file", told).exitCode()).isZero();
      assertThat(heard).as("it is good again").hasSize(2);
      assertThat(nightly("2026-11-30", YAML, "--webhook-file", told).out())
          .isEqualTo("night-2026-11-30: done before: equal bit for bit\n");
      assertThat(heard).hasSize(2);
    } finally {
      chat.stop(0);
    }
  }

  @Test
  void aBaselineThatHasChangedIsSaidBeforeSweeping() throws IOException {
    String first = swept("2026-11-28", YAML);
    assertThat(Ran.of("baseline", "set", first, "night").exitCode()).isZero();
    FileUtils.deleteDirectory(Path.of(first).toFile());
    swept("2026-11-28", YAML.replace("seed: 1", "seed: 2"));

    Ran ran = nightly("2026-11-29");

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.err()).contains("has changed since it became the baseline night");
    assertThat(folder.resolve("results/night-2026-11-29")).doesNotExist();
  }

  /** Of a mistake that {@code sweep} alone finds, before it starts a session. */
  @Test
  void aSlotIsSweptByTheSweepCommand() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            YAML.replace("width: 4", "width: 4, init: critical").replace("relu", "softplus"));

    Ran ran = Ran.of("nightly", spec.toString(), "--results", folder.resolve("r").toString());

    assertThat(ran.err()).isEqualTo(Ran.of("sweep", spec.toString()).err()).contains("softplus");
    assertThat(ran.exitCode()).isEqualTo(2);
  }

  @Test
  void mistakesAreOneMessage() throws IOException {
    assertThat(nightly("yesterday").err())
        .isEqualTo(
            "phasemap: --slot: yesterday is not allowed; allowed: a day such as 2026-11-30\n");
    assertThat(Ran.of("nightly", "none.yaml").err()).contains("none.yaml: no such file");
    assertThat(Ran.of("nightly", "none.yaml", "--keep", "0").err())
        .contains("--keep: 0 is not allowed; allowed: 1 or more");
  }
}
