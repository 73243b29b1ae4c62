package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.rows.CellFigures;
import org.phasemap.spec.Spec;
import org.phasemap.spec.SpecReader;
import org.phasemap.store.FaultyFileSystem;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

class SweepIT {
  private static final String YAML =
      """
      name: small
      seed: 11
      replicates: 4
      network:
        activation: [relu, tanh]
        depth: [1, 4]
        width: 32
        sigma_multiplier: [0.7, 1, 1.4]
        sigma_b2: [0, 0.1]
        keep_probability: [1, 0.5]
      inputs: {count: 5, dimension: 20}
      training:
        network: {depth: 2, sigma_multiplier: 1, sigma_b2: 0, keep_probability: 1}
        steps: 10
      """;

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

  /** 1,600 rows in tasks of their own, as slow as a test may be. */
  private static final String STOPPABLE =
      """
      name: stoppable
      seed: 3
      replicates: 400
      network: {activation: [relu, tanh], depth: 40, width: 96, sigma_multiplier: [1, 1.2]}
      inputs: {count: 4, dimension: 16}
      random_numbers: independent
      """;

  private static final int CELLS = 2 * 2 * 3 * 2 * 2;

  @SuppressWarnings("NullAway.Init")
  private static SparkSession spark;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() {
    System.setProperty("spark.master", "local[2,4]");
    spark = Session.open("test");
  }

  @AfterAll
  static void stop() {
    spark.stop();
    System.clearProperty("spark.master");
  }

  /** Listens to nothing but what will run. */
  private static class Missing implements SweepListener {
    private long rows;
    private int rounds;

    @Override
    public void planned(Announcement announcement) {
      rows += announcement.missing();
      rounds++;
    }
  }

  /** Kills the sweep between its first and its second round. */
  private static final class Killer extends Missing {
    @Override
    public void planned(Announcement announcement) {
      super.planned(announcement);
      if (super.rounds == 2) {
        throw new IllegalStateException("killed");
      }
    }
  }

  private ResultsFolder at(String name) {
    return ResultsFolder.at(folder.resolve(name).toString(), new Configuration());
  }

  private static Spec spec(String yaml) {
    return SpecReader.parse(yaml, "test.yaml");
  }

  private static long run(String yaml, ResultsFolder results) throws IOException {
    Missing listener = new Missing();
    run(yaml, results, listener);
    return listener.rows;
  }

  private static void run(String yaml, ResultsFolder results, SweepListener listener)
      throws IOException {
    sweep(yaml, results, listener).run(Set.of());
  }

  private static Sweep sweep(String yaml, ResultsFolder results, SweepListener listener) {
    return new Sweep(() -> spark, new Configuration(), spec(yaml), results, listener);
  }

  private static List<String> replicates(ResultsFolder results) {
    return lines(
        results,
        "select * exclude (unit_seconds, unit_rows) from replicates order by cell_id, replicate");
  }

  private static List<String> cells(ResultsFolder results) {
    return lines(results, "select * from cells order by cell_id");
  }

  @Test
  void aSweepMeasuresEveryReplicateAndASecondRunFindsNothingMissing() throws IOException {
    ResultsFolder results = at("once");

    assertThat(run(YAML, results)).isEqualTo(CELLS * 4 + 2 * 1);
    assertThat(lines(results, "select distinct cell_id, replicate from replicates"))
        .hasSize(CELLS * 4 + 2);
    assertThat(lines(results, "select cell_id from cells where replicates > 0")).hasSize(CELLS + 2);
    assertThat(lines(results, "select 1 from cells where task = 'propagation' and phase is null"))
        .isEmpty();
    int commits = results.manifest().size();
    assertThat(run(YAML, results)).isZero();
    assertThat(results.manifest()).hasSize(commits);
  }

  @Test
  void aSweepMadeInPiecesEqualsOneMadeAtOnceBitForBit() throws IOException {
    ResultsFolder whole = at("whole");
    ResultsFolder pieces = at("pieces");
    run(YAML, whole);
    run(YAML.replace("replicates: 4", "replicates: 2").replace("[1, 4]", "4"), pieces);
    // A run killed after staging, and one killed between publishing and its manifest entry.
    Files.createDirectories(folder.resolve("pieces/_staging/wave-000000"));
    ManifestEntry first = pieces.manifest().get(0);
    Path published = folder.resolve("pieces/" + first.files().get(0).path());
    Files.copy(published, published.resolveSibling("000777-000.parquet"));

    long missing = run(YAML, pieces);

    assertThat(missing).isEqualTo(CELLS * 4 - CELLS / 2 * 2);
    assertThat(replicates(pieces)).isEqualTo(replicates(whole));
    assertThat(cells(pieces)).isEqualTo(cells(whole));
  }

  @Test
  void cellsEndWhereTheirIntervalsAreNarrowEnough() throws IOException {
    ResultsFolder results = at("adaptive");
    Missing listener = new Missing();
    run(ADAPTIVE, results, listener);

    assertThat(listener.rounds).isEqualTo(3);
    assertThat(lines(results, "select distinct stopped from cells order by all"))
        .containsExactly("fixed|", "max|", "not_finite|", "until|");
    assertThat(lines(results, "select distinct replicates from cells where stopped = 'until'"))
        .hasSizeGreaterThan(1);
    assertThat(lines(results, "select 1 from replicates")).hasSize((int) listener.rows);
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

  @Test
  void cellsThatTheSpecNoLongerHasKeepTheirPredictions() throws IOException {
    ResultsFolder results = at("narrowed");
    run(YAML, results);
    List<String> before = cells(results);

    assertThat(run(YAML.replace("[0.7, 1, 1.4]", "[1, 2]"), results)).isPositive();
    assertThat(cells(results)).containsAll(before);
    assertThat(folder.resolve("narrowed/_staging")).doesNotExist();
  }

  @Test
  void aCellThatFailsIsARowAndTheOthersGoOn() throws IOException {
    ResultsFolder results = at("failing");
    // 600,000² weights are more than a matrix can have.
    String yaml =
        """
        name: failing
        replicates: 1
        sampler: dense
        network: {activation: relu, depth: [2, 3], width: [16, 600000]}
        """;

    assertThat(run(yaml, results)).isEqualTo(4);
    assertThat(lines(results, "select width, status, error_class from replicates order by all"))
        .hasSize(4)
        .filteredOn(line -> line.startsWith("16|"))
        .allMatch(line -> line.equals("16|measured|null|"));
    assertThat(lines(results, "select width from replicates where status = 'failed'"))
        .containsExactly("600000|", "600000|");
  }

  @Test
  void resultsOfOtherRandomNumbersAreNotMixedIn() throws IOException {
    ResultsFolder results = at("seeded");
    run(YAML, results);

    assertThatThrownBy(() -> run(YAML.replace("seed: 11", "seed: 12"), results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "holds a sweep of another spec (seed: 11, now 12); allowed: the same");
    assertThatThrownBy(
            () ->
                run(
                    YAML.replace("count: 5", "count: 6").replace("steps: 10", "steps: 11")
                        + "sampler: dense\nrandom_numbers: independent\n",
                    results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "(inputs.count: 5, now 6; training.steps: 10, now 11; sampler: auto, now dense;"
                + " random_numbers: common, now independent)");
    int commits = results.manifest().size();
    assertThat(run(YAML + "limits: {max_cells: 1000}\n", results)).isZero();
    assertThat(results.manifest()).hasSize(commits + 1); // cells: another spec
  }

  /** Stops the sweep as soon as a part of it is done. */
  private static final class Stopper extends Missing {
    private @Nullable Sweep sweep;

    @Override
    public void progressed(Snapshot snapshot) {
      if (snapshot.rows() > 0 && sweep != null) {
        sweep.stop();
      }
    }
  }

  @Test
  void aStoppedSweepKeepsWhatIsMeasuredAndGoesOnLater() throws IOException {
    ResultsFolder whole = at("whole");
    run(STOPPABLE, whole);
    ResultsFolder pieces = at("pieces");
    Stopper stopper = new Stopper();
    Sweep sweep = sweep(STOPPABLE, pieces, stopper);
    stopper.sweep = sweep;
    Sweep.Outcome outcome = sweep.run(Set.of());

    assertThat(outcome.rows()).isPositive();
    assertThat(outcome.missing()).isPositive();
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.rows() + outcome.missing()).isEqualTo(4 * 400);
    assertThat(folder.resolve("pieces/_lock")).doesNotExist();
    assertThat(run(STOPPABLE, pieces)).isEqualTo(outcome.missing());
    assertThat(replicates(pieces)).isEqualTo(replicates(whole));
    assertThat(cells(pieces)).isEqualTo(cells(whole));
  }

  /** Stops the sweep when its units have run for a second. */
  private static final class Impatient extends Missing {
    private @Nullable Sweep sweep;

    @Override
    public void progressed(Snapshot snapshot) {
      if (snapshot.seconds() > 1 && sweep != null) {
        sweep.stop();
      }
    }
  }

  /** Units that went on would keep both cores for a quarter of an hour. */
  @Test
  @Timeout(120)
  void unitsThatAreBeingMeasuredEndSoonAfterTheSweepIsStopped() throws IOException {
    Impatient impatient = new Impatient();
    Sweep sweep =
        sweep(
            """
            name: endless
            replicates: 2
            network: {activation: tanh, depth: 8, width: 64}
            training: {network: {depth: 8}, steps: 10000000, replicates: 2}
            """,
            at("endless"),
            impatient);
    impatient.sweep = sweep;

    assertThat(sweep.run(Set.of()).complete()).isFalse();
    assertThat(
            run(
                "{name: next, replicates: 1, network: {activation: relu, depth: 2, width: 8}}",
                at("next")))
        .isEqualTo(1);
  }

  /** Keeps how many rows had been measured when the first wave was committed. */
  private static final class FirstWave extends Missing {
    private long measured;
    private long committed;
    private long measuredThen;

    @Override
    public void progressed(Snapshot snapshot) {
      measured = snapshot.rows();
    }

    @Override
    public void committed(int wave, ManifestEntry entry) {
      if (wave == 1) {
        committed = entry.rows();
        measuredThen = measured;
      }
    }
  }

  @Test
  void wavesAreCommittedWhileUnitsAreMeasured() throws IOException {
    spark.conf().set("spark.phasemap.wave.seconds", "1");
    try {
      FirstWave listener = new FirstWave();
      run(STOPPABLE, at("waves"), listener);

      assertThat(listener.committed).isBetween(1L, 4 * 400 - 1L);
      assertThat(listener.measuredThen).isLessThan(4 * 400);
      assertThat(listener.measured).isEqualTo(4 * 400);
    } finally {
      spark.conf().unset("spark.phasemap.wave.seconds");
    }
  }

  @Test
  void aFolderIsOneSweepsAtATime() throws IOException {
    ResultsFolder results = at("held");
    String yaml = "{name: held, replicates: 1, network: {activation: relu, depth: 2, width: 8}}";
    try (FolderLock lock = FolderLock.take(results)) {
      lock.check();
      assertThatThrownBy(() -> run(yaml, results))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being written by process " + ProcessHandle.current().pid());
    }
    assertThat(run(yaml, results)).isEqualTo(1);
    assertThat(folder.resolve("held/_lock")).doesNotExist();
  }

  @Test
  void aCellThatTakesTooLongFailsAndIsRetriedOnRequest() throws IOException {
    ResultsFolder results = at("slow");
    String yaml =
        """
        name: slow
        replicates: 2
        network: {activation: tanh, depth: [1, 400], width: 64}
        inputs: {count: 4, dimension: 16}
        """;
    String limited = yaml + "limits: {cell_seconds: 1e-6}\n";
    Sweep.Outcome outcome = sweep(limited, results, new Missing()).run(Set.of());

    assertThat(outcome).isEqualTo(new Sweep.Outcome(4, 4, 0, true));
    assertThat(lines(results, "select distinct error_class, error_message from replicates"))
        .containsExactly(
            "org.phasemap.sweep.TimeLimit$ExceededException|took longer than 1.0E-6 s"
                + " (limits.cell_seconds)|");
    assertThat(run(yaml, results)).isZero();
    assertThat(sweep(yaml, results, new Missing()).run(Set.of(Sweep.Option.RETRY_FAILED)))
        .isEqualTo(new Sweep.Outcome(4, 0, 0, true));
    ResultsFolder fresh = at("fresh");
    run(yaml, fresh);
    assertThat(replicates(results)).isEqualTo(replicates(fresh));
    assertThat(cells(results)).isEqualTo(cells(fresh));
  }

  @Test
  void aFileSystemWithoutRenamesOrListingsThatFailsInWritesLosesNothing() throws IOException {
    // Lock, spec, two parts, and for the wave and for cells a file and an entry each are created;
    // the parts are deleted.
    String yaml = "{name: faulty, replicates: 2, network: {activation: relu, depth: 2, width: 8}}";
    ResultsFolder whole = at("whole");
    run(yaml, whole);
    List<String> expected = replicates(whole);
    Configuration configuration = FaultyFileSystem.register(new Configuration());
    FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
    int refused = 0;
    for (FaultyFileSystem.Fault fault : FaultyFileSystem.Fault.values()) {
      boolean reached = true;
      for (int operations = 0; reached; operations++) {
        String name = fault + "-" + operations;
        ResultsFolder results = ResultsFolder.at("faulty:" + folder.resolve(name), configuration);
        Sweep sweep = new Sweep(() -> spark, configuration, spec(yaml), results, new Missing());
        FaultyFileSystem.failAfter(operations, fault);
        try {
          sweep.run(Set.of());
        } catch (IOException e) {
          refused++;
        }
        reached = FaultyFileSystem.hasFailed();
        FaultyFileSystem.failAfter(-1, fault);
        new Sweep(() -> spark, configuration, spec(yaml), results, new Missing()).run(Set.of());

        assertThat(replicates(at(name))).as(name).isEqualTo(expected);
        assertThat(cells(at(name))).as(name).isEqualTo(cells(whole));
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void theFirstFailureStopsASweepThatAsksForIt() throws IOException {
    ResultsFolder results = at("fast");
    Sweep.Outcome outcome =
        sweep(STOPPABLE + "limits: {cell_seconds: 1e-6}\n", results, new Missing())
            .run(Set.of(Sweep.Option.FAIL_FAST));

    assertThat(outcome.failed()).isPositive();
  }

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
    ResultsFolder results = at("sampled");
    run(YAML, results);

    assertThat(
            lines(
                results,
                "select distinct task, keep_probability, sampler from replicates order by all"))
        .containsExactly(
            "propagation|0.5|dense|", "propagation|1.0|weight_free|", "training|1.0|dense|");
  }

  @Test
  void aSweepThatOnlyTrainsMayMeasureLaterWithoutTrainingAgain() throws IOException {
    ResultsFolder results = at("trained");
    String yaml = YAML.replace("depth: [1, 4]", "depth: 1").replace("width: 32", "width: 8");
    run(yaml + "probes: []\n", results);
    String tasks = "select task, count(*) as cells, sum(replicates) as n from cells group by task";
    assertThat(lines(results, tasks)).containsExactly("training|2|2|");

    assertThat(run(yaml + "probes: signal\n", results)).isEqualTo(2 * 3 * 2 * 2 * 4);
  }

  @Test
  void aBatchLargerThanItsDataIsTheUsersMistakeAndLeavesNoFolder() {
    ResultsFolder results = at("batch");

    assertThatThrownBy(
            () -> run(YAML.replace("steps: 10", "steps: 10\n  batch_size: 2000"), results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.batch_size: 2000 is not allowed; allowed: 1 to 1438");
    assertThat(folder.resolve("batch")).doesNotExist();
  }

  @Test
  void provenanceStandsInTheManifestAndInEveryFooter() throws IOException {
    ResultsFolder results = at("provenance");
    run(YAML, results);

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
    ResultsFolder results = at("columns");
    run(YAML, results);
    try (Query query = Query.open(results)) {
      assertThat(query.rows("select * from replicates limit 1").columns())
          .containsExactlyElementsOf(Tables.replicates().stream().map(c -> c.name()).toList());
      assertThat(query.rows("select * from cells limit 1").columns())
          .containsExactlyElementsOf(Tables.cells().stream().map(c -> c.name()).toList());
    }
  }

  @Test
  void cellsOfAnEarlierVersionAreMadeAnewFromTheirReplicates() throws IOException {
    ResultsFolder results = at("earlier");
    String yaml =
        "{name: earlier, replicates: 2, network: {activation: tanh, depth: 2, width: 16}}";
    run(yaml, results);
    List<String> before = cells(results);
    String entry = String.format("%06d.json", results.manifest().size());
    Path file = folder.resolve("earlier/manifest/" + entry);
    String json = Files.readString(file);
    String version = "\"schema_version\" : ";
    Files.writeString(file, json.replace(version + Tables.SCHEMA_VERSION, version + 1));

    ResultsFolder outdated = at("earlier");
    assertThatThrownBy(() -> cells(outdated))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("run the sweep again");
    assertThat(run(yaml, outdated)).isZero();
    assertThat(cells(outdated)).isEqualTo(before);
  }

  @Test
  void sqlAndTasksFindTheSameFigures() throws IOException {
    ResultsFolder results = at("figures");
    run(YAML, results);
    Destination destination = new Destination(spark, results);
    Map<String, CellFigures> tasks =
        new CellsTable(spark, results, destination).figures(2).collectAsMap();
    Map<String, CellFigures> sql = CellFiguresSql.of(spark, results).collectAsMap();

    assertThat(sql.keySet()).isEqualTo(tasks.keySet()).hasSize(CELLS + 2);
    tasks.forEach(
        (cell, expected) ->
            assertThat(sql.get(cell))
                .usingRecursiveComparison()
                // Spark updates a variance row by row.
                .withComparatorForType(
                    (a, b) -> Math.abs(a - b) <= 1e-9 * Math.abs(a) ? 0 : Double.compare(a, b),
                    Double.class)
                .isEqualTo(expected));
  }

  @Test
  void averagesOfCellsAreThoseOfTheirReplicates() throws IOException {
    ResultsFolder results = at("averages");
    run(YAML, results);

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
}
