package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.phasemap.network.activation.Activations;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/** Charts of cells, one by one and all together, against SQL over the files or another formula. */
@ExtendWith(ServedSweep.Once.class)
class ChartValuesTest {
  private final ServedSweep sweep;

  ChartValuesTest(ServedSweep sweep) {
    this.sweep = sweep;
  }

  @Test
  void slicesAreCurves() throws Exception {
    JsonNode slice =
        sweep
            .served()
            .json(
                "s/big-sweep/slice?x=sigma_multiplier&by=depth&quantity=c&activation=tanh&keep_probability=1");
    assertThat(slice.get("series")).hasSize(SyntheticSweep.DEPTHS.size());
    for (JsonNode series : slice.get("series")) {
      List<List<@Nullable Object>> wanted =
          sweep.rows(
              "select sigma_multiplier, c_mean from cells where task = 'propagation' and activation"
                  + " = 'tanh' and keep_probability = 1 and depth = "
                  + series.get("by").asInt()
                  + " order by 1");
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(series.get("columns").get("x").get(i).asDouble())
            .isEqualTo(wanted.get(i).get(0));
        assertThat(series.get("columns").get("mean").get(i).asDouble())
            .isCloseTo(
                (Double) Objects.requireNonNull(wanted.get(i).get(1)), within(ServedSweep.ROUNDED));
      }
    }
  }

  /** Of a share ± says nothing where it is 0 or 1: the ends are Wilson's. */
  @Test
  void sharesHaveTheirOwnInterval() throws Exception {
    String chosen = "activation = 'relu' and depth = 8";
    JsonNode slice =
        sweep
            .served()
            .json(
                "s/big-sweep/slice?task=training&x=sigma_multiplier&quantity=p_trained&activation=relu&depth=8");
    JsonNode columns = slice.get("series").get(0).get("columns");
    List<List<@Nullable Object>> wanted =
        sweep.rows(
            "select p_trained, p_trained_low, p_trained_high from cells where task = 'training' and"
                + " "
                + chosen
                + " order by sigma_multiplier");
    List<String> names = List.of("mean", "low", "high");
    assertThat(wanted).isNotEmpty();
    for (int i = 0; i < wanted.size(); i++) {
      for (int c = 0; c < names.size(); c++) {
        assertThat(columns.get(names.get(c)).get(i).asDouble())
            .isCloseTo(
                (Double) Objects.requireNonNull(wanted.get(i).get(c)), within(ServedSweep.ROUNDED))
            .isBetween(0.0, 1.0);
      }
    }
  }

  /** An average of cells has 95 % in 1.96 standard errors to each side, as far as shares go. */
  @Test
  void averagesOfSharesHaveAnIntervalOfTheSameConfidence() throws Exception {
    JsonNode columns =
        sweep
            .served()
            .json(
                "s/big-sweep/slice?task=training&x=sigma_multiplier&quantity=p_trained&activation=relu&average=depth")
            .get("series")
            .get(0)
            .get("columns");
    assertThat(columns.get("mean")).isNotEmpty();
    for (int i = 0; i < columns.get("mean").size(); i++) {
      double mean = columns.get("mean").get(i).asDouble();
      double half = 1.959964 * columns.get("error").get(i).asDouble();
      assertThat(half).isPositive();
      assertThat(columns.get("low").get(i).asDouble())
          .isCloseTo(Math.max(0, mean - half), within(ServedSweep.ROUNDED));
      assertThat(columns.get("high").get(i).asDouble())
          .isCloseTo(Math.min(1, mean + half), within(ServedSweep.ROUNDED));
    }
  }

  @Test
  void aCollapseSaysOfEveryCellThatIsNotDrawnWhy() throws Exception {
    String asked = "s/big-sweep/collapse?quantity=ln_q&scale=xi_c&activation=relu";
    JsonNode collapse = sweep.served().json(asked);
    List<String> reasons = new ArrayList<>();
    long leftOut = 0;
    for (JsonNode left : collapse.get("left_out")) {
      reasons.add(left.get("reason").asText());
      leftOut += left.get("cells").asLong();
    }
    assertThat(collapse.get("shown").asLong() + leftOut).isEqualTo(collapse.get("total").asLong());
    // Without biases the correlations of relu approach 1 as a power of depth, at every σ.
    assertThat(reasons).contains("their scale is infinite, as at the edge of chaos");
  }

  @Test
  void agreementCountsItsScores() throws Exception {
    JsonNode agreement = sweep.served().json("s/big-sweep/agreement?quantity=ln_q&activation=tanh");
    String cells = " from cells where task = 'propagation' and activation = 'tanh'";
    List<@Nullable Object> wanted =
        sweep
            .rows(
                "select count(z_ln_q), avg((abs(z_ln_q) <= 2)::int) filter (where z_ln_q is not"
                    + " null), avg(z_ln_q), stddev_samp(z_ln_q)"
                    + cells)
            .get(0);
    List<String> names = List.of("n", "within_2", "mean", "sd");
    for (int i = 0; i < names.size(); i++) {
      assertThat(agreement.get(names.get(i)).asDouble())
          .isCloseTo((Double) Objects.requireNonNull(wanted.get(i)), within(1e-4));
    }
    assertThat(agreement.get("worst").get(0).get("cell_id").asText())
        .isEqualTo(
            sweep
                .rows(
                    "select cell_id"
                        + cells
                        + " order by abs(z_ln_q) desc nulls last, cell_id limit 1")
                .get(0)
                .get(0));
    // sup |F_n − Φ|, with Φ by a quadrature of its own.
    double ks = 0;
    List<List<@Nullable Object>> scores =
        sweep.rows("select z_ln_q" + cells + " and z_ln_q is not null order by 1");
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
    sweep.assertRows(
        sweep
            .served()
            .json("s/big-sweep/parallel?quantity=c&axes=depth,activation&keep_probability=1"),
        List.of("cell_id", "depth", "activation", "value"),
        "select cell_id, depth, activation, c_mean from cells where task = 'propagation'"
            + " and keep_probability = 1 order by cell_id");
  }

  @Test
  void aCollapseIsOverTheScaleOfEachLaw() throws Exception {
    JsonNode collapse =
        sweep
            .served()
            .json(
                "s/big-sweep/collapse?quantity=ln_q&scale=xi_c&activation=tanh&keep_probability=1");
    List<@Nullable Object> ids = Served.column(collapse, "cell_id");
    List<@Nullable Object> xs = Served.column(collapse, "x");
    assertThat(ids).hasSizeGreaterThan(50);
    for (int i = 0; i < ids.size(); i += 17) {
      List<@Nullable Object> cell =
          sweep
              .rows("select depth, sigma_w2 from cells where cell_id = '" + ids.get(i) + "'")
              .get(0);
      PhasePoint point =
          PhasePoint.of(
              new LayerLaw(
                  Activations.parse("tanh"), (Double) Objects.requireNonNull(cell.get(1)), 0));
      double wanted = (Double) Objects.requireNonNull(cell.get(0)) / point.xiC();
      assertThat((Double) xs.get(i)).isCloseTo(wanted, within(ServedSweep.ROUNDED * wanted));
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
                sweep
                    .rows(
                        "select cell_id from cells where activation = 'tanh' and depth = 16 and"
                            + " sigma_multiplier = 1 and keep_probability = 1 and task ="
                            + " 'propagation'")
                    .get(0)
                    .get(0));
    JsonNode cell = sweep.served().json("s/big-sweep/cell/" + id);
    assertThat(cell.get("configuration").get("depth").asInt()).isEqualTo(16);
    for (JsonNode row : cell.get("rows")) {
      String name = row.get("quantity").asText();
      assertThat(row.get("mean").asDouble())
          .isCloseTo(
              sweep.one("select " + name + "_mean from cells where cell_id = '" + id + "'"),
              within(1e-5));
    }
    assertThat(cell.get("profile").get("l")).hasSize(16);
    assertThat(cell.get("profile").get("q").get(7).asDouble())
        .isCloseTo(
            sweep.one("select avg(ln(profile_q[8])) from replicates where cell_id = '" + id + "'"),
            within(1e-3));
    JsonNode networks = sweep.served().json("s/big-sweep/replicates/" + id + "?quantity=ln_q");
    List<List<@Nullable Object>> wanted =
        sweep.rows("select ln_q from replicates where cell_id = '" + id + "' order by replicate");
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
                sweep
                    .rows("select cell_id from cells where task = 'training' order by 1")
                    .get(0)
                    .get(0));
    JsonNode cell = sweep.served().json("s/big-sweep/cell/" + id);
    assertThat(cell.get("losses")).hasSize(2);
    assertThat(cell.get("profile").isNull()).isTrue();
  }
}
