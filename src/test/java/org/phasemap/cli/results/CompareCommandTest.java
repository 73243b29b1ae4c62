package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.cli.Ran;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.ResultsFolder;

class CompareCommandTest {
  private static final String KEPT = HostileFolder.KEPT.toString();

  @Test
  void aSweepDoesNotDifferFromItself() {
    Ran ran = Ran.of("compare", KEPT, KEPT);

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("ln gradient gain: ")
        .contains("only in the first 0, only in the second 0")
        .contains("beyond 2: 0 (by chance about 1); beyond 4: 0");
    assertThat(ran.out().lines().filter(line -> line.matches(" +[0-9]+ [.]+"))).isNotEmpty();
  }

  /** Against SQL: the same differences, cell by cell. */
  @Test
  void differencesAreInStandardErrors() {
    Quantity quantity = Quantity.of("ln_gradient_gain");
    String sql =
        "select ln_gradient_gain_mean as m, ln_gradient_gain_se as s from cells where m is not null"
            + " and s is not null order by cell_id";
    try (Query a = Query.open(ResultsFolder.open(KEPT));
        Query b = Query.open(ResultsFolder.open(KEPT))) {
      List<SweepDifference.Point> points = SweepDifference.of(a, b, quantity).points();
      double sum = 0;
      for (Rows.Row row : a.rows(sql)) {
        sum += Math.sqrt(2) * row.number("s");
      }
      assertThat(points).hasSize(a.rows(sql).size()).allMatch(p -> p.first() == p.second());
      // Sums of the same numbers in another order.
      assertThat(points.stream().mapToDouble(SweepDifference.Point::error).sum())
          .isCloseTo(sum, within(1e-12 * sum));
    }
    assertThat(new SweepDifference.Point(List.of(), 1, 2, 0.25).standardErrors()).isEqualTo(4);
  }

  @Test
  void otherQuantitiesAreRefused() {
    Ran ran = Ran.of("compare", KEPT, KEPT, "--quantity", "ln_gradient_gian");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("phasemap: --quantity: ln_gradient_gian is not allowed; did you mean ")
        .contains("ln_gradient_gain");
  }

  /** As sweeps with one network a cell have none. */
  @Test
  void cellsWithoutAStandardErrorAreSaidToBe() {
    Ran ran = Ran.of("compare", KEPT, KEPT, "--quantity", "ln_curvature_trace");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "phasemap: "
                + KEPT
                + ": no cell has a standard error of ln_curvature_trace; allowed: what was"
                + " measured, of two networks of a cell or more\n");
  }
}
