package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static final Map<String, String> HERE = Map.of("phasemap", "3 c", "seed", "7");

  @Test
  void whatAgreesStandsOnceAndWhatDiffersBesideEachOther() {
    Map<String, String> first = Map.of("phasemap", "2 b", "seed", "7", "parquet.other", "x");
    Map<String, String> second = Map.of("phasemap", "1 a", "seed", "7");
    Map<String, String> joined = Provenance.joined(HERE, List.of(first, second));

    assertThat(joined).isEqualTo(Map.of("phasemap", "1 a | 2 b", "seed", "7"));
    assertThat(Provenance.joined(HERE, List.of(joined, second))).isEqualTo(joined);
    assertThat(Provenance.joined(HERE, List.of(joined, HERE)))
        .isEqualTo(Map.of("phasemap", "1 a | 2 b | 3 c", "seed", "7"));
  }

  @Test
  void whatAFileDoesNotSayIsUnknownAndNotThisRuns() {
    assertThat(Provenance.joined(HERE, List.of(Map.of("seed", "7"), HERE)))
        .isEqualTo(Map.of("phasemap", "3 c | unknown", "seed", "7"));
  }
}
