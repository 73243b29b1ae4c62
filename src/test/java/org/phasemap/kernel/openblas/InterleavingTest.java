package org.phasemap.kernel.openblas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterleavingTest {
  @ParameterizedTest
  @CsvSource({"1, 70", "2, 3", "5, 51", "8, 32", "16, 16", "16, 1", "136, 4", "300, 2"})
  void everyBlockHasTheSameKindsOfPlaceAndSharesNone(int columns, int count) {
    Interleaving places = Interleaving.of(columns, count);
    BitSet taken = new BitSet();
    BitSet late = new BitSet();

    places.forEachRun(
        places.blocks(),
        (block, column, place, length) -> {
          for (int i = 0; i < length; i++) {
            assertThat(taken.get(place + i)).isFalse();
            taken.set(place + i);
            boolean isLate = (place + i) % 12 >= 6;
            if (block == 0) {
              late.set(column + i, isLate);
            }
            assertThat(isLate).isEqualTo(late.get(column + i));
          }
        });

    assertThat(taken.cardinality()).isEqualTo(columns * places.blocks());
    assertThat(taken.length()).isLessThanOrEqualTo(places.width());
    assertThat(places.blocks()).isBetween(1, count);
    assertThat(places.width() % 12).isZero();
  }
}
