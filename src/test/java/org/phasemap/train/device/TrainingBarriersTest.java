package org.phasemap.train.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.measure.device.Barriers;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.MeasurementBits;

/** Every barrier of training is needed: without it, some order of threads shows. */
class TrainingBarriersTest {
  @TempDir private Path folder = Path.of("");

  /** Two tiles, two chunks of terms, a block that trains two networks, which end early. */
  @Test
  void everyBarrierIsNecessary() {
    try (Barriers barriers = new Barriers(folder)) {
      assertThat(
              barriers.unseen(
                  DeviceTraining::measure,
                  OnDevice.units(
                      "activation: gelu, width: 70, depth: 2, sigma_w2: [1, 2]",
                      "batch_size: 35, steps: 9, learning_rate: 0.1, replicates: 1,"
                          + " stop: {accuracy: 0.01, steps: 3}"),
                  barrier -> barrier.contains("/train") || barrier.startsWith("train"),
                  TrainingBarriersTest::differ))
          .isEmpty();
    }
  }

  private static boolean differ(List<Measurement> expected, List<Measurement> found) {
    return !bits(expected).equals(bits(found));
  }

  private static List<List<String>> bits(List<Measurement> measurements) {
    return measurements.stream().map(MeasurementBits::of).toList();
  }
}
