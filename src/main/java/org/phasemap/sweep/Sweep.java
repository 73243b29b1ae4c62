package org.phasemap.sweep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernels;
import org.phasemap.network.UserException;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec;
import org.phasemap.spec.SpecWriter;
import org.phasemap.spec.Training;
import org.phasemap.store.Commit;
import org.phasemap.store.Damage;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ManifestEntry.DataFile;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/**
 * Runs what a spec wants and its results folder lacks. What has been measured within about a minute
 * is a wave: it is in the tables whole or not at all, and it is committed while the next is being
 * measured. Where replicates decide whether more are wanted, there are rounds; what a round runs
 * follows from the tables alone.
 */
public final class Sweep {
  /** How long a wave takes, unless {@code spark.phasemap.wave.seconds} says otherwise. */
  private static final String WAVE_SECONDS = "60";

  private static final int CELLS_PER_FILE = 50_000;

  /** What may be asked of a sweep besides. */
  public enum Option {
    /** Rows that failed are dropped first, and so measured again. */
    RETRY_FAILED,
    /** Files that are damaged or missing are dropped first, and their rows so measured again. */
    RETRY_DAMAGED,
    /** The first row that fails stops the sweep. */
    FAIL_FAST
  }

  /**
   * How a sweep ended.
   *
   * @param rows in {@code replicates}
   * @param failed of these
   * @param missing rows that are still wanted; 0 unless it was stopped
   * @param complete whether nothing is missing, {@code cells} included
   */
  public record Outcome(long rows, long failed, long missing, boolean complete) {}

  /** The backend that OpenBLAS has replaced: other last bits of the same law. */
  private static final String EARLIER_DEFAULT = "mkl";

  private final Supplier<SparkSession> session;
  private final Spec spec;
  private final ResultsFolder folder;
  private final Configuration configuration;
  private final SweepListener listener;
  private final Backend backend;
  private final String committing = UUID.randomUUID().toString();
  private final String ending = UUID.randomUUID().toString();
  private final CellTally tally = new CellTally();
  private @Nullable Destination destination;
  private @Nullable Cluster cluster;
  private @Nullable Measuring measuring;
  private boolean stopped;

  /**
   * A sweep; nothing happens yet.
   *
   * @param session asked for if there is anything to do
   * @param configuration of the file systems
   */
  public Sweep(
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
  }

  /**
   * Runs what is missing.
   *
   * @throws UserException if another sweep writes the folder, or it holds a sweep of another kind,
   *     or a batch is larger than its data set
   * @throws IOException if the results cannot be written; what is committed stays
   * @throws LostCluster if the cluster ends the session; what tasks have finished stays
   */
  public Outcome run(Set<Option> options) throws IOException {
    Stopwatch watch = new Stopwatch(listener);
    Plan plan = Plan.of(spec);
    checkBatch();
    try (FolderLock lock = FolderLock.take(folder)) {
      Commit commit = new Commit(folder, lock);
      checkUnchanged();
      if (options.contains(Option.RETRY_DAMAGED)) {
        Damage.discard(folder, commit);
      }
      if (options.contains(Option.RETRY_FAILED)) {
        new FailedRows(folder, configuration, commit).discard(Provenance.of(spec, backend));
      }
      Holdings holdings = Holdings.read(plan, folder, configuration);
      watch.end("plan");
      boolean current = isComplete(holdings);
      if (isStopped()) {
        return holdings.outcome(current);
      }
      if (current) {
        commit.discardLeftovers();
        announce(plan, holdings, 1);
        return holdings.outcome(true);
      }
      Cluster cluster = open(watch);
      try {
        return run(plan, holdings, commit, options, watch);
      } catch (UserException | IOException e) {
        throw e;
      } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
        if (isStopped() && TaskFailure.isCancellation(e)) {
          return Holdings.read(plan, folder, configuration).outcome(false);
        }
        if (!cluster.hasEndedSession()) {
          throw e;
        }
        throw new LostCluster(
            cluster.master() + ": ended the session; Spark's last words say why",
            e,
            Holdings.read(plan, folder, configuration).outcome(false));
      }
    }
  }

  /** Runs what is missing in the session that is open. */
  private Outcome run(
      Plan plan, Holdings before, Commit commit, Set<Option> options, Stopwatch watch)
      throws IOException {
    Holdings holdings = takeOver(plan, before, commit);
    commit.discardLeftovers();
    announce(plan, holdings, cores());
    if (holdings.progress().missing() > 0) {
      GpuPreflight.check(context(), backend).ifPresent(listener::warned);
    }
    folder.writeSpec(SpecWriter.toYaml(spec));
    holdings = measure(plan, holdings, commit, options);
    watch.end("waves");
    if (!isStopped() && !cellsAreCurrent()) {
      end(plan, holdings, commit, watch);
    }
    commit.end();
    watch.end("cells");
    return holdings.outcome(isComplete(holdings));
  }

  /**
   * Ends the sweep early, from another thread: units end at their next operation, the tasks that
   * have ended are committed, {@code cells} are left for later, and {@link #run} returns. Where
   * there is no executor to commit them, they are left for the next sweep, which does.
   */
  public synchronized void stop() {
    stopped = true;
    if (measuring != null) {
      measuring.stop();
    }
    if (cluster != null) {
      cluster.cancel(ending);
      if (cluster.hasNoExecutors()) {
        cluster.cancel(committing);
      }
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private Cluster open(Stopwatch watch) {
    destination = new Destination(session.get(), folder);
    Cluster opened = new Cluster(context().sc());
    synchronized (this) {
      cluster = opened;
    }
    watch.end("session");
    return opened;
  }

  /** Commits what tasks of a killed driver had finished. */
  private Holdings takeOver(Plan plan, Holdings holdings, Commit commit) throws IOException {
    List<String> staged = commit.staged();
    Map<String, BitSet> missing = holdings.progress().missingReplicates();
    List<Part> parts =
        staged.isEmpty() ? List.of() : staging(commit).takeOver(context(), staged, missing);
    if (parts.isEmpty()) {
      return holdings;
    }
    listener.takenOver(waveCommit(commit).of(parts));
    return Holdings.read(plan, folder, configuration);
  }

  /** Says what of the plan is missing by now. More may be wanted once that is measured. */
  private void announce(Plan plan, Holdings holdings, int cores) {
    List<Unit> units = holdings.progress().units();
    listener.planned(
        new SweepListener.Announcement(
            plan.cells().size(),
            holdings.progress().wanted(),
            holdings.progress().missing(),
            units.size(),
            units.stream().mapToDouble(CostModel::seconds).sum() / cores));
  }

  /** Runs rounds until nothing is missing, or until it is stopped. */
  private Holdings measure(Plan plan, Holdings holdings, Commit commit, Set<Option> options)
      throws IOException {
    Holdings now = holdings;
    int round = 0;
    for (List<Unit> units = now.progress().units();
        !units.isEmpty() && !isStopped();
        units = now.progress().units()) {
      if (round++ > 0) {
        announce(plan, now, cores());
      }
      List<Work> tasks =
          Plan.tasks(units, cores()).stream().map(task -> new Work(task, null)).toList();
      while (!tasks.isEmpty() && !isStopped()) {
        tasks = runTasks(tasks, commit, options);
      }
      now = Holdings.read(plan, folder, configuration);
    }
    return now;
  }

  /** Runs tasks and commits waves. Gives what is left to do if a task failed for good. */
  private List<Work> runTasks(List<Work> tasks, Commit commit, Set<Option> options)
      throws IOException {
    SparkSession spark = session.get();
    Duration period =
        Duration.ofSeconds(
            Long.parseLong(spark.conf().get("spark.phasemap.wave.seconds", WAVE_SECONDS)));
    BitSet left = new BitSet();
    left.set(0, tasks.size());
    try (ProgressMeter meter = new ProgressMeter(tasks, listener, executors(), tally);
        Measuring job =
            new Measuring(
                spark,
                tasks,
                backend,
                spec.limits().cellSeconds(),
                staging(commit),
                part -> meter.add(tasks.get(part.task()), part))) {
      register(job);
      context().setJobGroup(committing, "wave");
      int wave = 1;
      for (List<Part> parts = job.next(period); !parts.isEmpty(); parts = job.next(period)) {
        listener.committed(wave++, waveCommit(commit).of(parts));
        parts.forEach(part -> left.clear(part.task()));
        if (options.contains(Option.FAIL_FAST) && parts.stream().anyMatch(p -> p.failed() > 0)) {
          stop();
        }
      }
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The sweep was interrupted");
    } catch (ExecutionException e) {
      return rest(tasks, left, new TaskFailure(e));
    } finally {
      register(null);
      context().clearJobGroup();
    }
  }

  private synchronized void register(@Nullable Measuring job) {
    measuring = job;
    if (job != null && stopped) {
      job.stop();
    }
  }

  /**
   * What is left after a task has failed as often as it may: its cells are tried alone, last; a
   * cell that was alone is recorded as failed.
   */
  private static List<Work> rest(List<Work> tasks, BitSet left, TaskFailure failure)
      throws IOException {
    failure.throwIfNoCells();
    int culprit = failure.task().orElseThrow(() -> failure.reason());
    left.clear(culprit);
    List<Work> rest = new ArrayList<>();
    left.stream().mapToObj(tasks::get).forEach(rest::add);
    Work failed = tasks.get(culprit);
    if (failed.fault() != null) {
      throw new IllegalStateException("A failed row cannot be recorded", failure.reason());
    }
    List<Work> alone = failed.split();
    rest.addAll(alone.isEmpty() ? List.of(new Work(failed.units(), failure.reason())) : alone);
    return rest;
  }

  private ExecutorWatch executors() {
    Cluster counted = Objects.requireNonNull(cluster);
    return new ExecutorWatch(
        counted::executors,
        System::nanoTime,
        () -> {
          if (counted.hasNoExecutors()) {
            listener.warned(
                String.format(
                    "%s: no executor for a minute; the sweep waits for one (Ctrl-C ends it, and"
                        + " what tasks have finished is kept)",
                    counted.master()));
          }
        });
  }

  private boolean isComplete(Holdings holdings) {
    return holdings.progress().missing() == 0 && cellsAreCurrent();
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

  /** What follows the last wave; a sweep that is stopped leaves it for later. */
  private void end(Plan plan, Holdings holdings, Commit commit, Stopwatch watch)
      throws IOException {
    context().setJobGroup(ending, "cells");
    try {
      new Compaction(context(), folder, destination(), commit).run(provenance());
      watch.end("compaction");
      buildCells(plan, holdings, commit);
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      if (!isStopped() || !TaskFailure.isCancellation(e)) {
        throw e;
      }
    } finally {
      context().clearJobGroup();
    }
  }

  private void buildCells(Plan plan, Holdings holdings, Commit commit) throws IOException {
    int expected = holdings.cells().size();
    List<DataFile> written =
        destination()
            .writeSorted(
                new CellsTable(session.get(), folder, destination()).build(plan.cells(), holdings),
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

  private Staging staging(Commit commit) {
    return new Staging(destination(), commit.newStagedPath(), Provenance.of(spec, backend));
  }

  private WaveCommit waveCommit(Commit commit) {
    return new WaveCommit(context(), destination(), commit, provenance());
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
    int largest = Collections.max(training.batchSize());
    if (largest > examples) {
      throw new UserException(
          String.format(
              "training.batch_size: %d is not allowed; allowed: 1 to %d, the training examples of %s",
              largest, examples, training.data().name()));
    }
  }

  /** Rows of another kind must not share a table. */
  private void checkUnchanged() {
    List<String> changes =
        new ArrayList<>(
            folder.dataFiles(Tables.REPLICATES).isEmpty()
                ? List.of()
                : folder.specYaml().map(before -> SpecChange.of(before, spec)).orElse(List.of()));
    Map<String, String> before = folder.provenance();
    String is = Provenance.of(spec, backend).get("backend");
    String was = before.getOrDefault("backend", String.valueOf(is));
    boolean replaced = was.equals(EARLIER_DEFAULT) && backend == Backend.OPENBLAS;
    if (changes.isEmpty() && !replaced && !was.equals(is)) {
      changes.add(String.format("backend: %s, now %s", was, is));
    }
    if (!changes.isEmpty()) {
      throw new UserException(
          String.format(
              "%s: holds a sweep of another spec (%s); allowed: the same, with other axes,"
                  + " replicates or limits. For a new sweep choose another name (-o name=…) or another"
                  + " folder (--results)",
              folder.path(""), String.join("; ", changes)));
    }
  }

  private static Backend backend(Spec spec) {
    return switch (spec.backend()) {
      case AUTO -> Kernels.fastest();
      case OPENBLAS -> Backend.OPENBLAS;
      case ND4J -> Backend.ND4J;
    };
  }
}
