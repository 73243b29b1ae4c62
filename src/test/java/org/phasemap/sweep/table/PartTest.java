package org.phasemap.sweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartTest {
  /** How many rows the files have of so many parts of 100 rows. */
  private static List<Long> files(int parts, int idle) {
    List<Part> all =
        IntStream.range(0, parts).mapToObj(i -> new Part(i, "part-" + i, 100, List.of())).toList();
    List<List<Part>> files = Part.files(all, idle);
    assertThat(files.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
    return files.stream().map(file -> file.stream().mapToLong(Part::rows).sum()).toList();
  }

  @Test
  void aWaveIsOneFileOrAsManyAsCanBeSorted() {
    assertThat(files(1, 1)).containsExactly(100L);
    assertThat(files(500, 1)).containsExactly(50_000L);
    assertThat(files(1100, 1)).containsExactly(50_000L, 50_000L, 10_000L);
  }

  @Test
  void coresThatAreIdleShareIt() {
    assertThat(files(100, 2)).containsExactly(5_000L, 5_000L);
    assertThat(files(100, 64)).isEqualTo(Collections.nCopies(4, 2_500L));
    assertThat(files(30, 64)).containsExactly(2_000L, 1_000L);
    assertThat(files(10, 64)).containsExactly(1_000L);
    assertThat(files(1100, 2)).containsExactly(50_000L, 50_000L, 10_000L);
  }
}
