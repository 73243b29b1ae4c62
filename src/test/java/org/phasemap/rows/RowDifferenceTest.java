package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.phasemap.store.table.Column;

class RowDifferenceTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("real", Column.Type.DOUBLE, ""),
          new Column("text", Column.Type.STRING, ""),
          new Column("reals", Column.Type.DOUBLE_LIST, ""),
          new Column("wholes", Column.Type.INT_LIST, ""));

  private static Map<String, @Nullable Object> row(@Nullable Object... values) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      row.put(COLUMNS.get(i).name(), values[i]);
    }
    return row;
  }

  @Test
  void listsOfFilesEqualArraysOfTheSameBits() {
    RowDifference.Comparison same =
        RowDifference.Comparison.of(
            COLUMNS,
            row(0.1, null, List.of(1.5, Double.NaN), List.of(1, 2)),
            row(0.1, null, new double[] {1.5, Double.NaN}, new int[] {1, 2}));

    assertThat(same.values()).isEqualTo(6);
    assertThat(same.differences()).isEmpty();
  }

  @Test
  void everyDifferenceIsNamed() {
    RowDifference.Comparison other =
        RowDifference.Comparison.of(
            COLUMNS,
            row(-0.0, "a", Arrays.asList(1.0, null, 2.0), List.of(1)),
            row(0.0, null, new double[] {1, 3}, new int[] {1}));

    assertThat(other.differences())
        .extracting(RowDifference::column)
        .containsExactly("real", "text", "reals.length", "reals[1]");
  }

  @Test
  void unitsInTheLastPlaceCountTheNumbersBetween() {
    assertThat(new RowDifference("", 1.0, Math.nextUp(1.0)).unitsInTheLastPlace()).isEqualTo("1");
    assertThat(new RowDifference("", 1.0, 1 - 0x3p-53).unitsInTheLastPlace()).isEqualTo("3");
    assertThat(new RowDifference("", -0.0, 0.0).unitsInTheLastPlace()).isEqualTo("1");
    assertThat(new RowDifference("", -Double.MIN_VALUE, Double.MIN_VALUE).unitsInTheLastPlace())
        .isEqualTo("3");
    assertThat(
            new RowDifference("", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                .unitsInTheLastPlace())
        .isEqualTo("18437736874454810625"); // 2 · 0x7ff0000000000000 + 1
    assertThat(new RowDifference("", Double.NaN, 1.0).unitsInTheLastPlace()).isEmpty();
    assertThat(new RowDifference("", null, 1.0).unitsInTheLastPlace()).isEmpty();
  }
}
