package org.phasemap.measure.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/** Every barrier of the dense sampler is needed: without it, some order of threads shows. */
class DenseBarriersTest {
  @TempDir private Path folder = Path.of("");

  /**
   * Two chunks of rows, several networks and draws a block, several depths, a mask; several
   * outputs.
   */
  @Test
  void everyBarrierIsNecessary() {
    List<Unit> units =
        DensePropagationTest.units(
            "{activation: relu, width: 40, depth: 2, sigma_w2: 2}",
            "count: 3, dimension: 11",
            "replicates: 1\noutputs: 2\nprobes: [ntk, curvature]");
    units.addAll(
        DensePropagationTest.units(
            """
            activation: gelu
            width: 130
            depth: [2, 3]
            sigma_w2: [1, 2]
            sigma_b2: 0.1
            keep_probability: 0.9
            """,
            "count: 3, dimension: 11",
            "replicates: 3\nprobes: " + DensePropagationTest.ALL));
    try (Barriers barriers = new Barriers(folder)) {
      assertThat(
              barriers.unseen(
                  units, barrier -> barrier.contains("/dense"), DenseBarriersTest::differ))
          .isEmpty();
      assertThat(
              barriers.unreached(
                  List.of(
                      "dense.cu", "dense_down.h", "dense_product.h", "dense_rows.h", "dense_up.h")))
          .isEmpty();
    }
  }

  private static boolean differ(List<Measurement> expected, List<Measurement> found) {
    List<String> differences = new ArrayList<>();
    DensePropagationTest.compare(expected, found, differences);
    return !differences.isEmpty();
  }
}
