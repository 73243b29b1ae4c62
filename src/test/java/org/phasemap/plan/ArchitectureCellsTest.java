package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.network.UserException;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.plan.cost.DeviceShape;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;

/** Cells of other networks than MLPs. */
class ArchitectureCellsTest {
  private static List<Cell> cells(String network) {
    return plan(network).cells();
  }

  private static Plan plan(String network) {
    return plan("network: {depth: [2, 3], width: 12, " + network + "}", "auto");
  }

  private static Plan plan(String network, String sampler) {
    String yaml = "name: t\nreplicates: 1\nsampler: " + sampler + "\n" + network;
    return Plan.of(SpecReader.parse(yaml, "t.yaml"));
  }

  @Test
  void listsOfParametersAreCrossed() {
    String one =
        "{kind: mlp, norm: [none, layer], place: [before, after], weights: [plain, weight_norm]}";
    List<Cell> cells = cells("activation: relu, architecture: [" + one + ", densenet]");
    assertThat(cells.stream().map(c -> c.network().architecture().toString()).distinct())
        .containsExactly(
            "mlp",
            "mlp(weights=weight_norm)",
            "mlp(norm=layer)",
            "mlp(norm=layer, weights=weight_norm)",
            "mlp(norm=layer, place=after)",
            "mlp(norm=layer, place=after, weights=weight_norm)",
            "densenet(growth=12)");
    assertThat(cells).hasSize(14).extracting(Cell::id).doesNotHaveDuplicates();
  }

  /** A cell has one σ_w²: that of a layer with as many channels out as in. */
  @Test
  void schemesAreThoseOfSquareLayers() {
    String conv = "architecture: {kind: convolutional, kernel: 3, groups: [1, depthwise]}";
    assertThat(cells("activation: tanh, init: xavier_normal, " + conv))
        .allMatch(cell -> cell.network().sigmaW2() == 1);
    assertThat(cells("activation: relu, init: he_normal, " + conv))
        .allMatch(cell -> cell.network().sigmaW2() == 2);
  }

  @Test
  void criticalIsOfPlainLayers() {
    String critical = "activation: tanh, sigma_b2: 0.05, init: critical, architecture: ";
    double mlp = cells(critical + "mlp").get(0).network().sigmaW2();
    String strided = "{kind: convolutional, kernel: 2, stride: 2}";
    String stretched = "{kind: convolutional, transposed: [false, true]}";
    assertThat(
            cells(
                critical
                    + "[{kind: convolutional, padding: circular}, autoencoder, "
                    + strided
                    + ", "
                    + stretched
                    + "]"))
        .allMatch(cell -> cell.network().sigmaW2() == mlp);
    for (String other :
        List.of(
            "residual",
            "{kind: convolutional, groups: separable}",
            "{kind: convolutional, pool: average, pool_every: 8}",
            "{kind: convolutional, kernel: 2, stride: 2, transposed: true}")) {
      assertThatThrownBy(() -> cells(critical + other))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              "network.init: critical is not allowed with network.architecture");
    }
  }

  @Test
  void unitsAreOfOneShape() {
    Plan plan = plan("activation: relu, sigma_w2: [1, 2], architecture: [mlp, densenet, residual]");
    assertThat(Schedule.most(plan))
        .allSatisfy(
            unit -> {
              assertThat(unit.cells())
                  .extracting(cell -> cell.network().architecture())
                  .containsOnly(unit.architecture());
              boolean isMlp = unit.architecture().toString().equals("mlp");
              assertThat(unit.sampler()).isEqualTo(isMlp ? Sampler.WEIGHT_FREE : Sampler.DENSE);
              assertThat(unit.cells())
                  .extracting(cell -> cell.network().depth())
                  .satisfies(
                      depths -> assertThat(isMlp || new HashSet<>(depths).size() == 1).isTrue());
            });
  }

  /** Devices have no kernel for them. */
  @Test
  void graphsGoWithoutWeightsWhereTheSpecSaysSo() {
    String wide =
        """
        backend: cuda
        network: {activation: relu, depth: 64, width: 1024, architecture: [autoencoder, residual]}
        """;
    List<Unit> free = Schedule.most(plan(wide, "weight_free"));
    List<Unit> dense = Schedule.most(plan(wide, "dense"));

    assertThat(free).hasSameSizeAs(dense);
    for (int i = 0; i < free.size(); i++) {
      assertThat(free.get(i).sampler()).isEqualTo(Sampler.WEIGHT_FREE);
      assertThat(DeviceShape.isOnDevice(free.get(i))).isFalse();
      assertThat(CostModel.seconds(free.get(i))).isLessThan(CostModel.seconds(dense.get(i)));
      assertThat(CostModel.bytes(free.get(i))).isLessThan(CostModel.bytes(dense.get(i)));
    }
  }
}
