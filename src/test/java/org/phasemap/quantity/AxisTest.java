package org.phasemap.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.phasemap.network.InitScheme;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;

class AxisTest {
  private static AxisValues values() {
    return new AxisValues()
        .put(Axis.ACTIVATION, Activations.parse("leaky_relu(0.2)"))
        .put(Axis.DEPTH, 3)
        .put(Axis.WIDTH, 8)
        .put(Axis.WEIGHT_LAW, WeightLaw.ORTHOGONAL)
        .put(Axis.SIGMA_W2, 1.5)
        .put(Axis.INIT, InitScheme.ORTHOGONAL)
        .put(Axis.BIASES, false);
  }

  @Test
  void aRowHoldsValuesAsTablesWriteThem() {
    Map<String, @Nullable Object> row = new HashMap<>();
    values().addTo(row);
    assertThat(row)
        .isEqualTo(
            Map.of(
                "activation", "leaky_relu(0.2)",
                "depth", 3,
                "width", 8,
                "weight_law", "orthogonal",
                "sigma_w2", 1.5,
                "init", "orthogonal",
                "biases", "off"));
    AxisValues read = AxisValues.of(row);
    assertThat(read.get(Axis.ACTIVATION)).isEqualTo(Activations.parse("leaky_relu(0.2)"));
    assertThat(read.get(Axis.WEIGHT_LAW)).isEqualTo(WeightLaw.ORTHOGONAL);
    assertThat(read.get(Axis.BIASES)).isFalse();
    assertThat(read.find(Axis.SIGMA_B2)).isNull();
    assertThatThrownBy(() -> read.get(Axis.SIGMA_B2)).hasMessage("sigma_b2");
  }

  @Test
  void anIdentityHasNumbersByTheirBitsAndShapesByWholeNumbers() {
    assertThat(values().identity())
        .isEqualTo("LEAKY_RELU|3fc999999999999a|3x8|ORTHOGONAL|3ff8000000000000|ORTHOGONAL|false");
  }

  @Test
  void tablesAreSortedByTheseAxes() {
    assertThat(Axis.in(Axis.Order.GRID))
        .containsExactly(
            Axis.TASK,
            Axis.ARCHITECTURE,
            Axis.ACTIVATION,
            Axis.WIDTH,
            Axis.KEEP_PROBABILITY,
            Axis.SIGMA_B2,
            Axis.INIT,
            Axis.SIGMA_MULTIPLIER,
            Axis.SIGMA_W2,
            Axis.DEPTH);
  }

  @Test
  void noTwoAxesHaveOneColumn() {
    assertThat(Axis.all()).extracting(Axis::column).doesNotHaveDuplicates();
    assertThat(Axis.all()).allSatisfy(a -> assertThat(Axis.of(a.column())).contains(a));
  }
}
