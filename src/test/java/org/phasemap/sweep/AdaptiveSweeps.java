package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.phasemap.store.ResultsFolder;

/** Replicates are added until the intervals of a cell are narrow enough. */
abstract class AdaptiveSweeps extends SweepSubject {
  /** Cells of this end after 2, 4 and 8 replicates, at the most, and where they explode. */
  private static final String ADAPTIVE =
      """
      name: adaptive
      seed: 5
      replicates: {min: 2, max: 8, until: {ln_q: 0.6, ln_gradient_gain: 1.5}}
      network:
        activation: [relu, tanh]
        depth: [2, 6]
        width: 24
        sigma_multiplier: [0.5, 1, 2, 1e6]
      inputs: {count: 3, dimension: 20}
      probes: [signal, gradient]
      sampler: dense
      training: {network: {depth: 2, sigma_multiplier: 1}, replicates: 3, steps: 3}
      """;

  /** Kills the sweep between its first and its second round. */
  private static final class Killer extends Missing {
    @Override
    public void planned(Announcement announcement) {
      super.planned(announcement);
      if (rounds() == 2) {
        throw new IllegalStateException("killed");
      }
    }
  }

  @Test
  void cellsEndWhereTheirIntervalsAreNarrowEnough() throws IOException {
    ResultsFolder results = at("adaptive");
    Missing listener = new Missing();
    run(ADAPTIVE, results, listener);

    assertThat(listener.rounds()).isEqualTo(3);
    assertThat(lines(results, "select distinct stopped from cells order by all"))
        .containsExactly("fixed|", "max|", "not_finite|", "until|");
    assertThat(lines(results, "select distinct replicates from cells where stopped = 'until'"))
        .hasSizeGreaterThan(1);
    assertThat(lines(results, "select 1 from replicates")).hasSize((int) listener.rows());
    // DuckDB's arithmetic and the tables' quantiles against the sweep's: where a cell goes on, it
    // had to; where it ends, it could.
    String checkpoints =
        """
        with checks as (
          select r.cell_id, k.k,
            t * stddev_samp(ln_q) / sqrt(count(ln_q)) <= 0.6
              and t * stddev_samp(ln_gradient_gain) / sqrt(count(ln_gradient_gain)) <= 1.5 as narrow
          from replicates r,
            (values (2, 12.7062047), (4, 3.1824463), (8, 2.3646243)) k(k, t)
          where replicate < k and task = 'propagation' group by r.cell_id, k.k, t
          having count(*) = k.k)
        """;
    assertThat(
            lines(
                results,
                checkpoints
                    + """
                    select c.cell_id from cells c join checks h on c.cell_id = h.cell_id
                    where stopped in ('until', 'max')
                      and narrow <> (stopped = 'until' and k = replicates)
                    """))
        .isEmpty();
    assertThat(lines(results, "select 1 from cells where stopped = 'max' and replicates <> 8"))
        .isEmpty();
    assertThat(
            lines(
                results,
                "select distinct replicates, finite from cells where stopped = 'not_finite'"))
        .containsExactly("2|0|");
    assertThat(run(ADAPTIVE, results)).isZero();
  }

  @Test
  void anAdaptiveSweepInPiecesEqualsOneMadeAtOnceBitForBit() throws IOException {
    ResultsFolder whole = at("whole");
    ResultsFolder pieces = at("pieces");
    run(ADAPTIVE, whole);
    // Fewer cells, and of those fewer replicates.
    run(ADAPTIVE.replace("max: 8", "max: 4").replace("[0.5, 1, 2, 1e6]", "[1, 2]"), pieces);
    for (int kill = 0; kill < 2; kill++) {
      assertThatThrownBy(() -> run(ADAPTIVE, pieces, new Killer())).hasMessage("killed");
    }
    run(ADAPTIVE, pieces);

    assertThat(replicates(pieces)).isEqualTo(replicates(whole));
    assertThat(cells(pieces)).isEqualTo(cells(whole));
  }

  @Test
  void cellsAreBuiltAgainForAnotherSpecOfTheSameRows() throws IOException {
    ResultsFolder results = at("respecified");
    String yaml =
        ADAPTIVE.replace("{min: 2, max: 8, until: {ln_q: 0.6, ln_gradient_gain: 1.5}}", "2");
    run(yaml, results);

    assertThat(
            run(
                yaml.replace(
                    "replicates: 2",
                    "replicates: {min: 2, max: 2, until: {ln_gradient_gain: 200}}"),
                results))
        .isZero();
    assertThat(
            lines(
                results,
                "select distinct stopped from cells where task = 'propagation' order by all"))
        .containsExactly("not_finite|", "until|");
  }
}
