package org.phasemap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  private static long count(String what, String where) {
    return query
        .rows("select count(" + what + ") as n from cells c where " + where)
        .row(0)
        .whole("n");
  }

  @Test
  void allCellsAreShownWhereTheyAreFew() {
    ShownCells shown = ShownCells.of(query, ShownCells.MOST);

    assertThat(shown.note()).isEmpty();
    assertThat(count("*", shown.condition())).isEqualTo(count("*", "true"));
  }

  @Test
  void ofManyCellsASmallerGridIsShownAndAllTrainedOnes() {
    String measured = "task = 'propagation'";
    long all = count("*", measured);
    ShownCells shown = ShownCells.of(query, (int) all / 5);
    String where = measured + " and " + shown.condition();

    assertThat(count("*", where)).isBetween(all / 15, all / 5);
    assertThat(count("distinct activation", where))
        .isEqualTo(count("distinct activation", measured));
    // A grid: at every σ of an activation the same depths.
    String depths =
        "select count(distinct n) as n from (select sigma_multiplier, list(distinct depth order by"
            + " depth) as n from cells c where %s and activation = 'tanh' group by all)";
    assertThat(query.rows(depths.formatted(where)).row(0).whole("n"))
        .isEqualTo(query.rows(depths.formatted(measured)).row(0).whole("n"));
    assertThat(count("*", "task = 'training' and " + shown.condition()))
        .isEqualTo(count("*", "task = 'training'"))
        .isPositive();
    assertThat(shown.note().orElseThrow())
        .contains("values of sigma_multiplier")
        .contains(String.format(java.util.Locale.ROOT, "of %,d measured cells", all));
  }
}
