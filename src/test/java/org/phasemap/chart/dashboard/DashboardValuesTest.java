package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.activation.Activations;
import org.phasemap.query.SweepFolder;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/** Every answer against SQL over the files themselves, or another formula. */
class DashboardValuesTest {
  /**
   * Half a unit of the fifth digit, which is the last that charts have, of a number that begins
   * with 1.
   */
  private static final double ROUNDED = 5.001e-5;

  private static final Map<String, List<String>> FILES = new LinkedHashMap<>();

  @TempDir private static Path folder = Path.of("");
  private static @Nullable Served opened;
  private static @Nullable Connection sql;

  @BeforeAll
  static void serve() throws Exception {
    Path tables = Files.createDirectories(folder.resolve("tables"));
    FILES.putAll(SyntheticSweep.write(tables));
    Path root = folder.resolve("results");
    SweepFolder.write(root.resolve("Big Sweep"), FILES);
    Path other = Files.createDirectories(folder.resolve("other"));
    SweepFolder.write(
        root.resolve("other"),
        SyntheticSweep.vary(FILES, other, "depth < 40", Map.of("ln_q_mean", "ln_q_mean + 0.5")));
    opened = new Served(root);
    sql = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = sql.createStatement()) {
      for (Map.Entry<String, List<String>> table : FILES.entrySet()) {
        statement.execute(
            "create view "
                + table.getKey()
                + " as select * from '"
                + table.getValue().get(0)
                + "'");
      }
    }
  }

  @AfterAll
  static void end() throws Exception {
    served().close();
    Objects.requireNonNull(sql).close();
  }

  private static Served served() {
    return Objects.requireNonNull(opened);
  }

  /** The rows of a question, asked of the files. */
  private static List<List<@Nullable Object>> rows(String question) throws Exception {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (var statement = Objects.requireNonNull(sql).createStatement();
        ResultSet results = statement.executeQuery(question)) {
      while (results.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
          Object value = results.getObject(i);
          row.add(value instanceof Number number ? (Object) number.doubleValue() : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Columns of a chart against rows of the files. */
  private static void assertRows(JsonNode chart, List<String> columns, String question)
      throws Exception {
    List<List<@Nullable Object>> expected = rows(question);
    assertThat(expected).isNotEmpty();
    for (int c = 0; c < columns.size(); c++) {
      List<@Nullable Object> found = Served.column(chart, columns.get(c));
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        Object wanted = expected.get(i).get(c);
        if (wanted instanceof Double number && Double.isFinite(number)) {
          assertThat((Double) found.get(i))
              .as("%s of row %d", columns.get(c), i)
              .isCloseTo(number, within(ROUNDED * Math.max(Math.abs(number), 1e-300)));
        } else if (wanted instanceof Double) {
          assertThat(found.get(i)).isNull();
        } else {
          assertThat(found.get(i)).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void listsSweepsWithWhatTheirManifestsSay() throws Exception {
    JsonNode sweeps = served().sweeps();
    assertThat(sweeps).hasSize(2);
    JsonNode big = sweeps.get(0);
    assertThat(big.get("id").asText()).isEqualTo("big-sweep");
    assertThat(big.get("name").asText()).isEqualTo("Big Sweep");
    assertThat(big.get("state").asText()).isEqualTo("complete");
    assertThat(big.get("cells").asDouble()).isEqualTo(one("select count(*) from cells"));
    assertThat(big.get("replicates").asDouble()).isEqualTo(one("select count(*) from replicates"));
    assertThat(big.get("failed_cells").asInt()).isZero();
    assertThat(big.get("bytes").asLong())
        .isEqualTo(
            Files.size(Path.of(Objects.requireNonNull(FILES.get("cells")).get(0)))
                + Files.size(Path.of(Objects.requireNonNull(FILES.get("replicates")).get(0))));
  }

  private static double one(String question) throws Exception {
    return (Double) Objects.requireNonNull(rows(question).get(0).get(0));
  }

  @Test
  void saysWhichAxesAndQuantitiesThereAre() throws Exception {
    JsonNode overview = served().json("s/big-sweep");
    Map<String, JsonNode> axes = new LinkedHashMap<>();
    overview.get("axes").forEach(axis -> axes.put(axis.get("column").asText(), axis));
    for (String column : List.of("activation", "depth", "sigma_multiplier", "keep_probability")) {
      double wanted =
          one("select count(distinct " + column + ") from cells where task = 'propagation'");
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
    assertThat(served().json("s/big-sweep?task=training").get("task").asText())
        .isEqualTo("training");
  }

  @Test
  void aMapHasTheCellsOfItsPlane() throws Exception {
    JsonNode map =
        served().json("s/big-sweep/map?quantity=ln_q&activation=tanh&keep_probability=0.5");
    assertRows(
        map,
        List.of("cell_id", "x", "y", "value", "error", "n", "theory", "expected", "band", "z"),
        "select cell_id, sigma_multiplier, depth, ln_q_mean, ln_q_se, ln_q_count, theory_ln_q,"
            + " expected_ln_q, expected_ln_q_sd, z_ln_q from cells where activation = 'tanh'"
            + " and keep_probability = 0.5 and task = 'propagation'"
            + " order by depth, sigma_multiplier");
    assertThat(map.get("left_out")).isEmpty();
    assertThat(map.get("at")).isEmpty();
  }

  @Test
  void aMapShowsTheFirstValueOfOtherAxesAndSaysWhatItLeavesOut() throws Exception {
    JsonNode map = served().json("s/big-sweep/map?quantity=ln_q&x=sigma_w2&y=depth");
    assertThat(map.get("at").get("activation").asText()).isEqualTo("gelu");
    assertThat(map.get("at").get("keep_probability").asDouble()).isEqualTo(1);
    double total = one("select count(*) from cells where task = 'propagation'");
    assertThat(map.get("total").asDouble()).isEqualTo(total);
    double left = 0;
    for (JsonNode reason : map.get("left_out")) {
      left += reason.get("cells").asDouble();
    }
    assertThat(left + map.get("shown").asDouble()).isEqualTo(total);
  }

  @Test
  void facetsSplitAMapAndAnyTwoAxesMakeOne() throws Exception {
    assertRows(
        served()
            .json(
                "s/big-sweep/map?quantity=c&x=activation&y=depth&facet=keep_probability&sigma_multiplier=1"),
        List.of("facet0", "y", "x", "value"),
        "select keep_probability, depth, activation, c_mean from cells where task = 'propagation'"
            + " and sigma_multiplier = 1 order by 1, 2, 3");
  }

  @Test
  void rangesAndListsFilter() throws Exception {
    assertRows(
        served()
            .json(
                "s/big-sweep/map?quantity=c&activation=relu&keep_probability=1&depth=8..24&sigma_multiplier=0.5%7C1%7C2"),
        List.of("cell_id", "value"),
        "select cell_id, c_mean from cells where task = 'propagation' and activation = 'relu' and"
            + " keep_probability = 1 and depth between 8 and 24 and sigma_multiplier in (0.5, 1, 2)"
            + " order by depth, sigma_multiplier");
  }

  @Test
  void differenceIsMeasuredMinusExpected() throws Exception {
    assertRows(
        served()
            .json(
                "s/big-sweep/map?quantity=ln_q&view=difference&activation=tanh&keep_probability=1"),
        List.of("value", "mean"),
        "select ln_q_mean - expected_ln_q, ln_q_mean from cells where activation = 'tanh' and"
            + " keep_probability = 1 and task = 'propagation' order by depth, sigma_multiplier");
  }

  @Test
  void anAverageOfCellsThatShareNumbersHasTheLargestErrorItMayHave() throws Exception {
    assertRows(
        served()
            .json(
                "s/big-sweep/map?quantity=c&x=activation&y=depth&average=sigma_multiplier,keep_probability"),
        List.of("value", "error", "cells", "n"),
        "select avg(c_mean), avg(c_se), count(*), sum(c_count) from cells"
            + " where task = 'propagation' group by depth, activation order by depth, activation");
  }

  @Test
  void statesSayWhatBecameOfNetworks() throws Exception {
    assertRows(
        served().json("s/big-sweep/map?quantity=ln_q&activation=relu&keep_probability=1"),
        List.of("state"),
        "select case when finite = 8 then 'finite' when finite > 0 then 'partly_finite'"
            + " when exploded > 0 then 'exploded' else 'vanished' end from cells where"
            + " task = 'propagation' and activation = 'relu' and keep_probability = 1"
            + " order by depth, sigma_multiplier");
  }

  @Test
  void slicesAreCurves() throws Exception {
    JsonNode slice =
        served()
            .json(
                "s/big-sweep/slice?x=sigma_multiplier&by=depth&quantity=c&activation=tanh&keep_probability=1");
    assertThat(slice.get("series")).hasSize(SyntheticSweep.DEPTHS.size());
    for (JsonNode series : slice.get("series")) {
      List<List<@Nullable Object>> wanted =
          rows(
              "select sigma_multiplier, c_mean from cells where task = 'propagation' and activation"
                  + " = 'tanh' and keep_probability = 1 and depth = "
                  + series.get("by").asInt()
                  + " order by 1");
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(series.get("columns").get("x").get(i).asDouble())
            .isEqualTo(wanted.get(i).get(0));
        assertThat(series.get("columns").get("mean").get(i).asDouble())
            .isCloseTo((Double) Objects.requireNonNull(wanted.get(i).get(1)), within(ROUNDED));
      }
    }
  }

  @Test
  void agreementCountsItsScores() throws Exception {
    JsonNode agreement = served().json("s/big-sweep/agreement?quantity=ln_q&activation=tanh");
    String cells = " from cells where task = 'propagation' and activation = 'tanh'";
    List<@Nullable Object> wanted =
        rows("select count(z_ln_q), avg((abs(z_ln_q) <= 2)::int) filter (where z_ln_q is not null),"
                + " avg(z_ln_q), stddev_samp(z_ln_q)"
                + cells)
            .get(0);
    List<String> names = List.of("n", "within_2", "mean", "sd");
    for (int i = 0; i < names.size(); i++) {
      assertThat(agreement.get(names.get(i)).asDouble())
          .isCloseTo((Double) Objects.requireNonNull(wanted.get(i)), within(1e-4));
    }
    assertThat(agreement.get("worst").get(0).get("cell_id").asText())
        .isEqualTo(
            rows("select cell_id"
                    + cells
                    + " order by abs(z_ln_q) desc nulls last, cell_id limit 1")
                .get(0)
                .get(0));
    // sup |F_n − Φ|, with Φ by a quadrature of its own.
    double ks = 0;
    List<List<@Nullable Object>> scores =
        rows("select z_ln_q" + cells + " and z_ln_q is not null order by 1");
    for (int i = 0; i < scores.size(); i++) {
      double p = normal((Double) Objects.requireNonNull(scores.get(i).get(0)));
      ks = Math.max(ks, Math.max(p - (double) i / scores.size(), (i + 1.0) / scores.size() - p));
    }
    assertThat(agreement.get("ks").asDouble()).isCloseTo(ks, within(1e-4));
    double inBins =
        agreement.get("histogram").get("below").asDouble()
            + agreement.get("histogram").get("above").asDouble();
    for (JsonNode count : agreement.get("histogram").get("counts")) {
      inBins += count.asDouble();
    }
    assertThat(inBins).isEqualTo(wanted.get(0));
  }

  /** Φ by Simpson's rule from −9, whose error here is far below 1e-9. */
  private static double normal(double z) {
    double end = Math.max(-9, Math.min(9, z));
    int steps = 2_000;
    double h = (end + 9) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = -9 + i * h;
      sum += Math.exp(-x * x / 2) * (i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4);
    }
    return sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @Test
  void parallelCoordinatesHaveEveryCell() throws Exception {
    assertRows(
        served().json("s/big-sweep/parallel?quantity=c&axes=depth,activation&keep_probability=1"),
        List.of("cell_id", "depth", "activation", "value"),
        "select cell_id, depth, activation, c_mean from cells where task = 'propagation'"
            + " and keep_probability = 1 order by cell_id");
  }

  @Test
  void aCollapseIsOverTheScaleOfEachLaw() throws Exception {
    JsonNode collapse =
        served()
            .json(
                "s/big-sweep/collapse?quantity=ln_q&scale=xi_c&activation=tanh&keep_probability=1");
    List<@Nullable Object> ids = Served.column(collapse, "cell_id");
    List<@Nullable Object> xs = Served.column(collapse, "x");
    assertThat(ids).hasSizeGreaterThan(50);
    for (int i = 0; i < ids.size(); i += 17) {
      List<@Nullable Object> cell =
          rows("select depth, sigma_w2 from cells where cell_id = '" + ids.get(i) + "'").get(0);
      PhasePoint point =
          PhasePoint.of(
              new LayerLaw(
                  Activations.parse("tanh"), (Double) Objects.requireNonNull(cell.get(1)), 0));
      double wanted = (Double) Objects.requireNonNull(cell.get(0)) / point.xiC();
      assertThat((Double) xs.get(i)).isCloseTo(wanted, within(ROUNDED * wanted));
    }
    // The same from the numbers that were sent, one phase at a time, cells of a place by their ids.
    List<@Nullable Object> values = Served.column(collapse, "value");
    List<@Nullable Object> phases = Served.column(collapse, "phase");
    List<String> scored = new ArrayList<>();
    for (JsonNode quality : collapse.get("quality")) {
      String phase = quality.get("phase").asText();
      scored.add(phase);
      double[] byPlace =
          IntStream.range(0, ids.size())
              .boxed()
              .filter(i -> phase.equals(phases.get(i)))
              .sorted(Comparator.comparingDouble(i -> (Double) Objects.requireNonNull(xs.get(i))))
              .mapToDouble(i -> (Double) Objects.requireNonNull(values.get(i)))
              .toArray();
      assertThat(quality.get("cells").asInt()).isEqualTo(byPlace.length);
      // Places were sent with five digits: where two are one, their order may be another.
      assertThat(quality.get("collapsed").asDouble()).isCloseTo(neumann(byPlace), within(2e-3));
    }
    assertThat(scored).containsExactly("ordered", "chaotic");
  }

  /** 1 − half of the mean squared step over the variance. */
  private static double neumann(double[] values) {
    double steps = 0;
    for (int i = 1; i < values.length; i++) {
      steps += Math.pow(values[i] - values[i - 1], 2);
    }
    return 1 - steps / 2 / (StatUtils.populationVariance(values) * values.length);
  }

  @Test
  void aCellHasItsNumbersLayersAndNetworks() throws Exception {
    String id =
        (String)
            Objects.requireNonNull(
                rows("select cell_id from cells where activation = 'tanh' and depth = 16 and"
                        + " sigma_multiplier = 1 and keep_probability = 1 and task ="
                        + " 'propagation'")
                    .get(0)
                    .get(0));
    JsonNode cell = served().json("s/big-sweep/cell/" + id);
    assertThat(cell.get("configuration").get("depth").asInt()).isEqualTo(16);
    for (JsonNode row : cell.get("rows")) {
      String name = row.get("quantity").asText();
      assertThat(row.get("mean").asDouble())
          .isCloseTo(
              one("select " + name + "_mean from cells where cell_id = '" + id + "'"),
              within(1e-5));
    }
    assertThat(cell.get("profile").get("l")).hasSize(16);
    assertThat(cell.get("profile").get("q").get(7).asDouble())
        .isCloseTo(
            one("select avg(ln(profile_q[8])) from replicates where cell_id = '" + id + "'"),
            within(1e-3));
    JsonNode networks = served().json("s/big-sweep/replicates/" + id + "?quantity=ln_q");
    List<List<@Nullable Object>> wanted =
        rows("select ln_q from replicates where cell_id = '" + id + "' order by replicate");
    assertThat(networks.get("values")).hasSize(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(networks.get("values").get(i).asDouble())
          .isCloseTo((Double) Objects.requireNonNull(wanted.get(i).get(0)), within(1e-6));
    }
    assertThat(cell.get("replay").asText())
        .isEqualTo("jobs/phasemap replay RESULTS/Big Sweep " + id);
  }

  @Test
  void aTrainedCellHasItsLosses() throws Exception {
    String id =
        (String)
            Objects.requireNonNull(
                rows("select cell_id from cells where task = 'training' order by 1").get(0).get(0));
    JsonNode cell = served().json("s/big-sweep/cell/" + id);
    assertThat(cell.get("losses")).hasSize(2);
    assertThat(cell.get("profile").isNull()).isTrue();
  }

  @Test
  void twoSweepsDifferInStandardErrors() throws Exception {
    JsonNode compared =
        served()
            .json("compare?a=other&b=big-sweep&quantity=ln_q&activation=tanh&keep_probability=1");
    assertRows(
        compared,
        List.of("x", "y", "value", "a", "b"),
        "select sigma_multiplier, depth, 0.5 / (sqrt(2) * ln_q_se), ln_q_mean + 0.5, ln_q_mean from"
            + " cells where task = 'propagation' and activation = 'tanh' and keep_probability = 1"
            + " and depth < 40 order by depth, sigma_multiplier");
    assertThat(compared.get("left_out").toString()).contains("only the second sweep has them");
  }

  @Test
  void theEdgeOfChaosOfReluIsAtAMultiplierOfOne() throws Exception {
    JsonNode lines =
        served()
            .json(
                "s/big-sweep/lines?x=sigma_multiplier&y=depth&activation=relu&keep_probability=0.5");
    // p σ_w² = 2 with σ_w² = 2 m².
    assertThat(lines.get("edge").get(0).get(0).get(0).asDouble())
        .isCloseTo(Math.sqrt(2), within(1e-4));
    assertThat(lines.get("stable")).isNotEmpty();
    JsonNode across =
        served()
            .json(
                "s/big-sweep/lines?x=depth&y=sigma_multiplier&activation=relu&keep_probability=0.5");
    assertThat(across.get("edge").get(0).get(0).get(1).asDouble())
        .isCloseTo(Math.sqrt(2), within(1e-4));
    JsonNode masks =
        served().json("s/big-sweep/lines?x=sigma_w2&y=keep_probability&activation=relu&depth=8");
    for (JsonNode point : masks.get("edge").get(0)) {
      assertThat(point.get(0).asDouble() * point.get(1).asDouble()).isCloseTo(2, within(1e-3));
    }
    assertThat(served().json("s/big-sweep/lines?x=depth&y=width").get("edge")).isEmpty();
  }

  @Test
  void exportsHoldExactlyWhatIsShown() throws Exception {
    String chart = "chart=map&quantity=ln_q&activation=tanh&keep_probability=0.5";
    String csv = served().http.get("/api/s/big-sweep/export?format=csv&" + chart).text();
    List<List<@Nullable Object>> wanted =
        rows(
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
    RawHttp.Reply parquet = served().http.get("/api/s/big-sweep/export?format=parquet&" + chart);
    assertThat(parquet.header("content-disposition"))
        .isEqualTo("attachment; filename=\"big-sweep-map.parquet\"");
    Path file = folder.resolve("export.parquet");
    Files.write(file, parquet.body());
    assertThat(rows("select cell_id, value from '" + file + "'")).isEqualTo(wanted);
  }

  @Test
  void whatABrowserHasIsNotSentAgainAndHeadSendsNothing() {
    RawHttp http = served().http;
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
