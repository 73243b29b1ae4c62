package org.phasemap.chart.summary;

import java.util.Locale;
import org.phasemap.chart.Counted;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * How far measurement and theory at finite width agree.
 *
 * @param cells that have a z-score
 * @param withinTwo per cent of them with |z| ≤ 2
 * @param withinFour per cent of them with |z| ≤ 4
 */
public record Agreement(long cells, double withinTwo, double withinFour) {
  /** From so many cells on shares are in per cent. */
  private static final int MANY = 200;

  static Agreement of(Query query, String quantity) {
    Rows.Row row =
        query
            .rows(
                """
                select count(z) as n, 100 * avg(case when abs(z) <= 2 then 1.0 else 0 end) as two,
                  100 * avg(case when abs(z) <= 4 then 1.0 else 0 end) as four
                from (select z_%s as z from cells where task = 'propagation') where z is not null
                """
                    .formatted(quantity))
            .row(0);
    return new Agreement(row.whole("n"), row.number("two"), row.number("four"));
  }

  /** In a sentence; empty where no cell has a score. */
  public String words() {
    return cells == 0
        ? ""
        : "finite-width theory: |z| <= 2 in %s, <= 4 in %s of %s"
            .formatted(share(withinTwo), share(withinFour), Counted.of(cells, "cell"));
  }

  /** Of few cells how many; a tenth of a per cent would be less than one. */
  private String share(double percent) {
    return cells < MANY
        ? Long.toString(Math.round(percent * cells / 100))
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
