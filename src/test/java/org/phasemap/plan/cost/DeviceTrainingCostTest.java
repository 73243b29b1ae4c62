package org.phasemap.plan.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.spec.file.SpecReader;

/** What the model thinks of training on devices. */
class DeviceTrainingCostTest {
  private static Unit unit(String backend, String training) {
    return Schedule.most(
            Plan.of(
                SpecReader.parse(
                    """
                    name: t
                    backend: %s
                    probes: []
                    network: {activation: tanh, depth: 32, width: 64, sigma_w2: [1, 2]}
                    training: {%s}
                    """
                        .formatted(backend, training),
                    "t.yaml")))
        .get(0);
  }

  private static double seconds(String backend, String training) {
    Unit unit = unit(backend, training);
    return CostModel.measuringSeconds(unit) / unit.cells().size();
  }

  /** Of docs/gpu.md: 4 µs a step. */
  @Test
  void aStepCostsWhatTheTableSays() {
    double step = (seconds("cuda", "steps: 300") - seconds("cuda", "steps: 200")) / 100;
    assertThat(step).isCloseTo(4e-6, within(0.1e-6));
    assertThat(seconds("openblas", "steps: 200")).isGreaterThan(30 * seconds("cuda", "steps: 200"));
  }

  /** The CPU measures the tangent kernel for it. */
  @Test
  void aCriticalRateCostsTheCpuSomeSteps() {
    double critical = seconds("cuda", "steps: 200, learning_rate: {critical: 0.5}");
    double steps =
        (critical - seconds("cuda", "steps: 200")) / seconds("openblas", "steps: 200") * 200;
    assertThat(steps).isBetween(1.0, 20.0);
  }

  /** Columns of the read-out are 12 numbers instead of 10; 256 bytes align a block's memory. */
  @Test
  void blocksHaveRoomForANetworkAndItsMinibatch() {
    TrainingShape sgd = TrainingShape.of(unit("cuda", "steps: 200")).orElseThrow();
    TrainingShape adam =
        TrainingShape.of(unit("cuda", "steps: 200, optimiser: adam")).orElseThrow();
    assertThat(sgd.blockBytes()).isBetween(1_590_000L, 1_640_000L);
    assertThat(adam.blockBytes() - sgd.blockBytes())
        .isCloseTo(2L * 4 * (64 * 65 + 31 * 64 * 65 + 12 * 65), within(256L));
    assertThat(sgd.orderBytes()).isEqualTo(4L * 200 * 64);
  }
}
