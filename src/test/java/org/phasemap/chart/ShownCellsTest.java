package org.phasemap.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

class ShownCellsTest {
  @TempDir private static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static Query query;

  @BeforeAll
  static void open() throws Exception {
    query = Query.over(SyntheticSweep.write(folder));
  }

  @AfterAll
  static void close() {
    query.close();
  }

  private static long count(String what, Condition condition) {
    return query
        .rows("select count(" + what + ") as n from cells c where %s", condition)
        .row(0)
        .whole("n");
  }

  private static Condition of(String task, Condition condition) {
    return Condition.allOf(List.of(Condition.is("task", task), condition));
  }

  @Test
  void allCellsAreShownWhereTheyAreFew() {
    ShownCells shown = ShownCells.of(query, ShownCells.MOST);

    assertThat(shown.note()).isEmpty();
    assertThat(count("*", shown.condition())).isEqualTo(count("*", Condition.ALL));
  }

  @Test
  void ofManyCellsASmallerGridIsShownAndAllTrainedOnes() {
    Condition measured = Condition.is("task", "propagation");
    long all = count("*", measured);
    ShownCells shown = ShownCells.of(query, (int) all / 5);
    Condition where = of("propagation", shown.condition());

    assertThat(count("*", where)).isBetween(all / 15, all / 5);
    assertThat(count("distinct activation", where))
        .isEqualTo(count("distinct activation", measured));
    // A grid: at every σ of an activation the same depths.
    String depths =
        "select count(distinct n) as n from (select sigma_multiplier, list(distinct depth order by"
            + " depth) as n from cells c where %s and activation = 'tanh' group by all)";
    assertThat(query.rows(depths, where).row(0).whole("n"))
        .isEqualTo(query.rows(depths, measured).row(0).whole("n"));
    assertThat(count("*", of("training", shown.condition())))
        .isEqualTo(count("*", Condition.is("task", "training")))
        .isPositive();
    assertThat(shown.note().orElseThrow())
        .contains("values of sigma_multiplier")
        .contains(String.format(java.util.Locale.ROOT, "of %,d measured cells", all));
  }
}
