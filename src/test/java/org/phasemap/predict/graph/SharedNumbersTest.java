package org.phasemap.predict.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Taps;
import org.phasemap.predict.graph.PositionPairs.Alike;

class SharedNumbersTest {
  private static final List<Integer> GRID = List.of(4, 3);

  /** All pairs of taps, one by one. Mirrors show one number to several taps. */
  @ParameterizedTest
  @EnumSource
  void theyAreThoseOfAllPairsOfTaps(Padding padding) {
    for (int kernel = 1; kernel <= 3; kernel++) {
      int[][] sources = Taps.of(kernel, padding).sources(GRID);
      for (Alike alike : List.of(Alike.NONE, Alike.MIRRORED)) {
        PositionPairs pairs = PositionPairs.of(GRID, alike);
        SharedNumbers shared = new SharedNumbers(sources, 12, pairs);
        for (int c = 0; c < pairs.classes(); c++) {
          int a = pairs.first(c);
          int b = pairs.second(c);
          int same = 0;
          int crossed = 0;
          for (int[] tap : sources) {
            for (int[] other : sources) {
              if (tap[a] != Taps.OUTSIDE && tap[b] != Taps.OUTSIDE) {
                same += tap[a] == other[a] && tap[b] == other[b] ? 1 : 0;
                crossed += tap[a] == other[b] && tap[b] == other[a] ? 1 : 0;
              }
            }
          }
          assertThat(shared.same(c)).as("same, %s and %s", a, b).isEqualTo(same);
          assertThat(shared.crossed(c)).as("crossed, %s and %s", a, b).isEqualTo(crossed);
        }
      }
    }
  }

  /** Pairs of 361 taps at 80,200 pairs of positions would be 10¹⁰ steps. */
  @Test
  void largeKernelsAreQuick() {
    List<Integer> grid = List.of(20, 20);
    PositionPairs pairs = PositionPairs.of(grid, Alike.MIRRORED);
    SharedNumbers shared = new SharedNumbers(Taps.of(19, Padding.ZERO).sources(grid), 400, pairs);
    assertThat(shared.same(pairs.of(210, 210))).isEqualTo(361);
  }
}
