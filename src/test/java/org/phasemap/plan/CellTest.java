package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.phasemap.network.Architecture;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;
import org.phasemap.spec.file.SpecReader;

class CellTest {
  private static final List<Cell> CELLS =
      Plan.of(
              SpecReader.parse(
                  """
                  name: kept
                  network:
                    activation: [leaky_relu(0.2), tanh]
                    depth: 3
                    width: 8
                    init: orthogonal
                    sigma_multiplier: 1.5
                    sigma_b2: 0.1
                    keep_probability: 0.5
                  inputs: {kind: sphere, count: 2, dimension: 4, scale: 2}
                  probes: [signal, ntk]
                  training:
                    network: {activation: tanh, sigma_w2: 2, keep_probability: 1}
                    optimiser: [sgd, momentum, nesterov, adam]
                    learning_rate: {critical: 0.5}
                    readout_scale: 0.5
                    stop: {loss: 0.1}
                  """,
                  "kept.yaml"))
          .cells();

  private static final Cell LAYERED =
      Plan.of(
              SpecReader.parse(
                  """
                  name: kept
                  network:
                    activation: tanh
                    depth: 3
                    width: 8
                    architecture: {kind: residual, order: post2, norm: layer}
                  inputs: {kind: sphere, count: 2, dimension: 4}
                  """,
                  "kept.yaml"))
          .cells()
          .get(0);

  private static final List<Cell> WITH_LAYERED =
      Stream.concat(CELLS.stream(), Stream.of(LAYERED)).toList();

  /** What the code before axes had a type gave. */
  @Test
  void cellsKeepTheirIds() {
    assertThat(CELLS)
        .extracting(Cell::id)
        .containsExactly(
            "b2b5a8f1cf0858d9",
            "119a61f833ac053d",
            "1d4b954b23ff6fd5",
            "278956ab9c1b9d5c",
            "69bb5594a8eee479",
            "e72c818ba850a7bd");
  }

  @Test
  void anArchitectureIsPartOfTheId() {
    assertThat(LAYERED.id()).isEqualTo("f5c6a72da14df899");
    assertThat(LAYERED.network().architecture()).hasToString("residual(order=post2, norm=layer)");
  }

  /** Files of early versions have no such column. */
  @Test
  void mlpsHaveNoArchitectureInTheirColumns() {
    for (Cell cell : CELLS) {
      assertThat(cell.values().find(Axis.ARCHITECTURE)).isNull();
      assertThat(cell.network().architecture()).isEqualTo(Architecture.MLP);
    }
  }

  @Test
  void aCellComesBackFromItsColumns() {
    for (Cell cell : WITH_LAYERED) {
      Map<String, @Nullable Object> row = new HashMap<>();
      cell.values().addTo(row);
      assertThat(Cell.of(AxisValues.of(row), cell.task())).isEqualTo(cell);
    }
  }

  /** What only data say is added where they are read. */
  @Test
  void everyOtherAxisHasAValueInACell() {
    Set<Axis<?>> without = new HashSet<>(Axis.all());
    for (Cell cell : WITH_LAYERED) {
      without.removeIf(axis -> cell.values().find(axis) != null);
    }
    assertThat(without.stream().map(Axis::column).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "input_q0", "input_c0", "input_scale", "input_hash", "learning_rate", "stop_accuracy");
  }
}
