package org.phasemap.sweep;

import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.Session;
import org.phasemap.sweep.progress.SweepListener;

/** What the subjects of {@link SweepIT} share: a session, a sweep that it has run, its tables. */
public abstract class SweepSubject {
  protected static final String YAML =
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

  protected static final int CELLS = 2 * 2 * 3 * 2 * 2;

  /** 1,600 rows in tasks of their own, as slow as a test may be. */
  protected static final String STOPPABLE =
      """
      name: stoppable
      seed: 3
      replicates: 400
      network: {activation: [relu, tanh], depth: 40, width: 96, sigma_multiplier: [1, 1.2]}
      inputs: {count: 4, dimension: 16}
      random_numbers: independent
      """;

  private static @Nullable SparkSession opened;
  private static @Nullable ResultsFolder measured;

  @TempDir private Path folder = Path.of("");

  /**
   * Opens the session that all subjects share.
   *
   * @param folder for results that all may read
   */
  static void open(Path folder) throws IOException {
    System.setProperty("spark.master", "local[2,4]");
    opened = Session.open("test");
    ResultsFolder results =
        ResultsFolder.at(folder.resolve("measured").toString(), new Configuration());
    run(YAML, results);
    measured = results;
  }

  static void close() {
    spark().stop();
    System.clearProperty("spark.master");
  }

  protected static SparkSession spark() {
    return Objects.requireNonNull(opened);
  }

  /** What {@link #YAML} comes to, to be read only. */
  protected static ResultsFolder measured() {
    return Objects.requireNonNull(measured);
  }

  protected Path path(String name) {
    return folder.resolve(name);
  }

  /** Listens to nothing but what will run. */
  protected static class Missing implements SweepListener {
    private long rows;
    private int rounds;

    /** Rows that were to run, all rounds together. */
    protected long rows() {
      return rows;
    }

    /** Rounds that were to run. */
    protected int rounds() {
      return rounds;
    }

    @Override
    public void planned(Announcement announcement) {
      rows += announcement.missing();
      rounds++;
    }
  }

  protected ResultsFolder at(String name) {
    return ResultsFolder.at(folder.resolve(name).toString(), new Configuration());
  }

  protected static Spec spec(String yaml) {
    return SpecReader.parse(yaml, "test.yaml");
  }

  protected static long run(String yaml, ResultsFolder results) throws IOException {
    Missing listener = new Missing();
    run(yaml, results, listener);
    return listener.rows();
  }

  protected static void run(String yaml, ResultsFolder results, SweepListener listener)
      throws IOException {
    sweep(yaml, results, listener).run(Set.of());
  }

  protected static Sweep sweep(String yaml, ResultsFolder results, SweepListener listener) {
    return new Sweep(SweepSubject::spark, new Configuration(), spec(yaml), results, listener);
  }

  protected static List<String> replicates(ResultsFolder results) {
    return lines(
        results,
        "select * exclude (unit_seconds, unit_rows) from replicates order by cell_id, replicate");
  }

  protected static List<String> cells(ResultsFolder results) {
    return lines(results, "select * from cells order by cell_id");
  }
}
