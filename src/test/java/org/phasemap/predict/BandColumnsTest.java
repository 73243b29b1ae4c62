package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Quantity;

class BandColumnsTest {
  /** A law without a column would be lost without a word. */
  @Test
  void everyLawHasItsColumnsAndEveryColumnItsLaw() {
    List<Quantity> laws = new ArrayList<>(Bands.quantities());
    laws.add(KernelQuantity.LN_CURVATURE_TRACE);
    laws.add(KernelQuantity.LN_NTK_OUTPUTS_SCALE);
    assertThat(Quantity.all().stream().filter(q -> q.theory().hasBand()))
        .containsExactlyInAnyOrderElementsOf(laws);
  }
}
