package org.phasemap.sweep;

import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.plan.cost.Estimate;
import org.phasemap.rows.FailedRows;
import org.phasemap.rows.Holdings;
import org.phasemap.rows.Provenance;
import org.phasemap.rows.SpecChange;
import org.phasemap.rows.WrongRows;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;
import org.phasemap.store.Commit;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.Damage;
import org.phasemap.store.Effort;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.TaskFailure;
import org.phasemap.sweep.progress.PeakMemory;
import org.phasemap.sweep.progress.Stopwatch;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;
import org.phasemap.sweep.table.CellsTable;

/**
 * Runs what a spec wants and its results folder lacks. What has been measured within about a minute
 * is a wave: it is in the tables whole or not at all, and it is committed while the next is being
 * measured. Where replicates decide whether more are wanted, there are rounds; what a round runs
 * follows from the tables alone.
 */
public final class Sweep {
  private final Supplier<SparkSession> session;
  private final Spec spec;
  private final ResultsFolder folder;
  private final Configuration configuration;
  private final SweepListener listener;
  private final Backend backend;
  private Estimate estimate = Estimate.FITTED;
  private @Nullable SweepRun running;
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
    this.backend = spec.backend().orElseGet(Backends::fastest);
  }

  /** Who measures. */
  public Backend backend() {
    return backend;
  }

  /** Estimates times in some way; by the cost model as it is unless it is said. */
  public void by(Estimate given) {
    estimate = given;
  }

  /**
   * Runs what is missing.
   *
   * @throws UserException if another sweep writes the folder, or it holds a sweep of another kind,
   *     or a batch is larger than its data set
   * @throws IOException if the results cannot be written; what is committed stays
   * @throws LostCluster if the cluster ends the session; what tasks have finished stays
   */
  public SweepOutcome run(Set<SweepOption> options) throws IOException {
    Stopwatch watch = new Stopwatch(listener);
    PeakMemory.reset();
    Plan plan = Plan.of(spec, backend);
    checkBatch();
    try (FolderLock lock = FolderLock.take(folder)) {
      Commit commit = new Commit(folder, lock);
      SpecChange.refuse(folder, spec, backend);
      if (options.contains(SweepOption.RETRY_DAMAGED)) {
        Damage.discard(folder, commit, Damage.find(folder));
        CommittedFiles.check(folder);
        Damage.discard(folder, commit, WrongRows.find(plan, folder, configuration));
      }
      CommittedFiles.check(folder);
      if (options.contains(SweepOption.RETRY_FAILED)) {
        new FailedRows(folder, configuration, commit).discard(Provenance.of(spec, backend));
      }
      Holdings holdings = Holdings.read(plan, folder, configuration);
      holdings.requireNoneTwice(folder);
      watch.end("plan");
      boolean current = CellsTable.areComplete(holdings, folder, spec);
      if (isStopped()) {
        return SweepOutcome.of(holdings, current);
      }
      if (current) {
        commit.discardLeftovers();
        listener.planned(SweepListener.Announcement.of(holdings, 1, estimate));
        return SweepOutcome.of(holdings, true);
      }
      SweepRun run =
          new SweepRun(
              session.get(), configuration, spec, plan, folder, commit, listener, estimate);
      register(run);
      watch.end("session");
      try {
        if (holdings.rows() > 0) {
          Effort.UNKNOWN.write(folder); // A kill must not leave what fewer rows took.
        }
        SweepOutcome outcome = run.of(holdings, options, watch);
        boolean whole = outcome.complete() && holdings.rows() == 0;
        Effort effort = new Effort(watch.seconds(), PeakMemory.bytes());
        (whole ? effort : Effort.UNKNOWN).write(folder);
        return outcome;
      } catch (UserException | IOException e) {
        throw e;
      } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
        if (isStopped() && TaskFailure.isCancellation(e)) {
          return SweepOutcome.of(Holdings.read(plan, folder, configuration), false);
        }
        if (!run.cluster().hasEndedSession()) {
          throw e;
        }
        throw new LostCluster(
            run.cluster().master() + ": ended the session; Spark's last words say why",
            e,
            SweepOutcome.of(Holdings.read(plan, folder, configuration), false));
      }
    }
  }

  /**
   * Ends the sweep early, from another thread: units end at their next operation, the tasks that
   * have ended are committed, {@code cells} are left for later, and {@link #run} returns. Where
   * there is no executor to commit them, they are left for the next sweep, which does.
   */
  public synchronized void stop() {
    stopped = true;
    if (running != null) {
      running.stop();
    }
  }

  private synchronized void register(SweepRun run) {
    running = run;
    if (stopped) {
      run.stop();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** A batch is drawn without replacement. */
  private void checkBatch() {
    Training training = spec.training();
    if (training == null) {
      return;
    }
    int examples = DataSets.load(training.data()).train().count();
    int largest = Collections.max(training.axes().batchSize());
    if (largest > examples) {
      throw new UserException(
          String.format(
              "training.batch_size: %d is not allowed; allowed: 1 to %d, the training examples of"
                  + " %s",
              largest, examples, training.data().name()));
    }
  }
}
