package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.phasemap.kernel.cuda.CudaBackend;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.progress.SweepOutcome;

/** A whole sweep that measures and trains with {@code backend: cuda}, on the emulated device. */
abstract class TrainedOnDevices extends SweepSubject {
  private static final String TRAINED =
      """
      name: trained
      seed: 7
      backend: cuda
      replicates: 1
      network:
        activation: tanh
        depth: [1, 3]
        width: 12
        init: [xavier_normal, orthogonal]
        sigma_multiplier: [0.5, 1]
      inputs: {count: 3, dimension: 6}
      training:
        data: {kind: clusters, classes: 3, dimension: 9, examples: 80, separation: 1.5}
        replicates: 2
        optimiser: [sgd, adam]
        learning_rate: 0.05
        batch_size: 16
        steps: 12
      """;

  /** Another order of threads, and rows stay. What the device cannot train, the CPU has trained. */
  @Test
  void rowsAreTheSameEachTimeAndSayWhoTrainedThem() throws IOException {
    EmulatedCuda emulated = EmulatedCuda.install();
    try {
      ResultsFolder once = at("once");
      ResultsFolder again = at("again");
      run(TRAINED, once);
      emulated.set(Setting.ORDER, "2");
      run(TRAINED, again);
      assertThat(replicates(again)).hasSize(2 * 4 + 2 * 2 * 8).isEqualTo(replicates(once));
      String whoTrained =
          "select distinct init, backend from replicates where task = 'training' order by all";
      assertThat(lines(once, whoTrained))
          .isEqualTo(
              List.of(
                  "orthogonal|" + new OpenBlas().id() + "|",
                  "xavier_normal|" + CudaBackend.ID + "|"));
    } finally {
      emulated.reset();
    }
  }

  /** Trained to their end, these networks would take the emulated device many minutes. */
  private static final String ENDLESS =
      """
      name: endless
      backend: cuda
      replicates: 1
      network: {activation: tanh, width: 4, depth: [1, 2], sigma_w2: [1, 2], sigma_b2: 0.05}
      inputs: {count: 2, dimension: 3}
      probes: [signal]
      training:
        data: {kind: clusters, classes: 2, dimension: 3, examples: 80}
        batch_size: 1
        steps: 2000000
        learning_rate: 0.001
        replicates: 2
      """;

  /** Stops the sweep once a launch has its memory. */
  private static final class StopsLaunches extends Missing {
    private final EmulatedCuda emulated;
    private @Nullable Sweep sweep;
    private boolean stopped;

    private StopsLaunches(EmulatedCuda emulated) {
      this.emulated = emulated;
    }

    @Override
    public void progressed(Snapshot snapshot) {
      if (sweep != null && snapshot.seconds() > 1 && emulated.used() > 0) {
        stopped = true;
        sweep.stop();
      }
    }
  }

  /** No driver can end a launch: it ends of itself, told by the host, and gives its memory back. */
  @Test
  @Timeout(120)
  void launchesEndSoonAfterTheSweepIsStopped() throws IOException, InterruptedException {
    EmulatedCuda emulated = EmulatedCuda.install();
    try {
      ResultsFolder endless = at("endless");
      StopsLaunches stopper = new StopsLaunches(emulated);
      Sweep sweep = sweep(ENDLESS, endless, stopper);
      stopper.sweep = sweep;
      SweepOutcome outcome = sweep.run(Set.of());

      assertThat(stopper.stopped).isTrue();
      assertThat(outcome.complete()).isFalse();
      assertThat(outcome.failed()).isZero();
      assertThat(path("endless/_lock")).doesNotExist();
      while (emulated.used() > 0) {
        Thread.sleep(50);
      }
    } finally {
      emulated.reset();
    }
  }
}
