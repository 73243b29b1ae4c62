package org.phasemap.sweep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernels;
import org.phasemap.network.UserException;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec;
import org.phasemap.spec.SpecWriter;
import org.phasemap.spec.Training;
import org.phasemap.store.Column;
import org.phasemap.store.Commit;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ManifestEntry.DataFile;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;
import org.phasemap.train.DataSets;

/**
 * Runs what a spec wants and its results folder lacks. What has been measured within about a minute
 * is a wave: it is in the tables whole or not at all, and it is committed while the next is being
 * measured. Where replicates decide whether more are wanted, there are rounds; what a round runs
 * follows from the tables alone.
 */
public final class Sweep {
  /** How long a wave takes, unless {@code spark.phasemap.wave.seconds} says otherwise. */
  private static final String WAVE_SECONDS = "60";

  private static final int CELLS_PER_FILE = 100_000;

  private final Supplier<SparkSession> session;
  private final Spec spec;
  private final ResultsFolder folder;
  private final Configuration configuration;
  private final SweepListener listener;
  private final Backend backend;
  private final Commit commit;
  private @Nullable Destination destination;

  private Sweep(
      Supplier<SparkSession> session,
      Configuration configuration,
      Spec spec,
      ResultsFolder folder,
      SweepListener listener) {
    this.session = session;
    this.configuration = configuration;
    this.spec = spec;
    this.folder = folder;
    this.listener = listener;
    this.backend = backend(spec);
    this.commit = new Commit(folder);
  }

  /**
   * Runs what is missing.
   *
   * @param session asked for if there is anything to do
   * @param configuration of the file systems
   * @return rows of the whole table that failed
   * @throws UserException if the folder holds a sweep with another seed, sampler, backend or
   *     sharing of random numbers, or a batch is larger than its data set
   * @throws IOException if the results cannot be written; what is committed stays
   */
  public static long run(
      Supplier<SparkSession> session,
      Configuration configuration,
      Spec spec,
      ResultsFolder folder,
      SweepListener listener)
      throws IOException {
    return new Sweep(session, configuration, spec, folder, listener).run();
  }

  private long run() throws IOException {
    Stopwatch watch = new Stopwatch(listener);
    Plan plan = Plan.of(spec);
    checkBatch();
    checkCompatible();
    commit.discardLeftovers();
    Holdings holdings = Holdings.read(plan, folder, configuration);
    List<Unit> units = holdings.progress().units();
    watch.end("plan");
    if (units.isEmpty() && cellsAreCurrent()) {
      announce(plan, holdings, units, 1);
      return holdings.failed();
    }
    destination = new Destination(session.get(), folder);
    watch.end("session");
    folder.writeSpec(SpecWriter.toYaml(spec));
    announce(plan, holdings, units, cores());
    while (!units.isEmpty()) {
      runRound(units);
      holdings = Holdings.read(plan, folder, configuration);
      units = holdings.progress().units();
      if (!units.isEmpty()) {
        announce(plan, holdings, units, cores());
      }
    }
    watch.end("waves");
    if (!cellsAreCurrent()) {
      buildCells(plan, holdings);
    }
    commit.discardLeftovers();
    watch.end("cells");
    return holdings.failed();
  }

  /** Says what of the plan is missing by now. More may be wanted once that is measured. */
  private void announce(Plan plan, Holdings holdings, List<Unit> units, int cores) {
    double seconds = units.stream().mapToDouble(CostModel::seconds).sum() / cores;
    listener.planned(
        plan.cells().size(),
        holdings.progress().wanted(),
        holdings.progress().missing(),
        units.size(),
        seconds);
  }

  private void runRound(List<Unit> units) throws IOException {
    SparkSession spark = session.get();
    List<List<Unit>> tasks = Plan.tasks(units, cores());
    Duration period =
        Duration.ofSeconds(
            Long.parseLong(spark.conf().get("spark.phasemap.wave.seconds", WAVE_SECONDS)));
    // The wave's job gets the next core that is free, though all units were there before it.
    spark.sparkContext().setLocalProperty("spark.scheduler.pool", "commit");
    try (ProgressMeter meter = new ProgressMeter(tasks, listener);
        Measuring measuring =
            new Measuring(
                spark, tasks, backend, destination(), commit.newStagedPath(), meter::add)) {
      int wave = 1;
      for (List<Part> parts = measuring.next(period);
          !parts.isEmpty();
          parts = measuring.next(period)) {
        listener.committed(wave++, commitWave(parts));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The sweep was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("Spark gave up on a task", e);
    } finally {
      spark.sparkContext().setLocalProperty("spark.scheduler.pool", null);
    }
  }

  /** Makes the staged parts one sorted file, or a few, of the table. */
  private ManifestEntry commitWave(List<Part> parts) throws IOException {
    Destination to = destination();
    String path = commit.newPath(Tables.REPLICATES);
    Map<String, String> provenance = provenance();
    List<List<Part>> files = Part.files(parts);
    List<DataFile> written =
        context()
            .parallelize(files, files.size())
            .map(file -> merge(file, to, path, provenance))
            .collect();
    ManifestEntry entry = commit.add(Tables.REPLICATES, written, provenance);
    commit.discard(parts.stream().map(Part::path).toList());
    return entry;
  }

  private static DataFile merge(
      List<Part> parts, Destination to, String path, Map<String, String> provenance)
      throws IOException {
    List<Column> columns = Tables.replicates();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Part part : parts) {
      List<@Nullable Object[]> read = to.read(part.path(), columns);
      if (read.size() != part.rows()) {
        throw new IOException(
            String.format("%s has %d rows, expected %d", part.path(), read.size(), part.rows()));
      }
      rows.addAll(read);
    }
    rows.sort(new AxisOrder(columns));
    return to.write(path, columns, provenance, rows.iterator());
  }

  /** Whether the latest commit is {@code cells}, built for this very spec with all its columns. */
  private boolean cellsAreCurrent() {
    List<ManifestEntry> manifest = folder.manifest();
    if (manifest.isEmpty()) {
      return false;
    }
    ManifestEntry latest = manifest.get(manifest.size() - 1);
    return latest.table().equals(Tables.CELLS)
        && latest.schemaVersion() == Tables.SCHEMA_VERSION
        && Objects.equals(latest.provenance().get("spec_hash"), Provenance.hash(spec));
  }

  private void buildCells(Plan plan, Holdings holdings) throws IOException {
    int expected = holdings.cells().size();
    List<DataFile> written =
        destination()
            .writeSorted(
                new CellsTable(context(), folder, destination()).build(plan.cells(), holdings),
                1 + expected / CELLS_PER_FILE,
                commit.newPath(Tables.CELLS),
                Tables.cells(),
                provenance());
    long rows = written.stream().mapToLong(DataFile::rows).sum();
    if (rows != expected) {
      throw new IOException(
          String.format("cells has %d rows, replicates has %d cells", rows, expected));
    }
    commit.replace(Tables.CELLS, written, provenance());
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session.get().sparkContext());
  }

  private Destination destination() {
    return Objects.requireNonNull(destination);
  }

  private Map<String, String> provenance() {
    return Provenance.of(session.get(), spec, backend);
  }

  private int cores() {
    return context().defaultParallelism();
  }

  /** A batch is drawn without replacement. */
  private void checkBatch() {
    Training training = spec.training();
    if (training == null) {
      return;
    }
    int examples = DataSets.load(training.data()).train().count();
    if (training.batchSize() > examples) {
      throw new UserException(
          String.format(
              "training.batch_size: %d is not allowed; allowed: 1 to %d, the training examples of %s",
              training.batchSize(), examples, training.data()));
    }
  }

  /** Rows of another choice of these are other numbers: they must not share a table. */
  private void checkCompatible() {
    Map<String, String> before = folder.provenance();
    Map<String, String> now = Provenance.of(spec, backend);
    for (String field : List.of("seed", "sampler", "random_numbers", "backend")) {
      String was = before.get(field);
      String is = now.get(field);
      if (was != null && !was.equals(is)) {
        throw new UserException(
            String.format(
                "%s: holds results with %s %s, the spec has %s; allowed: the same %s, or another"
                    + " name",
                folder.path(""), field, was, is, field));
      }
    }
  }

  private static Backend backend(Spec spec) {
    return switch (spec.backend()) {
      case AUTO -> Kernels.fastest();
      case MKL -> Backend.MKL;
      case ND4J -> Backend.ND4J;
    };
  }
}
