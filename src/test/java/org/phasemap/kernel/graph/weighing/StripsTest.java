package org.phasemap.kernel.graph.weighing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Taps;

class StripsTest {
  /** 14 and 15 positions: windows of the two lie one line apart. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, CIRCULAR, 3",
    "3, 1, ZERO, 3",
    "3, 1, REFLECT, 3",
    "5, 1, REFLECT, 5",
    "4, 1, ZERO, 2",
    "3, 2, ZERO, 1",
    "1, 1, ZERO, 1"
  })
  void windowsShowWhatEachTapSees(int kernel, int stride, Padding padding, int rows) {
    int[][] sources = new Taps(kernel, stride, padding, false).sources(List.of(14, 15));
    Strips strips = Strips.of(sources);

    assertThat(strips.offsets()).hasSize(rows);
    assertShown(strips, sources);
  }

  @Test
  void rowsThatSeeWhatLiesAboveHaveTheirWindowsTheOtherWayRound() {
    int[][] down = Taps.of(3, Padding.CIRCULAR).sources(List.of(14, 15));
    int[][] up = {down[6], down[7], down[8], down[3], down[4], down[5], down[0], down[1], down[2]};
    Strips strips = Strips.of(up);

    assertThat(strips.offsets()).containsExactly(30, 15, 0);
    assertShown(strips, up);
  }

  private static void assertShown(Strips strips, int[][] sources) {
    for (int tap = 0; tap < sources.length; tap++) {
      int window = strips.offsets()[tap / strips.taps()];
      int[] seen =
          Arrays.copyOfRange(
              strips.sources()[tap % strips.taps()], window, window + sources[tap].length);
      assertThat(seen).as("tap %d", tap).containsExactly(sources[tap]);
    }
  }
}
