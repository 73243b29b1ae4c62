package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.cuda.CudaBackend;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.store.ResultsFolder;

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
}
