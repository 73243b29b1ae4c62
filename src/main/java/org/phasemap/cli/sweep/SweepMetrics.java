package org.phasemap.cli.sweep;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.sweep.progress.SweepListener;

/**
 * A sweep's figures as Prometheus has them. Counters start at 0 with every run, as Prometheus
 * expects. Each cell is counted once, whatever its rounds and second tries, because rows divided by
 * replicates are no number of cells where replicates decide how many there are.
 */
final class SweepMetrics implements SweepListener {
  private final PrometheusRegistry registry;
  private final Labels sweep;
  private final Gauge wantedCells;
  private final Gauge wantedReplicates;
  private final Gauge missingReplicates;
  private final Counter cells;
  private final Counter failedCells;
  private final Counter replicates;
  private final Counter failedReplicates;
  private final Counter committedReplicates;
  private final Counter waves;
  private final Gauge costDone;
  private final Gauge executors;
  private final Gauge phaseSeconds;

  /** Of the round that goes on; counters take what is added to it. */
  private long rows;

  private long failed;

  /** Metrics of a sweep of this name. */
  SweepMetrics(PrometheusRegistry registry, String name) {
    this.registry = registry;
    this.sweep = Labels.of("sweep", name);
    wantedCells = gauge("phasemap_wanted_cells", "Cells of the spec");
    wantedReplicates =
        gauge("phasemap_wanted_replicates", "Replicates wanted, as far as is known by now");
    missingReplicates = gauge("phasemap_missing_replicates", "Of these, not measured yet");
    cells = counter("phasemap_cells_total", "Cells that have all replicates asked for by now");
    failedCells = counter("phasemap_cells_failed_total", "Cells with a failed replicate");
    replicates = counter("phasemap_replicates_total", "Replicates measured or failed");
    failedReplicates = counter("phasemap_replicates_failed_total", "Replicates that failed");
    committedReplicates =
        counter("phasemap_replicates_committed_total", "Replicates that are in the table");
    waves = counter("phasemap_waves_total", "Waves committed");
    costDone = gauge("phasemap_cost_done_ratio", "Share of the round's estimated cost done");
    executors = gauge("phasemap_executors", "Executors; 0 if tasks run in the driver");
    phaseSeconds =
        Gauge.builder()
            .name("phasemap_phase_seconds")
            .help("Seconds that a phase took; phases that have not ended are left out")
            .labelNames("phase")
            .constLabels(sweep)
            .register(registry);
  }

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).constLabels(sweep).register(registry);
  }

  private Counter counter(String name, String help) {
    return Counter.builder().name(name).help(help).constLabels(sweep).register(registry);
  }

  @Override
  public synchronized void planned(Announcement announcement) {
    wantedCells.set((double) announcement.cells());
    wantedReplicates.set((double) announcement.rows());
    missingReplicates.set((double) announcement.missing());
  }

  @Override
  public synchronized void progressed(Snapshot snapshot) {
    if (snapshot.rows() < rows) { // another round
      rows = 0;
      failed = 0;
    }
    long more = snapshot.rows() - rows;
    replicates.inc(more);
    missingReplicates.dec((double) more);
    failedReplicates.inc(snapshot.failed() - failed);
    rows = snapshot.rows();
    failed = snapshot.failed();
    cells.inc(snapshot.cells() - cells.getLongValue());
    failedCells.inc(snapshot.failedCells() - failedCells.getLongValue());
    costDone.set(snapshot.share());
    executors.set(snapshot.executors());
  }

  @Override
  public synchronized void takenOver(ManifestEntry entry) {
    committedReplicates.inc(entry.rows());
  }

  @Override
  public synchronized void committed(int wave, ManifestEntry entry) {
    waves.inc();
    committedReplicates.inc(entry.rows());
  }

  @Override
  public synchronized void ended(String phase, double seconds) {
    phaseSeconds.labelValues(phase).set(seconds);
  }
}
