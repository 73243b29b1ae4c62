package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.store.Tables;

class CellRowTest {
  private static @Nullable Object value(@Nullable Object[] row, String column) {
    for (int i = 0; i < row.length; i++) {
      if (Tables.cells().get(i).name().equals(column)) {
        return row[i];
      }
    }
    throw new IllegalArgumentException(column);
  }

  /** Those that are left when others explode are no random choice of all. */
  @ParameterizedTest
  @CsvSource({"8, 0, 8, true", "2, 6, 2, false", "7, 0, 7, false"})
  void aMeanOfSurvivorsHasNoZ(long finite, long exploded, long count, boolean hasZ) {
    @Nullable Object[] values = new Object[CellRow.plannedColumns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (CellRow.plannedColumns().get(i).name()) {
            case "cell_id" -> "cell";
            case "expected_ln_q" -> 0.5;
            case "expected_ln_q_sd" -> 0.1;
            default -> null;
          };
    }
    CellFigures.@Nullable Scalar[] scalars =
        new CellFigures.Scalar[ReplicateFigures.AVERAGED.size()];
    scalars[ReplicateFigures.AVERAGED.indexOf(SignalQuantity.LN_Q)] =
        new CellFigures.Scalar(count, 0.6, 0.1, new double[] {0.4, 0.5, 0.6});
    @Nullable Object[] row =
        CellRow.of(
            new CellFigures(
                new Object[] {"cell", "propagation"},
                8,
                0,
                new long[] {finite, exploded, 8 - finite - exploded, 0, 0, 0},
                scalars),
            CellRow.earlier(values));

    assertThat(value(row, "ln_q_mean")).isEqualTo(0.6);
    assertThat(value(row, "ln_q_count")).isEqualTo(count);
    assertThat(value(row, "exploded")).isEqualTo(exploded);
    assertThat(value(row, "vanished")).isEqualTo(8 - finite - exploded);
    assertThat(value(row, "z_ln_q") != null).isEqualTo(hasZ);
  }
}
