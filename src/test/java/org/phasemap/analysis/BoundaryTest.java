package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.analysis.Boundary.Kind;

class BoundaryTest {
  private static final int[] DEPTHS = {5, 7, 10, 14, 20, 28, 40, 56, 80};

  private static List<Trial> drawn(Random random, int replicates, double boundary, double scale) {
    List<Trial> trials = new ArrayList<>();
    for (int replicate = 0; replicate < replicates; replicate++) {
      for (int depth : DEPTHS) {
        double p = 1 / (1 + Math.exp(Math.log(depth / boundary) / scale));
        trials.add(new Trial(depth, replicate, random.nextDouble() < p));
      }
    }
    return trials;
  }

  @ParameterizedTest
  @CsvSource({"12,0.3", "20,0.2", "3,0.3"})
  void theFitHasNoBiasToSpeakOf(int replicates, double scale) {
    Random random = new Random(replicates);
    double[] ln =
        IntStream.range(0, 300)
            .mapToObj(run -> Boundary.withoutInterval(drawn(random, replicates, 22, scale)))
            .filter(boundary -> boundary.kind() == Kind.FITTED)
            .mapToDouble(boundary -> Math.log(boundary.depth()))
            .toArray();
    assertThat(ln).hasSizeGreaterThan(270);
    // Three networks: an sd of 0.25 each, so 0.015 of the mean.
    assertThat(Arrays.stream(ln).average().orElseThrow()).isCloseTo(Math.log(22), within(0.05));
  }

  /** From 65 replicates on the sandwich takes over; both see the same networks. */
  @Test
  void manyReplicatesAndFewHaveIntervalsOfOneLength() {
    List<Trial> trials = drawn(new Random(2), Boundary.MOST_EXACT, 22, 0.3);
    Boundary exact = Boundary.of(trials);
    List<Trial> again = new ArrayList<>(trials);
    drawn(new Random(2), 1, 22, 0.3)
        .forEach(t -> again.add(new Trial(t.depth(), Boundary.MOST_EXACT, t.trained())));
    Boundary spread = Boundary.of(again);
    double length = Math.log(exact.high() / exact.low());
    // The posterior averages over ρ; independent networks leave that to chance.
    assertThat(Math.log(spread.high() / spread.low())).isBetween(0.75 * length, 1.25 * length);
    assertThat(spread.low()).isCloseTo(exact.low(), withinPercentage(3));
  }

  /** Whoever has seen one network of a kind does not know how others of it would do. */
  @Test
  void oneStepLeavesAnIntervalWiderThanItsGap() {
    Boundary one = Boundary.of(step(25));
    assertThat(one.low()).isLessThan(20);
    assertThat(one.high()).isGreaterThan(28);
    List<Trial> eight = new ArrayList<>();
    for (int replicate = 0; replicate < 8; replicate++) {
      for (Trial trial : step(25)) {
        eight.add(new Trial(trial.depth(), replicate, trial.trained()));
      }
    }
    Boundary sure = Boundary.of(eight);
    // Eight know of no place in the gap.
    assertThat(sure.low()).isCloseTo(20, within(1e-9));
    assertThat(sure.high()).isCloseTo(28, within(1e-9));
  }

  @Test
  void findsTheBoundaryAndTheWidthOfManyNetworks() {
    Boundary boundary = Boundary.of(drawn(new Random(1), 2000, 22, 0.3));
    assertThat(boundary.depth()).isCloseTo(22, within(0.5));
    assertThat(boundary.width()).isCloseTo(2 * 0.3 * Math.log(9), within(0.05));
    assertThat(boundary.low()).isLessThan(boundary.depth());
    assertThat(boundary.high()).isGreaterThan(boundary.depth());
  }

  private static List<Trial> step(int boundary) {
    List<Trial> trials = new ArrayList<>();
    for (int depth : DEPTHS) {
      trials.add(new Trial(depth, 0, depth < boundary));
    }
    return trials;
  }

  @Test
  void aStepIsKnownToItsGap() {
    Boundary boundary = Boundary.of(step(25));
    assertThat(boundary.kind()).isEqualTo(Kind.SEPARABLE);
    assertThat(boundary.depth()).isCloseTo(Math.sqrt(20 * 28), within(1e-12));
    assertThat(boundary.width()).isCloseTo(Math.log(1.4), within(1e-12));
  }

  @Test
  void columnsWithoutABoundarySayWhy() {
    assertThat(Boundary.of(List.of()).kind()).isEqualTo(Kind.EMPTY);
    Boundary all = Boundary.of(step(1000));
    assertThat(all.kind()).isEqualTo(Kind.ALL_TRAINED);
    assertThat(all.low()).isBetween(20.0, 80.0);
    assertThat(all.high()).isInfinite();
    assertThat(all.depth()).isNaN();
    Boundary none = Boundary.of(step(1));
    assertThat(none.kind()).isEqualTo(Kind.NONE_TRAINED);
    assertThat(none.high()).isBetween(5.0, 20.0);
    assertThat(none.low()).isZero();
    assertThat(Boundary.of(List.of(new Trial(5, 0, false), new Trial(9, 0, true))).kind())
        .isEqualTo(Kind.NOT_FALLING);
    assertThat(Boundary.of(List.of(new Trial(5, 0, false), new Trial(5, 1, true))).kind())
        .isEqualTo(Kind.NOT_FALLING);
  }
}
