package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.phasemap.analysis.MapColumn.Side;
import org.phasemap.network.Architecture;

class CollapseTest {
  private static final int[] DEPTHS = {3, 5, 8, 13, 20, 32, 50, 80, 130, 200, 320};

  /** tanh, σ_b² = 0.05: ordered below σ_w² = 1.76. */
  private static List<MapColumn> columns(
      Random random, double from, double to, ToDoubleFunction<MapColumn> boundary) {
    List<MapColumn> columns = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      NetworkLaw law = NetworkLawTest.tanh(Architecture.MLP, from + (to - from) * i / 8);
      MapColumn bare = new MapColumn(Map.of(), law, List.of());
      double middle = boundary.applyAsDouble(bare);
      List<Trial> trials = new ArrayList<>();
      for (int replicate = 0; replicate < 6; replicate++) {
        for (int depth : DEPTHS) {
          double p = 1 / (1 + Math.exp(Math.log(depth / middle) / 0.2));
          trials.add(new Trial(depth, replicate, random.nextDouble() < p));
        }
      }
      columns.add(new MapColumn(Map.of(), law, trials));
    }
    return columns;
  }

  @Test
  void theMultiplierIsFoundOnEachSideAlone() {
    Random random = new Random(3);
    List<MapColumn> all = new ArrayList<>(columns(random, 0.8, 1.6, c -> 5 * c.xiC()));
    all.addAll(columns(random, 2, 4, c -> 9 * c.xiC()));
    Collapse ordered = Collapse.of(all, Side.ORDERED);
    Collapse chaotic = Collapse.of(all, Side.CHAOTIC);
    assertThat(ordered.columns()).isEqualTo(9);
    assertThat(ordered.k()).isCloseTo(5, within(0.5));
    assertThat(ordered.low()).isBetween(4.0, 5.0);
    assertThat(ordered.high()).isBetween(5.0, 6.2);
    assertThat(chaotic.k()).isCloseTo(9, within(0.9));
    assertThat(ordered.quality()).isGreaterThan(0.95);
    assertThat(chaotic.quality()).isGreaterThan(0.9);
    assertThat(ordered.width()).isCloseTo(0.4 * Math.log(9), within(0.25));
  }

  @Test
  void aBoundaryThatKnowsNothingOfTheScaleDoesNotCollapse() {
    List<MapColumn> columns = columns(new Random(5), 2, 4, c -> 40);
    assertThat(Collapse.of(columns, Side.CHAOTIC).quality()).isNegative();
  }

  /** Its columns share their luck, by as much as one network of each does not show. */
  @Test
  void oneReplicateHasNoInterval() {
    List<MapColumn> one =
        columns(new Random(7), 2, 4, c -> 6 * c.xiC()).stream()
            .map(
                column ->
                    new MapColumn(
                        Map.of(),
                        column.law(),
                        column.trials().stream().filter(t -> t.replicate() == 0).toList()))
            .toList();
    Collapse collapse = Collapse.of(one, Side.CHAOTIC);
    assertThat(collapse.k()).isBetween(4.0, 9.0);
    assertThat(collapse.low()).isZero();
    assertThat(collapse.high()).isInfinite();
  }

  /** Where no two networks share a number, single networks show what columns do not share. */
  @Test
  void oneNetworkACellHasAnIntervalIfCellsAreIndependent() {
    List<MapColumn> apart = new ArrayList<>();
    for (MapColumn column : columns(new Random(7), 2, 4, c -> 6 * c.xiC())) {
      List<Trial> trials = new ArrayList<>();
      for (Trial trial : column.trials()) {
        if (trial.replicate() == 0) {
          int number = 1000 * apart.size() + trials.size();
          trials.add(new Trial(trial.depth(), number, trial.trained()));
        }
      }
      apart.add(new MapColumn(Map.of(), column.law(), trials));
    }
    Collapse collapse = Collapse.of(apart, Side.CHAOTIC);
    assertThat(collapse.low()).isBetween(3.0, collapse.k());
    assertThat(collapse.high()).isBetween(collapse.k(), 12.0);
  }

  /** Without weights, or where sine sees a huge variance, no depth is a multiple of ξ_c. */
  @Test
  void columnsThatForgetInOneLayerAreLeftOut() {
    List<MapColumn> all = columns(new Random(3), 0.8, 1.6, c -> 5 * c.xiC());
    Collapse without = Collapse.of(all, Side.ORDERED);
    MapColumn none =
        new MapColumn(
            Map.of(), NetworkLawTest.tanh(Architecture.MLP, 0), List.of(new Trial(3, 0, true)));
    assertThat(none.xiC()).isZero();
    all.add(none);
    assertThat(Collapse.of(all, Side.ORDERED)).isEqualTo(without);
  }

  @Test
  void sidesWithoutBoundariesHaveNoMultiplier() {
    Collapse none = Collapse.of(List.of(), Side.ORDERED);
    assertThat(none.columns()).isZero();
    assertThat(none.k()).isNaN();
    assertThat(none.low()).isNaN();
    assertThat(none.quality()).isNaN();
    List<MapColumn> all = columns(new Random(6), 2, 4, c -> 1e9);
    assertThat(Collapse.of(all, Side.CHAOTIC).k()).isNaN();
  }
}
