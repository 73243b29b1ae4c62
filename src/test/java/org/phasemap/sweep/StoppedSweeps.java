package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.sweep.progress.SweepOutcome;

/** Waves keep what is measured, and a sweep may be stopped at any moment. */
abstract class StoppedSweeps extends SweepSubject {
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
    SweepOutcome outcome = sweep.run(Set.of());

    assertThat(outcome.rows()).isPositive();
    assertThat(outcome.missing()).isPositive();
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.rows() + outcome.missing()).isEqualTo(4 * 400);
    assertThat(path("pieces/_lock")).doesNotExist();
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
    spark().conf().set("spark.phasemap.wave.seconds", "1");
    try {
      FirstWave listener = new FirstWave();
      run(STOPPABLE, at("waves"), listener);

      assertThat(listener.committed).isBetween(1L, 4 * 400 - 1L);
      assertThat(listener.measuredThen).isLessThan(4 * 400);
      assertThat(listener.measured).isEqualTo(4 * 400);
    } finally {
      spark().conf().unset("spark.phasemap.wave.seconds");
    }
  }

  @Test
  void theFirstFailureStopsASweepThatAsksForIt() throws IOException {
    ResultsFolder results = at("fast");
    SweepOutcome outcome =
        sweep(STOPPABLE + "limits: {cell_seconds: 1e-6}\n", results, new Missing())
            .run(Set.of(SweepOption.FAIL_FAST));

    assertThat(outcome.failed()).isPositive();
  }
}
