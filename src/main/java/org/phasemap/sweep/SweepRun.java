package org.phasemap.sweep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;
import org.phasemap.plan.CellTally;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Estimate;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.plan.cost.Work;
import org.phasemap.rows.Holdings;
import org.phasemap.rows.Provenance;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecWriter;
import org.phasemap.store.Commit;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.sweep.cluster.Cluster;
import org.phasemap.sweep.cluster.GpuPreflight;
import org.phasemap.sweep.cluster.Jobs;
import org.phasemap.sweep.cluster.TaskFailure;
import org.phasemap.sweep.progress.ExecutorWatch;
import org.phasemap.sweep.progress.ProgressMeter;
import org.phasemap.sweep.progress.Stopwatch;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepListener.Announcement;
import org.phasemap.sweep.progress.SweepOutcome;
import org.phasemap.sweep.table.CellsTable;
import org.phasemap.sweep.table.Compaction;
import org.phasemap.sweep.table.Destination;
import org.phasemap.sweep.table.Part;
import org.phasemap.sweep.table.Staging;
import org.phasemap.sweep.table.WaveCommit;

/**
 * What a sweep does in an open session: takes over, measures in waves, merges files, averages.
 *
 * <p>A sweep that is stopped builds no {@code cells}: Ctrl-C is to end soon.
 */
final class SweepRun {
  /** How long a wave takes, unless {@code spark.phasemap.wave.seconds} says otherwise. */
  private static final String WAVE_SECONDS = "60";

  private final SparkSession spark;
  private final Configuration configuration;
  private final Spec spec;
  private final Plan plan;
  private final ResultsFolder folder;
  private final Commit commit;
  private final SweepListener listener;
  private final Estimate estimate;
  private final Destination destination;
  private final Cluster cluster;
  private final String committing = UUID.randomUUID().toString();
  private final String ending = UUID.randomUUID().toString();
  private final CellTally tally = new CellTally();
  private @Nullable Measuring measuring;
  private boolean stopped;

  /** For a folder whose lock this process has. */
  SweepRun(
      SparkSession spark,
      Configuration configuration,
      Spec spec,
      Plan plan,
      ResultsFolder folder,
      Commit commit,
      SweepListener listener,
      Estimate estimate) {
    this.spark = spark;
    this.configuration = configuration;
    this.spec = spec;
    this.plan = plan;
    this.folder = folder;
    this.commit = commit;
    this.listener = listener;
    this.estimate = estimate;
    this.destination = new Destination(spark, folder);
    this.cluster = new Cluster(spark.sparkContext());
  }

  Cluster cluster() {
    return cluster;
  }

  /** As {@link Sweep#stop}. */
  synchronized void stop() {
    stopped = true;
    if (measuring != null) {
      measuring.stop();
    }
    cluster.cancel(ending);
    if (cluster.hasNoExecutors()) {
      cluster.cancel(committing);
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /**
   * Runs what is missing.
   *
   * @param before what there is
   */
  SweepOutcome of(Holdings before, Set<SweepOption> options, Stopwatch watch) throws IOException {
    Holdings holdings = takeOver(before);
    commit.discardLeftovers();
    listener.planned(Announcement.of(holdings, cores(), estimate));
    if (holdings.progress().missing() > 0) {
      GpuPreflight.check(context(), plan.backend());
    }
    folder.writeSpec(SpecWriter.toYaml(spec));
    holdings = measure(holdings, options);
    watch.end("waves");
    if (!isStopped() && !CellsTable.areCurrent(folder, spec)) {
      end(holdings, watch);
    }
    commit.end();
    watch.end("cells");
    return SweepOutcome.of(holdings, CellsTable.areComplete(holdings, folder, spec));
  }

  /** Commits what tasks of a killed driver had finished. */
  private Holdings takeOver(Holdings holdings) throws IOException {
    List<String> staged = commit.staged();
    Map<String, BitSet> missing = holdings.progress().missingReplicates();
    List<Part> parts = List.of();
    if (!staged.isEmpty()) {
      String work = String.format("read %,d staged files of an earlier run", staged.size());
      parts =
          Jobs.named(
              spark.sparkContext(),
              spec.name(),
              work,
              () -> staging().takeOver(context(), staged, missing));
    }
    if (parts.isEmpty()) {
      return holdings;
    }
    listener.takenOver(waveCommit().of("take-over", parts, cores()));
    return Holdings.read(plan, folder, configuration);
  }

  /** Runs rounds until nothing is missing, or until it is stopped. */
  private Holdings measure(Holdings holdings, Set<SweepOption> options) throws IOException {
    Holdings now = holdings;
    int round = 0;
    for (List<Unit> units = Schedule.missing(now.progress());
        !units.isEmpty() && !isStopped();
        units = Schedule.missing(now.progress())) {
      if (round++ > 0) {
        listener.planned(Announcement.of(now, cores(), estimate));
      }
      List<Work> tasks =
          Schedule.tasks(units, cores()).stream().map(task -> new Work(task, null)).toList();
      while (!tasks.isEmpty() && !isStopped()) {
        tasks = runTasks(round, tasks, options);
      }
      now = Holdings.read(plan, folder, configuration);
      now.requireNoneTwice(folder);
    }
    return now;
  }

  /** Runs tasks and commits waves. Gives what is left to do if a task failed for good. */
  private List<Work> runTasks(int round, List<Work> tasks, Set<SweepOption> options)
      throws IOException {
    Duration period = wave(spark.conf().get("spark.phasemap.wave.seconds", WAVE_SECONDS));
    BitSet left = new BitSet();
    left.set(0, tasks.size());
    try (ProgressMeter meter =
            new ProgressMeter(tasks, listener, executors(), tally, estimate.pace());
        Measuring job =
            new Measuring(
                spark,
                spec.name(),
                round,
                tasks,
                plan.backend(),
                spec.limits().cellSeconds(),
                staging(),
                part -> meter.add(tasks.get(part.task()), part.rows(), part.failedCells()))) {
      register(job);
      context().setJobGroup(committing, "wave");
      int wave = 1;
      for (List<Part> parts = job.next(period); !parts.isEmpty(); parts = job.next(period)) {
        int idle = job.hasEnded() ? cores() : 1;
        ManifestEntry entry = waveCommit().of("wave " + wave, parts, idle);
        listener.committed(wave++, entry);
        parts.forEach(part -> left.clear(part.task()));
        if (options.contains(SweepOption.FAIL_FAST)
            && parts.stream().anyMatch(p -> p.failed() > 0)) {
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

  /** What is left after a task has failed as often as it may: the others, then what it leaves. */
  private static List<Work> rest(List<Work> tasks, BitSet left, TaskFailure failure)
      throws IOException {
    failure.throwIfNoCells();
    int culprit = failure.task().orElseThrow(failure::reason);
    left.clear(culprit);
    return Stream.concat(
            left.stream().mapToObj(tasks::get),
            tasks.get(culprit).afterFailure(failure.reason()).stream())
        .toList();
  }

  private static Duration wave(String seconds) {
    try {
      return Duration.ofSeconds(DecimalText.whole(seconds));
    } catch (NumberFormatException e) {
      throw new UserException(
          "spark.phasemap.wave.seconds: " + seconds + " is not allowed; allowed: whole seconds", e);
    }
  }

  private synchronized void register(@Nullable Measuring job) {
    measuring = job;
    if (job != null && stopped) {
      job.stop();
    }
  }

  private ExecutorWatch executors() {
    return new ExecutorWatch(
        cluster::executors,
        System::nanoTime,
        () -> {
          if (cluster.hasNoExecutors()) {
            listener.warned(
                String.format(
                    "%s: no executor for a minute; the sweep waits for one (Ctrl-C ends it, and"
                        + " what tasks have finished is kept)",
                    cluster.master()));
          }
        });
  }

  /** What follows the last wave; a sweep that is stopped leaves it for later. */
  private void end(Holdings holdings, Stopwatch watch) throws IOException {
    context().setJobGroup(ending, "cells");
    try {
      new Compaction(context(), folder, destination, commit).run(provenance());
      watch.end("compaction");
      new CellsTable(spark, folder, destination)
          .replace(plan.cells(), holdings, commit, provenance());
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      if (!isStopped() || !TaskFailure.isCancellation(e)) {
        throw e;
      }
    } finally {
      context().clearJobGroup();
    }
  }

  private Staging staging() {
    return new Staging(destination, commit.newStagedPath(), Provenance.of(spec, plan.backend()));
  }

  private WaveCommit waveCommit() {
    return new WaveCommit(context(), spec.name(), destination, commit, provenance());
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = Provenance.of(spec, plan.backend());
    provenance.put("spark", spark.version());
    provenance.put("master", cluster.master());
    return provenance;
  }

  private int cores() {
    return context().defaultParallelism();
  }
}
