package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.phasemap.query.NamedQuery;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;

/** What the tables of a sweep say. */
abstract class TablesOfSweeps extends SweepSubject {
  @Test
  void independentCellsShareNoNumbers() throws IOException {
    String yaml =
        """
        name: shared
        replicates: 3
        network: {activation: linear, depth: [2, 3], width: 16, sigma_multiplier: [1, 2]}
        probes: signal
        sampler: dense
        random_numbers: %s
        """;
    ResultsFolder common = at("common");
    ResultsFolder independent = at("independent");
    run(yaml.formatted("common"), common);
    run(yaml.formatted("independent"), independent);

    // σ_w scales a linear network's signal, so that shared weights give one number for both.
    String scaled =
        "select distinct depth, replicate, round(ln_q - 2 * depth * ln(sigma_multiplier), 3)"
            + " from replicates";
    assertThat(lines(common, scaled)).hasSize(2 * 3);
    assertThat(lines(independent, scaled)).hasSize(2 * 3 * 2);
    assertThat(independent.provenance()).containsEntry("random_numbers", "independent");
  }

  @Test
  void everyRowSaysHowItsNetworkWasDrawn() throws IOException {
    ResultsFolder results = measured();

    assertThat(
            lines(
                results,
                "select distinct task, keep_probability, sampler from replicates order by all"))
        .containsExactly(
            "propagation|0.5|dense|", "propagation|1.0|weight_free|", "training|1.0|dense|");
  }

  @Test
  void provenanceStandsInTheManifestAndInEveryFooter() throws IOException {
    ResultsFolder results = measured();

    Map<String, String> provenance = results.provenance();
    assertThat(provenance).containsKeys("spec_hash", "phasemap", "spark", "backend", "rng");
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      for (String file : results.files(table)) {
        HadoopInputFile input =
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
          assertThat(reader.getFooter().getFileMetaData().getKeyValueMetaData().toString())
              .contains(provenance.get("spec_hash"));
        }
      }
    }
  }

  @Test
  void theTablesHaveExactlyTheDocumentedColumns() throws IOException {
    ResultsFolder results = measured();
    try (Query query = Query.open(results)) {
      assertThat(query.rows("select * from replicates limit 1").columns())
          .containsExactlyElementsOf(Tables.replicates().stream().map(c -> c.name()).toList());
      assertThat(query.rows("select * from cells limit 1").columns())
          .containsExactlyElementsOf(Tables.cells().stream().map(c -> c.name()).toList());
    }
  }

  @Test
  void averagesOfCellsAreThoseOfTheirReplicates() throws IOException {
    ResultsFolder results = measured();

    // DuckDB's arithmetic against Spark's.
    assertThat(
            lines(
                results,
                """
                select c.cell_id from cells c join (
                  select cell_id, avg(ln_q) m, stddev_samp(ln_q) s, count(ln_q) n
                  from replicates group by cell_id) r on c.cell_id = r.cell_id
                where abs(c.ln_q_mean - r.m) > 1e-12
                  or abs(c.ln_q_se - r.s / sqrt(r.n)) > 1e-12
                  or abs(c.z_ln_q - (r.m - c.expected_ln_q) / c.expected_ln_q_sd * sqrt(r.n)) > 1e-9
                """))
        .isEmpty();
    assertThat(
            lines(
                results,
                "select 1 from cells where depth = 1 and keep_probability = 1 and z_ln_q is null"))
        .isEmpty();
    assertThat(lines(results, "select 1 from cells where abs(z_ln_q) > 5")).isEmpty();
  }

  @Test
  void sparkAnswersNamedQueriesAsDuckDbDoes() {
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      spark()
          .read()
          .parquet(measured().files(table).toArray(new String[0]))
          .createOrReplaceTempView(table);
    }
    try (Query query = Query.open(measured())) {
      for (NamedQuery named : NamedQuery.all()) {
        List<Row> answers = spark().sql(named.sql()).collectAsList();
        Rows rows = query.rows(named.sql());
        assertThat(answers).as(named.name()).hasSize(rows.size());
        for (int i = 0; i < rows.size(); i++) {
          for (int c = 0; c < rows.columns().size(); c++) {
            assertSame(named.name(), answers.get(i).get(c), rows.row(i).at(c));
          }
        }
      }
    }
  }

  /** Sums of doubles may differ by rounding. */
  private static void assertSame(String query, @Nullable Object spark, @Nullable Object duckDb) {
    if (spark instanceof Number a && duckDb instanceof Number b) {
      assertThat(a.doubleValue())
          .as(query)
          .isCloseTo(b.doubleValue(), within(1e-9 * Math.max(1, Math.abs(b.doubleValue()))));
    } else {
      assertThat(spark).as(query).isEqualTo(duckDb);
    }
  }
}
