package org.phasemap.measure.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/** Every barrier of the weight-free sampler is needed: without it, some order of threads shows. */
class WeightFreeBarriersTest {
  @TempDir private Path folder = Path.of("");

  /**
   * Blocks of 64 threads that have three chunks of rows, of which the last is not whole. A deep
   * ordered phase needs the passes in float64 and second orthonormalisations; with c0 of 1 columns
   * repeat others. Orthogonal weights, whose first layer shows part of a frame. More columns than a
   * warp has lanes, of low rank. Blocks of one warp.
   */
  @Test
  void everyBarrierIsNecessary() {
    List<Unit> units = new ArrayList<>();
    for (String rest :
        List.of(
            "inputs: {count: 7, dimension: 11, c0: 0.9}\nprobes: [signal, ntk, precision]",
            "inputs: {count: 3, dimension: 9, c0: 1}\nprobes: [signal, gradient, jacobian]")) {
      units.addAll(
          DevicePropagationTest.units(
              "{activation: gelu, width: 140, depth: [2, 6], sigma_w2: [0.3, 2], sigma_b2: 0.1}",
              rest + "\nreplicates: 1"));
    }
    units.addAll(
        DevicePropagationTest.units(
            "{activation: gelu, width: 24, depth: 3, init: orthogonal, sigma_b2: 0.1}",
            "inputs: {count: 6, dimension: 30, c0: 0.5}\nreplicates: 1"));
    units.addAll(
        DevicePropagationTest.units(
            "{activation: relu, width: 6, depth: 4, sigma_w2: 2}",
            "inputs: {kind: sphere, count: 33, dimension: 3}\nreplicates: 2"));
    units.addAll(
        DevicePropagationTest.units(
            "{activation: tanh, width: 10, depth: 3, sigma_w2: 2}",
            "inputs: {count: 9, dimension: 12}\nreplicates: 1\nprobes: [gradient, optimiser]"));
    try (Barriers barriers = new Barriers(folder)) {
      assertThat(
              barriers.unseen(
                  units,
                  barrier -> !line(barrier).contains("// Not seen: "),
                  WeightFreeBarriersTest::differ))
          .isEmpty();
      assertThat(
              barriers.unreached(
                  List.of(
                      "columns.cu",
                      "weight_free.cu",
                      "weight_free_counts.h",
                      "weight_free_factor.h",
                      "weight_free_down.h",
                      "weight_free_passes.h",
                      "weight_free_up.h",
                      "weight_free_walk.h")))
          .isEmpty();
    }
  }

  /** Of the source: some barriers say there why no result shows them. */
  private static String line(String barrier) {
    int colon = barrier.lastIndexOf(':');
    int number = Integer.parseInt(barrier.substring(colon + 1));
    try {
      return Files.readAllLines(Path.of(barrier.substring(0, colon))).get(number - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean differ(List<Measurement> expected, List<Measurement> found) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      DevicePropagationTest.compare(
          "", Double.POSITIVE_INFINITY, expected.get(i), found.get(i), 0, differences);
    }
    return !differences.isEmpty();
  }
}
