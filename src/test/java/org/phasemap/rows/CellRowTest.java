package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

class CellRowTest {
  private static @Nullable Object value(@Nullable Object[] row, String column) {
    return row[place(column)];
  }

  private static int place(String column) {
    return Tables.cells().stream().map(Column::name).toList().indexOf(column);
  }

  /** Of 8 networks whose ln q is expected to be 0.5. */
  private static @Nullable Object[] row(CellFigures.Scalar lnQ, double expectedSd, long[] counts) {
    @Nullable Object[] values = new Object[CellRow.plannedColumns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (CellRow.plannedColumns().get(i).name()) {
            case "cell_id" -> "cell";
            case "expected_ln_q" -> 0.5;
            case "expected_ln_q_sd" -> expectedSd;
            default -> null;
          };
    }
    CellFigures.@Nullable Scalar[] scalars =
        new CellFigures.Scalar[ReplicateFigures.AVERAGED.size()];
    scalars[ReplicateFigures.AVERAGED.indexOf(SignalQuantity.LN_Q)] = lnQ;
    @Nullable Object[] configuration = new Object[place("depth") + 1];
    configuration[0] = "cell";
    configuration[1] = "propagation";
    configuration[place("depth")] = 20;
    return CellRow.of(
        new CellFigures(configuration, 8, 0, counts, scalars), CellRow.earlier(values));
  }

  /** Those that are left when others explode are no random choice of all. */
  @ParameterizedTest
  @CsvSource({"8, 0, 8, true", "2, 6, 2, false", "7, 0, 7, false"})
  void aMeanOfSurvivorsHasNoZ(long finite, long exploded, long count, boolean hasZ) {
    @Nullable Object[] row =
        row(
            new CellFigures.Scalar(count, 0.6, 0.1, new double[] {0.4, 0.5, 0.6}),
            0.1,
            new long[] {finite, exploded, 8 - finite - exploded, 0, 0, 0});

    assertThat(value(row, "ln_q_mean")).isEqualTo(0.6);
    assertThat(value(row, "ln_q_count")).isEqualTo(count);
    assertThat(value(row, "exploded")).isEqualTo(exploded);
    assertThat(value(row, "vanished")).isEqualTo(8 - finite - exploded);
    assertThat(value(row, "z_ln_q") != null).isEqualTo(hasZ);
  }

  /**
   * 20 layers may move ln q by 40 · 2⁻²⁴ = 2.4e-6, which must be a tenth of the standard error at
   * most: the spread of 8 networks must be 6.7e-5.
   */
  @ParameterizedTest
  @CsvSource({"0, false", "2e-9, false", "6.6e-5, false", "6.9e-5, true"})
  void whereRoundingDecidesThereIsNoZ(double expectedSd, boolean hasZ) {
    @Nullable Object[] row =
        row(
            new CellFigures.Scalar(8, 0.5 + 1e-6, 1e-8, new double[] {0.5, 0.5, 0.5}),
            expectedSd,
            new long[] {8, 0, 0, 0, 0, 0});

    assertThat(value(row, "z_ln_q") != null).isEqualTo(hasZ);
  }
}
