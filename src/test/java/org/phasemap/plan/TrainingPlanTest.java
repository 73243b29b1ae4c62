package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.file.SpecReader;

/** What a training section makes of cells and units. */
class TrainingPlanTest {
  private static Plan plan(String training) {
    return Plan.of(
        SpecReader.parse(
            """
            name: t
            network:
              activation: [relu, tanh]
              depth: [2, 4]
              width: 16
              sigma_w2: [1, 1.5, 2]
              keep_probability: [1, 0.8, 0.5]
            replicates: 1
            training: {replicates: 2, steps: 10, %s}
            """
                .formatted(training),
            "t.yaml"));
  }

  private static List<Cell> trained(Plan plan) {
    return plan.cells().stream().filter(c -> c.task() instanceof Task.Training).toList();
  }

  @Test
  void optimiserRateAndBatchSizeAreAxes() {
    List<Cell> cells =
        trained(plan("optimiser: [sgd, adam], learning_rate: [0.1, 0.2, 0.3], batch_size: [8, 9]"));
    assertThat(cells).hasSize(36 * 2 * 3 * 2);
    assertThat(new HashSet<>(cells.stream().map(Cell::id).toList())).hasSameSizeAs(cells);
    assertThat(cells)
        .extracting(c -> ((Task.Training) c.task()).recipe().optimiser())
        .contains(new Optimiser.Sgd(), new Optimiser.Adam(0.9, 0.999, 1e-8));
    assertThat(trained(plan("learning_rate: {critical: [0.5, 1]}")))
        .extracting(c -> ((Task.Training) c.task()).recipe().learningRate())
        .contains(new LearningRate.Critical(0.5), new LearningRate.Critical(1));
  }

  @Test
  void withoutProbesThereIsOnlyWhatIsTrained() {
    Plan plan = plan("network: {depth: 2}}\nprobes: []\nlimits: {max_cells: 18");
    assertThat(plan.cells()).hasSize(2 * 3 * 3).isEqualTo(trained(plan));
    assertThat(plan.rows()).isEqualTo(2 * 18);
    assertThat(Schedule.most(plan)).isNotEmpty();
  }

  @Test
  void everyFieldOfARecipeMakesAnotherCell() {
    List<String> recipes =
        List.of(
            "loss: mse",
            "optimiser: momentum",
            "optimiser: nesterov",
            "learning_rate: 0.2",
            "learning_rate: {critical: 0.1}",
            "batch_size: 32",
            "biases: false",
            "readout_scale: 2",
            "stop: {loss: 0.1}",
            "stop: {accuracy: 0.1}",
            "stop: {accuracy: 0.1, steps: 2}",
            "accuracy_threshold: 0.6",
            "ntk_examples: 4",
            "ntk_drift: true",
            "data: digits");
    assertThat(recipes.stream().map(r -> trained(plan(r)).get(0).id()).distinct())
        .hasSameSizeAs(recipes);
  }

  @Test
  void cellsOfAShapeAreTrainedTogether() {
    List<Unit> units =
        Schedule.most(plan("batch_size: 64")).stream()
            .filter(unit -> unit.task() instanceof Task.Training)
            .toList();
    // Two activations, two depths, masked or not, two replicates.
    assertThat(units).hasSize(16);
    for (Unit unit : units) {
      NetworkConfig first = unit.cells().get(0).network();
      boolean masked = first.keepProbability() < 1;
      assertThat(unit.cells()).hasSize(masked ? 6 : 3);
      assertThat(unit.cells())
          .allMatch(
              cell ->
                  cell.network().activation().equals(first.activation())
                      && cell.network().depth() == first.depth()
                      && (cell.network().keepProbability() < 1) == masked);
    }
  }

  @Test
  void smallNetworksTrainSideBySide() {
    Cell cell = trained(plan("batch_size: 64")).get(0);
    Task.Training task = (Task.Training) cell.task();
    assertThat(TrainingGroup.capacity(cell.network(), task)).isEqualTo(4);
    NetworkConfig n = cell.network();
    NetworkConfig wide =
        new NetworkConfig(n.activation(), 2, 512, n.weightLaw(), n.sigmaW2(), 0, 1);
    assertThat(TrainingGroup.capacity(wide, task)).isEqualTo(1);
  }
}
