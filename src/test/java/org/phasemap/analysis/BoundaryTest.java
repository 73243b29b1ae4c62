package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

  /** The share of intervals that hold the truth; a binomial of 300 at 0.95 has an sd of 0.013. */
  @ParameterizedTest
  @CsvSource({"12,0.3", "20,0.2", "3,0.3"})
  void intervalsCoverTheBoundary(int replicates, double scale) {
    Random random = new Random(replicates);
    int runs = 300;
    int covered = 0;
    int fitted = 0;
    double sum = 0;
    for (int run = 0; run < runs; run++) {
      Boundary boundary = Boundary.of(drawn(random, replicates, 22, scale));
      if (boundary.kind() == Kind.FITTED) {
        fitted++;
        covered += boundary.low() <= 22 && 22 <= boundary.high() ? 1 : 0;
        sum += Math.log(boundary.depth());
      }
    }
    assertThat(fitted).isGreaterThan(runs * 9 / 10);
    assertThat((double) covered / fitted).isBetween(0.89, 0.99);
    assertThat(sum / fitted).isCloseTo(Math.log(22), within(0.05));
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
    assertThat(boundary.low()).isEqualTo(20);
    assertThat(boundary.high()).isEqualTo(28);
    assertThat(boundary.depth()).isCloseTo(Math.sqrt(20 * 28), within(1e-12));
    assertThat(boundary.width()).isCloseTo(Math.log(1.4), within(1e-12));
  }

  @Test
  void columnsWithoutABoundarySayWhy() {
    assertThat(Boundary.of(List.of()).kind()).isEqualTo(Kind.EMPTY);
    Boundary all = Boundary.of(step(1000));
    assertThat(all.kind()).isEqualTo(Kind.ALL_TRAINED);
    assertThat(all.low()).isEqualTo(80);
    assertThat(all.depth()).isNaN();
    Boundary none = Boundary.of(step(1));
    assertThat(none.kind()).isEqualTo(Kind.NONE_TRAINED);
    assertThat(none.high()).isEqualTo(5);
    assertThat(Boundary.of(List.of(new Trial(5, 0, false), new Trial(9, 0, true))).kind())
        .isEqualTo(Kind.NOT_FALLING);
    assertThat(Boundary.of(List.of(new Trial(5, 0, false), new Trial(5, 1, true))).kind())
        .isEqualTo(Kind.NOT_FALLING);
  }
}
