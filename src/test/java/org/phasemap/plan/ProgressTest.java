package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.file.SpecReader;

class ProgressTest {
  private static final double NAN = Double.NaN;

  /** Half widths at 2 and 4 replicates of ±1, with t = 12.706 and 3.182: 12.7 and 1.84. */
  private static final double[] ALTERNATING = {-1, 1, -1, 1, -1, 1, -1, 1};

  private static Plan plan(String replicates) {
    return Plan.of(
        SpecReader.parse(
            """
            name: progressing
            network: {activation: tanh, depth: [2, 5], width: 16}
            replicates: %s
            training: {network: {depth: 2}, replicates: 3}
            """
                .formatted(replicates),
            "test.yaml"));
  }

  private static void add(Progress progress, Cell cell, double... values) {
    for (int r = 0; r < values.length; r++) {
      progress.add(cell.id(), r, new double[] {values[r]});
    }
  }

  /** The first cell alone: replicates that it should have, and why it stops. */
  private static String decided(String replicates, double... values) {
    Plan plan = plan(replicates);
    Progress progress = new Progress(plan);
    long others = progress.wanted() - plan.replicates(plan.cells().get(0)).min();
    add(progress, plan.cells().get(0), values);
    return progress.wanted() - others + " " + progress.stops().get(plan.cells().get(0).id());
  }

  @Test
  void aCellEndsWhereItsIntervalIsNarrowEnough() {
    String until = "{min: 2, max: 8, until: {ln_q: %s}}";
    assertThat(decided(until.formatted("13"))).isEqualTo("2 null");
    assertThat(decided(until.formatted("13"), ALTERNATING)).isEqualTo("2 UNTIL");
    assertThat(decided(until.formatted("12.6"), -1, 1)).isEqualTo("4 null");
    assertThat(decided(until.formatted("1.84"), ALTERNATING)).isEqualTo("4 UNTIL");
    assertThat(decided(until.formatted("1.83"), Arrays.copyOf(ALTERNATING, 7))).isEqualTo("8 null");
    assertThat(decided(until.formatted("0.5"), ALTERNATING)).isEqualTo("8 MAX");
    assertThat(decided(until.formatted("1e-6"), 3, 3)).isEqualTo("2 UNTIL");
  }

  @Test
  void valuesThatAreMissingNarrowNoInterval() {
    String until = "{min: 2, max: 8, until: {ln_q: 13}}";
    assertThat(decided(until, NAN, 1)).isEqualTo("2 NOT_FINITE");
    assertThat(decided(until, NAN, NAN, 1, 2, 3)).isEqualTo("2 NOT_FINITE");
    String later = "{min: 4, max: 8, until: {ln_q: 13}}";
    assertThat(decided(later, NAN, -1, NAN, 1)).isEqualTo("4 UNTIL");
    assertThat(decided(later.replace("13", "12"), NAN, -1, NAN, 1)).isEqualTo("8 null");
  }

  @Test
  void aNumberOfReplicatesIsThatNumber() {
    assertThat(decided("1")).isEqualTo("1 null");
    assertThat(decided("1", NAN)).isEqualTo("1 FIXED");
    assertThat(decided("1", 1, 2)).isEqualTo("1 FIXED");
  }

  /** A row of a folder that somebody has tampered with would take all memory. */
  @Test
  void rowsThatNoCellWantsTakeNoRoom() {
    Plan plan = plan("{min: 2, max: 4, until: {ln_q: 1.9}}");
    Progress progress = new Progress(plan);
    String id = plan.cells().get(0).id();
    progress.add(id, Integer.MAX_VALUE, new double[] {1});
    assertThat(progress.missing()).isEqualTo(new Progress(plan).missing());
    progress.add(id, 0, new double[] {1});
    assertThat(progress.missing()).isEqualTo(new Progress(plan).missing() - 1);
  }

  @Test
  void everyIntervalMustBeNarrowEnough() {
    Plan plan = plan("{min: 2, max: 4, until: {c: 13, ln_q: 1.9}}");
    Progress progress = new Progress(plan);
    assertThat(progress.columns()).containsExactly("ln_q", "c");
    for (int r = 0; r < 4; r++) {
      progress.add(plan.cells().get(0).id(), r, new double[] {ALTERNATING[r], ALTERNATING[r]});
      progress.add(plan.cells().get(1).id(), r, new double[] {ALTERNATING[r], NAN});
    }

    assertThat(progress.stops().values()).containsExactly(Stop.UNTIL, Stop.NOT_FINITE);
    assertThat(progress.wanted()).isEqualTo(4 + 2 + 3);
  }

  @Test
  void unitsAreThoseOfWhatIsMissing() {
    Plan plan = plan("{min: 2, max: 8, until: {ln_q: 1.84}}");
    Progress progress = new Progress(plan);
    assertThat(rows(progress)).hasSize(2 + 2 + 3);
    assertThat(progress.missing()).isEqualTo(7);
    add(progress, plan.cells().get(0), ALTERNATING);
    progress.add(plan.cells().get(1).id(), 1, new double[] {1});
    progress.add("no cell of the plan", 0, new double[] {1});
    add(progress, plan.cells().get(2), NAN, NAN);

    assertThat(rows(progress))
        .containsExactlyInAnyOrder(
            plan.cells().get(1).id() + "/0", plan.cells().get(2).id() + "/2");
  }

  /** A cell's end does not depend on the order in which its rows come, nor on rows beyond it. */
  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      double[] values = random.doubles(8).map(x -> x < 0.2 ? NAN : x).toArray();
      String until = "{min: 2, max: 8, until: {ln_q: " + (0.05 + random.nextDouble()) + "}}";
      Plan plan = plan(until);
      Progress shuffled = new Progress(plan);
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
      Collections.shuffle(order, random);
      String id = plan.cells().get(0).id();
      order.forEach(r -> shuffled.add(id, r, new double[] {values[r]}));

      // Round by round, as an uninterrupted sweep does it.
      Progress rounds = new Progress(plan);
      while (rounds.stops().get(id) == null) {
        for (Unit unit : Schedule.missing(rounds)) {
          if (unit.cells().contains(plan.cells().get(0))) {
            rounds.add(id, unit.replicate(), new double[] {values[unit.replicate()]});
          }
        }
      }
      assertThat(rounds.stops().get(id)).isEqualTo(shuffled.stops().get(id));
      assertThat(rounds.wanted()).isEqualTo(shuffled.wanted());
    }
  }

  /** docs/spec.md: stopping at a narrow interval costs at most three percent of its coverage. */
  @Test
  void intervalsThatDecideStillCoverTheMean() {
    Random random = new Random(6);
    int cells = 4_000;
    for (double bound : new double[] {2, 1, 0.7, 0.5, 0.35}) {
      int covered = 0;
      for (int i = 0; i < cells; i++) {
        CellProgress cell =
            new CellProgress(new Replicates(4, 64, Map.of(SignalQuantity.LN_Q, bound)));
        double sum = 0;
        double squares = 0;
        int n = 0;
        while (cell.decide().stop() == null) {
          double x = random.nextGaussian();
          cell.add(n++, new double[] {x});
          sum += x;
          squares += x * x;
        }
        double mean = sum / n;
        double se = Math.sqrt((squares / n - mean * mean) / (n - 1));
        covered +=
            Math.abs(mean) <= new TDistribution(n - 1).inverseCumulativeProbability(0.975) * se
                ? 1
                : 0;
      }
      // Four standard errors of 4000 tries beside 0.92 and 0.95.
      assertThat((double) covered / cells).isBetween(0.92 - 0.017, 0.95 + 0.014);
    }
  }

  private static List<String> rows(Progress progress) {
    List<String> rows = new ArrayList<>();
    for (Unit unit : Schedule.missing(progress)) {
      unit.cells().forEach(cell -> rows.add(cell.id() + "/" + unit.replicate()));
    }
    return rows;
  }
}
