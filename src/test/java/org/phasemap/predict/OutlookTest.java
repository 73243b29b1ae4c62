package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.plan.Plan;
import org.phasemap.rows.CellRow;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.table.Tables;

/** What is said where there is no theory, and where there is. */
class OutlookTest {
  private static @Nullable String said(String architecture, String activation) {
    String yaml =
        """
        name: outlook
        replicates: 1
        sampler: dense
        network: {architecture: %s, activation: %s, depth: 3, width: 32, sigma_w2: 1.5}
        inputs: {count: 4, dimension: 128}
        probes: [signal, gradient, ntk]
        """
            .formatted(architecture, activation);
    var cells = Plan.of(SpecReader.parse(yaml, "outlook.yaml")).cells();
    Outlook outlook = Predictors.predict(cells).get(0);
    @Nullable Object[] row = CellRow.planned(cells.get(0).id(), outlook, null);
    Object column = row[columns().indexOf("no_theory")];
    assertThat(column).isEqualTo(outlook.missing());
    boolean hasGain = row[columns().indexOf("theory_ln_gradient_gain")] != null;
    assertThat(hasGain).as("whether gradients are predicted").isEqualTo(column == null);
    return outlook.missing();
  }

  private static List<String> columns() {
    return Tables.cells().stream().map(column -> column.name()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: residual, order: v1, norm: batch} | relu | a batch of fewer than 8",
        "{kind: convolutional, size: [64], kernel: 3, groups: depthwise} | tanh"
            + " | channels that do not mix are no Gaussians",
        "{kind: convolutional, size: [64], kernel: 3, norm: batch} | elu | batch norm over positions",
        "{kind: convolutional, size: [128], kernel: 3, norm: batch} | relu | more than 64 positions",
      })
  void whatHasNoTheorySaysWhy(String architecture, String activation, String why) {
    assertThat(Objects.requireNonNull(said(architecture, activation))).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp | tanh",
        "{kind: mlp, norm: layer} | relu",
        "{kind: residual, order: pre1} | tanh",
        "{kind: transformer, tokens: 4, heads: 2} | gelu",
      })
  void whatHasTheorySaysNothing(String architecture, String activation) {
    assertThat(said(architecture, activation)).isNull();
  }

  @Test
  void trainingHasNone() {
    var cells =
        Plan.of(
                SpecReader.parse(
                    """
                    name: trained
                    replicates: 1
                    sampler: dense
                    network: {activation: tanh, depth: 2, width: 16, sigma_w2: 1.5}
                    training: {data: digits, steps: 10}
                    """,
                    "trained.yaml"))
            .cells();

    List<Outlook> outlooks =
        cells.stream().map(cell -> Predictors.predict(List.of(cell)).get(0)).toList();

    assertThat(outlooks).anyMatch(outlook -> "training has no theory".equals(outlook.missing()));
  }
}
