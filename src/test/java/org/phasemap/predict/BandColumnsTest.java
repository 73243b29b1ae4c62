package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.quantity.Quantity;
import org.phasemap.theory.width.NetworkFluctuations;

class BandColumnsTest {
  /** The table may not know the theory: a law without a column would be lost without a word. */
  @Test
  void everyLawHasItsColumnsAndEveryColumnItsLaw() {
    List<String> laws = new ArrayList<>(NetworkFluctuations.SCALARS);
    laws.addAll(List.of("ln_curvature_trace", "ln_ntk_outputs_scale"));
    assertThat(Quantity.all().stream().filter(q -> q.theory().hasBand()).map(Quantity::column))
        .containsExactlyInAnyOrderElementsOf(laws);
  }
}
