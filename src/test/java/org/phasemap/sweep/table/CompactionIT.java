package org.phasemap.sweep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.rows.Provenance;
import org.phasemap.rows.RecordedRows;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.FaultyFileSystem;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.Sweep;
import org.phasemap.sweep.SweepOption;
import org.phasemap.sweep.cluster.Session;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;

class CompactionIT {
  /** Every cell a task of its own. */
  private static final String YAML =
      """
      name: small
      replicates: 8
      random_numbers: independent
      network: {activation: [relu, tanh], depth: [1, 4], width: 16, sigma_multiplier: [0.7, 1]}
      inputs: {count: 3, dimension: 20}
      """;

  private static final int ROWS = 8 * 2 * 2 * 2;

  /** Of the ids in a file: row groups, and those in which the dictionary was full. */
  private static final String GROUPS =
      """
      select count(*) as row_groups, count(*) filter (where encodings like '%%DICTIONARY%%'
        and encodings like '%%PLAIN%%') as full
      from parquet_metadata('%s') where path_in_schema = 'cell_id'
      """;

  @SuppressWarnings("NullAway.Init")
  private static SparkSession spark;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() {
    System.setProperty("spark.master", "local[2,4]");
    // Every part is a wave.
    System.setProperty("spark.phasemap.wave.seconds", "0");
    spark = Session.open("test");
    Configuration tasks = spark.sparkContext().hadoopConfiguration();
    FaultyFileSystem.register(tasks);
    // Merged files have what those of a million rows have: row groups, and full dictionaries.
    tasks.setLong("phasemap.parquet.group.bytes", 24_000);
    tasks.setInt("phasemap.parquet.page.rows", 8);
    tasks.setInt("phasemap.parquet.dictionary.bytes", 64);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    System.clearProperty("spark.master");
    System.clearProperty("spark.phasemap.wave.seconds");
  }

  @AfterEach
  void noFaults() {
    FaultyFileSystem.failAfter(-1, FaultyFileSystem.Fault.THROWS);
  }

  /** Does something when the waves have been measured and nothing is compact yet. */
  private record AfterWaves(Runnable then) implements SweepListener {
    @Override
    public void ended(String phase, double seconds) {
      if (phase.equals("waves")) {
        then.run();
      }
    }
  }

  private static final AfterWaves NOTHING = new AfterWaves(() -> {});

  private static final AfterWaves KILL =
      new AfterWaves(
          () -> {
            throw new IllegalStateException("killed");
          });

  private ResultsFolder at(String name) {
    return ResultsFolder.at(folder.resolve(name).toString(), new Configuration());
  }

  private static SweepOutcome run(String yaml, ResultsFolder results, SweepListener listener)
      throws IOException {
    return new Sweep(
            () -> spark,
            new Configuration(),
            SpecReader.parse(yaml, "test.yaml"),
            results,
            listener)
        .run(Set.of());
  }

  /** Another replicate in each wave, so that there are waves enough to merge. */
  private static final List<String> PARTS =
      IntStream.rangeClosed(1, Compaction.FEWEST_FILES)
          .mapToObj(count -> YAML.replace("replicates: 8", "replicates: " + count))
          .toList();

  /** All rows, in the files that waves leave. */
  private static void measureInParts(ResultsFolder results) {
    for (String part : PARTS) {
      assertThatThrownBy(() -> run(part, results, KILL)).hasMessage("killed");
    }
  }

  private static List<String> replicates(ResultsFolder results) {
    return lines(results, "select * from replicates order by cell_id, replicate");
  }

  private static List<String> cells(ResultsFolder results) {
    return lines(results, "select * from cells order by cell_id");
  }

  /** Files that are there, whether or not a manifest lists them. */
  private long files(String name, String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name).resolve(table))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @Test
  void aFinishedSweepHasOneSortedFileOfTheRowsThatItsWavesLeft() throws IOException {
    ResultsFolder results = at("small");
    measureInParts(results);
    List<String> measured = replicates(results);
    assertThat(measured).hasSize(ROWS);
    assertThat(files("small", Tables.REPLICATES)).isGreaterThanOrEqualTo(Compaction.FEWEST_FILES);

    assertThat(run(YAML, results, NOTHING).rows()).isEqualTo(ROWS);
    assertThat(replicates(results)).isEqualTo(measured);
    assertThat(files("small", Tables.REPLICATES)).isEqualTo(1);
    assertThat(results.files(Tables.REPLICATES)).hasSize(1);
    String axes = "activation, width, keep_probability, sigma_b2, init, sigma_w2, depth, cell_id";
    assertThat(lines(results, "select cell_id, replicate from replicates"))
        .isEqualTo(
            lines(
                results,
                "select cell_id, replicate from replicates order by " + axes + ", replicate"));
    int commits = results.manifest().size();
    assertThat(run(YAML, results, NOTHING).missing()).isZero();
    assertThat(results.manifest()).hasSize(commits);
  }

  /** One values writer over all row groups once gave merged files wrong ids, and nobody knew. */
  @Test
  void aMergedFileOfSeveralRowGroupsAndFullDictionariesHasTheRowsOfItsFiles() throws Exception {
    ResultsFolder results = at("small");
    measureInParts(results);
    List<String> measured = replicates(results);
    run(YAML, results, NOTHING);
    assertThat(replicates(results)).isEqualTo(measured);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet groups =
            statement.executeQuery(GROUPS.formatted(results.files(Tables.REPLICATES).get(0)))) {
      assertThat(groups.next()).isTrue();
      assertThat(groups.getInt("row_groups")).isGreaterThan(1);
      assertThat(groups.getInt("full")).isGreaterThan(1);
    }
    assertThat(
            lines(results, "select count(*), count(distinct (cell_id, replicate)) from replicates"))
        .containsExactly(ROWS + "|" + ROWS + "|");
  }

  @Test
  void aMergedFileNamesAllRunsThatMeasuredItsRows() throws IOException {
    ResultsFolder results = at("small");
    measureInParts(results);
    run(YAML, results, NOTHING);
    assertThat(results.dataFiles(Tables.REPLICATES)).hasSize(1);
    Map<String, String> footer =
        RowFile.metadata(
            new Configuration(), results.uri(), results.dataFiles(Tables.REPLICATES).get(0).path());
    assertThat(footer.get("spec_hash"))
        .isEqualTo(
            PARTS.stream()
                .map(yaml -> Provenance.hash(SpecReader.parse(yaml, "test.yaml")))
                .sorted()
                .collect(Collectors.joining(" | ")));
    assertThat(footer.get("phasemap")).isEqualTo(Provenance.codeVersion());
    assertThat(new RecordedRows(results, new Configuration()).of(cell(results)))
        .extracting(RecordedRows.Recorded::provenance)
        .containsOnly(footer);
  }

  private static String cell(ResultsFolder results) {
    return lines(results, "select min(cell_id) from replicates").get(0).replace("|", "");
  }

  @Test
  void aCompactSweepIsExtendedAndFailedRowsOfItAreTriedAgain() throws IOException {
    ResultsFolder whole = at("whole");
    ResultsFolder pieces = at("pieces");
    run(YAML, whole, NOTHING);
    run(
        YAML.replace("[1, 4]", "4").replace("replicates: 8", "replicates: 2")
            + "limits: {cell_seconds: 1e-6}\n",
        pieces,
        NOTHING);
    assertThat(lines(pieces, "select 1 from replicates where status = 'failed'")).hasSize(8);
    new Sweep(
            () -> spark, new Configuration(), SpecReader.parse(YAML, "test.yaml"), pieces, NOTHING)
        .run(Set.of(SweepOption.RETRY_FAILED));

    String measured = "select * exclude (unit_seconds) from replicates order by cell_id, replicate";
    assertThat(lines(pieces, measured)).isEqualTo(lines(whole, measured));
    assertThat(cells(pieces)).isEqualTo(cells(whole));
    assertThat(files("pieces", Tables.REPLICATES)).isLessThan(Compaction.FEWEST_FILES);
  }

  @Test
  void whatFailsWhileFilesAreMergedLosesNothing() throws IOException {
    ResultsFolder measured = at("measured");
    measureInParts(measured);
    List<String> expected = replicates(measured);
    List<String> averaged = null;
    Configuration configuration = FaultyFileSystem.register(new Configuration());
    for (FaultyFileSystem.Fault fault : FaultyFileSystem.Fault.values()) {
      boolean reached = true;
      // The lock, the merged file, its entry, the files that it was made of, cells, its entry.
      for (int operations = 0; reached; operations += operations < 4 ? 1 : 5) {
        String name = fault + "-" + operations;
        copy("measured", name);
        ResultsFolder faulty = ResultsFolder.at("faulty:" + folder.resolve(name), configuration);
        FaultyFileSystem.failAfter(operations, fault);
        try {
          run(YAML, faulty, NOTHING);
        } catch (IOException e) {
          assertThat(replicates(at(name))).as(name).isEqualTo(expected);
        }
        reached = FaultyFileSystem.hasFailed();
        FaultyFileSystem.failAfter(-1, fault);
        assertThat(replicates(at(name))).as(name).isEqualTo(expected);
        run(YAML, faulty, NOTHING);

        assertThat(replicates(at(name))).as(name).isEqualTo(expected);
        averaged = averaged == null ? cells(at(name)) : averaged;
        assertThat(cells(at(name))).as(name).isEqualTo(averaged);
        assertThat(at(name).files(Tables.REPLICATES)).as(name).hasSize(1);
      }
    }
  }

  private void copy(String from, String to) throws IOException {
    Path source = folder.resolve(from);
    try (Stream<Path> paths = Files.walk(source)) {
      for (Path path : paths.filter(p -> !p.toString().endsWith(".crc")).toList()) {
        Files.copy(path, folder.resolve(to).resolve(source.relativize(path)));
      }
    }
  }

  @Test
  void aSecondDriverIsRefusedWhileFilesAreMergedAndOneThatHasLostItsLockMergesNothing()
      throws IOException {
    ResultsFolder results = at("held");
    AfterWaves second =
        new AfterWaves(
            () ->
                assertThatThrownBy(() -> run(YAML, results, NOTHING))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("is being written by process"));
    run(YAML, results, second);
    assertThat(results.files(Tables.REPLICATES)).hasSizeLessThan(Compaction.FEWEST_FILES);

    ResultsFolder lost = at("lost");
    AfterWaves taken =
        new AfterWaves(
            () -> {
              try {
                Files.writeString(folder.resolve("lost/_lock"), "{}");
                Files.deleteIfExists(folder.resolve("lost/._lock.crc"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThatThrownBy(() -> run(YAML, lost, taken))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no longer this process's");
    assertThat(lost.files(Tables.REPLICATES)).hasSizeGreaterThan(1);
    assertThat(replicates(lost)).hasSize(ROWS);
  }

  @Test
  void whoReadsWhileFilesAreMergedReadsAllRows() throws Exception {
    ResultsFolder results = at("read");
    List<Throwable> faults = new ArrayList<>();
    AtomicBoolean merged = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!merged.get()) {
                assertThat(lines(at("read"), "select 1 from replicates")).hasSize(ROWS);
              }
            });
    reader.setUncaughtExceptionHandler((thread, fault) -> faults.add(fault));
    run(YAML, results, new AfterWaves(reader::start));
    merged.set(true);
    reader.join();

    assertThat(faults).isEmpty();
  }
}
