package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Maps against SQL over the files themselves. */
@ExtendWith(ServedSweep.Once.class)
class MapValuesTest {
  private final ServedSweep sweep;

  MapValuesTest(ServedSweep sweep) {
    this.sweep = sweep;
  }

  @Test
  void aMapHasTheCellsOfItsPlane() throws Exception {
    JsonNode map =
        sweep.served().json("s/big-sweep/map?quantity=ln_q&activation=tanh&keep_probability=0.5");
    sweep.assertRows(
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
    JsonNode map = sweep.served().json("s/big-sweep/map?quantity=ln_q&x=sigma_w2&y=depth");
    assertThat(map.get("at").get("activation").asText()).isEqualTo("gelu");
    assertThat(map.get("at").get("keep_probability").asDouble()).isEqualTo(1);
    double total = sweep.one("select count(*) from cells where task = 'propagation'");
    assertThat(map.get("total").asDouble()).isEqualTo(total);
    double left = 0;
    for (JsonNode reason : map.get("left_out")) {
      left += reason.get("cells").asDouble();
    }
    assertThat(left + map.get("shown").asDouble()).isEqualTo(total);
  }

  @Test
  void facetsSplitAMapAndAnyTwoAxesMakeOne() throws Exception {
    sweep.assertRows(
        sweep
            .served()
            .json(
                "s/big-sweep/map?quantity=c&x=activation&y=depth&facet=keep_probability&sigma_multiplier=1"),
        List.of("facet0", "y", "x", "value"),
        "select keep_probability, depth, activation, c_mean from cells where task = 'propagation'"
            + " and sigma_multiplier = 1 order by 1, 2, 3");
  }

  @Test
  void rangesAndListsFilter() throws Exception {
    sweep.assertRows(
        sweep
            .served()
            .json(
                "s/big-sweep/map?quantity=c&activation=relu&keep_probability=1&depth=8..24&sigma_multiplier=0.5%7C1%7C2"),
        List.of("cell_id", "value"),
        "select cell_id, c_mean from cells where task = 'propagation' and activation = 'relu' and"
            + " keep_probability = 1 and depth between 8 and 24 and sigma_multiplier in (0.5, 1, 2)"
            + " order by depth, sigma_multiplier");
  }

  @Test
  void differenceIsMeasuredMinusExpected() throws Exception {
    sweep.assertRows(
        sweep
            .served()
            .json(
                "s/big-sweep/map?quantity=ln_q&view=difference&activation=tanh&keep_probability=1"),
        List.of("value", "mean"),
        "select ln_q_mean - expected_ln_q, ln_q_mean from cells where activation = 'tanh' and"
            + " keep_probability = 1 and task = 'propagation' order by depth, sigma_multiplier");
  }

  @Test
  void anAverageOfCellsThatShareNumbersHasTheLargestErrorItMayHave() throws Exception {
    sweep.assertRows(
        sweep
            .served()
            .json(
                "s/big-sweep/map?quantity=c&x=activation&y=depth&average=sigma_multiplier,keep_probability"),
        List.of("value", "error", "cells", "n"),
        "select avg(c_mean), avg(c_se), count(*), sum(c_count) from cells"
            + " where task = 'propagation' group by depth, activation order by depth, activation");
  }

  @Test
  void statesSayWhatBecameOfNetworks() throws Exception {
    sweep.assertRows(
        sweep.served().json("s/big-sweep/map?quantity=ln_q&activation=relu&keep_probability=1"),
        List.of("state"),
        "select case when finite = 8 then 'finite' when finite > 0 then 'partly_finite'"
            + " when exploded > 0 then 'exploded' else 'vanished' end from cells where"
            + " task = 'propagation' and activation = 'relu' and keep_probability = 1"
            + " order by depth, sigma_multiplier");
  }

  @Test
  void twoSweepsDifferInStandardErrors() throws Exception {
    JsonNode compared =
        sweep
            .served()
            .json("compare?a=other&b=big-sweep&quantity=ln_q&activation=tanh&keep_probability=1");
    sweep.assertRows(
        compared,
        List.of("x", "y", "value", "a", "b"),
        "select sigma_multiplier, depth, 0.5 / (sqrt(2) * ln_q_se), ln_q_mean + 0.5, ln_q_mean from"
            + " cells where task = 'propagation' and activation = 'tanh' and keep_probability = 1"
            + " and depth < 40 order by depth, sigma_multiplier");
    assertThat(compared.get("left_out").toString()).contains("only the second sweep has them");
  }
}
