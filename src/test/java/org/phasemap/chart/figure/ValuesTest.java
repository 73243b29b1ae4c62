package org.phasemap.chart.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.quantity.Axis;

class ValuesTest {
  @Test
  void architecturesAreToldApartByWhatTheyDoNotShare() {
    assertThat(
            Values.named(
                    Axis.ARCHITECTURE,
                    List.of(
                        "transformer(tokens=16, norm=pre)",
                        "transformer(tokens=16, norm=post, residual_scale=depth)"))
                .values())
        .containsExactly("norm=pre", "norm=post, residual scale=depth");
    assertThat(Values.named(Axis.ARCHITECTURE, List.of("mlp", "mlp(norm=batch)")).values())
        .containsExactly("mlp", "norm=batch");
    assertThat(Values.named(Axis.ARCHITECTURE, List.of("mlp", "densenet(growth=12)")).values())
        .containsExactly("mlp", "densenet, growth=12");
    assertThat(Values.named(Axis.ARCHITECTURE, List.of("residual(order=pre1)")).values())
        .containsExactly("residual, order=pre1");
  }

  @Test
  void numbersHaveTheirSymbols() {
    assertThat(Values.named(Axis.SIGMA_B2, List.of(0.05, 0.1)).values())
        .containsExactly("σ_b² = 0.05", "σ_b² = 0.1");
  }
}
