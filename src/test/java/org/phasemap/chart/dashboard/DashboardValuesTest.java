package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The list, the axes, the lines and the files of a sweep against SQL over its own files, or another
 * formula.
 */
@ExtendWith(ServedSweep.Once.class)
class DashboardValuesTest {
  private final ServedSweep sweep;

  DashboardValuesTest(ServedSweep sweep) {
    this.sweep = sweep;
  }

  @Test
  void listsSweepsWithWhatTheirManifestsSay() throws Exception {
    JsonNode sweeps = sweep.served().sweeps();
    assertThat(sweeps).hasSize(2);
    JsonNode big = sweeps.get(0);
    assertThat(big.get("id").asText()).isEqualTo("big-sweep");
    assertThat(big.get("name").asText()).isEqualTo("Big Sweep");
    assertThat(big.get("state").asText()).isEqualTo("complete");
    assertThat(big.get("cells").asDouble()).isEqualTo(sweep.one("select count(*) from cells"));
    assertThat(big.get("replicates").asDouble())
        .isEqualTo(sweep.one("select count(*) from replicates"));
    assertThat(big.get("failed_cells").asInt()).isZero();
    assertThat(big.get("bytes").asLong())
        .isEqualTo(
            Files.size(Path.of(Objects.requireNonNull(sweep.files().get("cells")).get(0)))
                + Files.size(
                    Path.of(Objects.requireNonNull(sweep.files().get("replicates")).get(0))));
  }

  @Test
  void saysWhichAxesAndQuantitiesThereAre() throws Exception {
    JsonNode overview = sweep.served().json("s/big-sweep");
    Map<String, JsonNode> axes = new LinkedHashMap<>();
    overview.get("axes").forEach(axis -> axes.put(axis.get("column").asText(), axis));
    for (String column : List.of("activation", "depth", "sigma_multiplier", "keep_probability")) {
      double wanted =
          sweep.one("select count(distinct " + column + ") from cells where task = 'propagation'");
      JsonNode axis = Objects.requireNonNull(axes.get(column));
      assertThat(axis.get("count").asDouble()).as(column).isEqualTo(wanted);
      assertThat(axis.get("values")).hasSize((int) wanted);
    }
    assertThat(axes).doesNotContainKeys("batch_size", "task", "cell_id");
    List<String> quantities = new ArrayList<>();
    overview.get("quantities").forEach(q -> quantities.add(q.get("id").asText()));
    assertThat(quantities).contains("ln_q", "c", "ln_gradient_gain").doesNotContain("p_trained");
    assertThat(overview.get("plane").get("x").asText()).isEqualTo("sigma_multiplier");
    assertThat(overview.get("plane").get("y").asText()).isEqualTo("depth");
    assertThat(overview.toString()).doesNotContain("/srv/secret");
    assertThat(sweep.served().json("s/big-sweep?task=training").get("task").asText())
        .isEqualTo("training");
  }

  @Test
  void theEdgeOfChaosOfReluIsAtAMultiplierOfOne() throws Exception {
    JsonNode lines =
        sweep
            .served()
            .json(
                "s/big-sweep/lines?x=sigma_multiplier&y=depth&activation=relu&keep_probability=0.5");
    // p σ_w² = 2 with σ_w² = 2 m².
    assertThat(lines.get("edge").get(0).get(0).get(0).asDouble())
        .isCloseTo(Math.sqrt(2), within(1e-4));
    assertThat(lines.get("stable")).isNotEmpty();
    JsonNode across =
        sweep
            .served()
            .json(
                "s/big-sweep/lines?x=depth&y=sigma_multiplier&activation=relu&keep_probability=0.5");
    assertThat(across.get("edge").get(0).get(0).get(1).asDouble())
        .isCloseTo(Math.sqrt(2), within(1e-4));
    JsonNode masks =
        sweep
            .served()
            .json("s/big-sweep/lines?x=sigma_w2&y=keep_probability&activation=relu&depth=8");
    for (JsonNode point : masks.get("edge").get(0)) {
      assertThat(point.get(0).asDouble() * point.get(1).asDouble()).isCloseTo(2, within(1e-3));
    }
    assertThat(sweep.served().json("s/big-sweep/lines?x=depth&y=width").get("edge")).isEmpty();
  }

  @Test
  void exportsHoldExactlyWhatIsShown() throws Exception {
    String chart = "chart=map&quantity=ln_q&activation=tanh&keep_probability=0.5";
    String csv = sweep.served().http.get("/api/s/big-sweep/export?format=csv&" + chart).text();
    List<List<@Nullable Object>> wanted =
        sweep.rows(
            "select cell_id, ln_q_mean from cells where task = 'propagation' and activation ="
                + " 'tanh' and keep_probability = 0.5 order by depth, sigma_multiplier");
    String[] lines = csv.split("\r\n", -1);
    assertThat(lines[0]).startsWith("cell_id,x,y,value,error,n,");
    assertThat(lines).hasSize(wanted.size() + 2);
    for (int i = 0; i < wanted.size(); i++) {
      String[] fields = lines[i + 1].split(",", -1);
      assertThat(fields[0]).isEqualTo(wanted.get(i).get(0));
      // Every digit: not the rounded ones of the page.
      assertThat(fields[3])
          .isEqualTo(wanted.get(i).get(1) == null ? "" : String.valueOf(wanted.get(i).get(1)));
    }
    RawHttp.Reply parquet =
        sweep.served().http.get("/api/s/big-sweep/export?format=parquet&" + chart);
    assertThat(parquet.header("content-disposition"))
        .isEqualTo("attachment; filename=\"big-sweep-map.parquet\"");
    Path file = sweep.folder().resolve("export.parquet");
    Files.write(file, parquet.body());
    assertThat(sweep.rows("select cell_id, value from '" + file + "'")).isEqualTo(wanted);
  }

  @Test
  void whatABrowserHasIsNotSentAgainAndHeadSendsNothing() {
    RawHttp http = sweep.served().http;
    RawHttp.Reply first = http.get("/api/s/big-sweep/map?quantity=c");
    RawHttp.Reply again =
        http.get("/api/s/big-sweep/map?quantity=c", "If-None-Match: " + first.header("etag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(http.get("/api/s/big-sweep/map?quantity=ln_q").header("etag"))
        .isNotEqualTo(first.header("etag"));
    RawHttp.Reply head = http.request("HEAD", "/api/s/big-sweep/map?quantity=c");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("content-length")).isEqualTo(String.valueOf(first.body().length));
    RawHttp.Reply packed = http.get("/api/s/big-sweep/map?quantity=c", "Accept-Encoding: gzip");
    assertThat(packed.header("content-encoding")).isEqualTo("gzip");
    assertThat(packed.body().length).isLessThan(first.body().length / 2);
    assertThat(new String(first.body(), StandardCharsets.UTF_8)).startsWith("{\"revision\":2");
  }
}
