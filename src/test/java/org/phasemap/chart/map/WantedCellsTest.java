package org.phasemap.chart.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.phasemap.data.FileAccess;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.spec.file.SpecWriter;

class WantedCellsTest {
  /** A mask that keeps the signal's variance gives cells another σ_w² than the spec has. */
  @Test
  void rescaledVariancesAreWanted() {
    String yaml =
        """
        name: t
        network:
          activation: tanh
          depth: 2
          width: 8
          sigma_w2: [1, 2]
          keep_probability: [1, 0.5, 0.3]
          rescale_for_sparsity: true
        """;
    String written = SpecWriter.toYaml(SpecReader.parse(yaml, "x.yaml"));
    Map<Axis<?>, List<Object>> wanted =
        Objects.requireNonNull(WantedCells.of(written).values().get("propagation"));

    assertThat(Plan.of(SpecReader.resolved(written, "x.yaml", FileAccess.PLAIN)).cells())
        .hasSize(6)
        .extracting(Cell::network)
        .allSatisfy(
            network -> assertThat(wanted.get(Axis.SIGMA_W2)).contains((Object) network.sigmaW2()));
  }

  /** A field of a later version, or a file that somebody edited. */
  @Test
  void aSpecThatCannotBeReadIsSaid() {
    WantedCells wanted = WantedCells.of("name: t\nnetwork: {depth: -1}\n");

    assertThat(wanted.values()).isEmpty();
    assertThat(wanted.fault().orElseThrow())
        .startsWith("all cells of the folder are drawn, since its spec cannot be read: spec.yaml");
    assertThat(WantedCells.of("").fault()).isEmpty();
  }
}
