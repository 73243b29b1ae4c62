package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.theory.architecture.attention.SampledSoftmax;
import org.phasemap.theory.architecture.attention.SampledSoftmax.Rows;
import org.phasemap.theory.architecture.attention.SoftmaxPair;
import org.phasemap.theory.architecture.attention.SoftmaxRow;

/** Averages over points against the one- and two-dimensional integrals of exchangeable tokens. */
class SampledSoftmaxTest {
  private static final int SETS = 25;

  /** What the class says of means over so many pairs of rows. */
  private static final double ERROR = 0.012;

  @ParameterizedTest
  @CsvSource({"2, 1", "4, 4", "8, 1", "8, 16", "16, 4"})
  void exchangeableTokensHaveOneIntegral(int tokens, double variance) {
    double[][] logits = logits(tokens, variance);
    double[][] values = values(tokens);
    List<Rows> found =
        IntStream.range(0, SETS).mapToObj(s -> SampledSoftmax.of(logits, values, s)).toList();

    SoftmaxRow row = SoftmaxRow.of(tokens, variance);
    assertThat(mean(found, r -> trace(r.overlap()))).isCloseTo(row.squares(), near(row.squares()));
    assertThat(mean(found, r -> trace(r.slopes()))).isCloseTo(row.slope(), near(row.slope()));
    assertThat(mean(found, Rows::entropy)).isCloseTo(row.entropy(), near(row.entropy()));
    assertThat(mean(found, Rows::deficit)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0.5", "4, 4, -0.3", "8, 1, 0.9", "8, 16, 0.5", "16, 4, 0"})
  void twoRowsHaveTwo(int tokens, double variance, double correlation) {
    double[][] own = logits(tokens, variance);
    double[][] logits = new double[2 * tokens][2 * tokens];
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        logits[i][j] = own[i][j];
        logits[tokens + i][tokens + j] = own[i][j];
        logits[i][tokens + j] = correlation * own[i][j];
        logits[tokens + i][j] = correlation * own[i][j];
      }
    }
    double[][] values = values(tokens);
    List<Rows> found =
        IntStream.range(0, SETS)
            .mapToObj(s -> SampledSoftmax.of(logits, values, values, values, s))
            .toList();

    SoftmaxPair pair = SoftmaxPair.of(tokens, variance, correlation);
    double deficit = SoftmaxRow.of(tokens, variance).squares() - pair.overlap();
    assertThat(mean(found, r -> trace(r.overlap())))
        .isCloseTo(pair.overlap(), near(pair.overlap()));
    assertThat(mean(found, r -> trace(r.slopes()))).isCloseTo(pair.slope(), near(pair.slope()));
    assertThat(mean(found, Rows::deficit)).isCloseTo(deficit, near(deficit));
  }

  /** Rounding leaves nothing of 10⁻¹⁶ where it comes as a difference of numbers of order 1. */
  @Test
  void nearlyEqualRowsDifferByTheirLogits() {
    double variance = 1e-16;
    double[][] own = logits(2, variance);
    double[][] logits = new double[4][4];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        logits[i][j] = own[i][j];
        logits[2 + i][2 + j] = own[i][j];
      }
    }
    double[][] values = values(2);
    // A_1 = 1/2 + (u_1 − u_2)/4 of variance v/8, so −½ dᵀDd = d_1² has the mean v/4.
    double found =
        IntStream.range(0, SETS)
            .mapToDouble(s -> SampledSoftmax.of(logits, values, values, values, s).deficit())
            .average()
            .orElseThrow();

    assertThat(found).isCloseTo(variance / 4, near(variance / 4));
  }

  /** With equal weights the mean of all values, and slopes (I − 11ᵀ/T) V (I − 11ᵀ/T)/T². */
  @Test
  void logitsWithoutVarianceHaveEqualWeights() {
    double[][] values = {{0, 3, 1}, {3, 0, 2}, {1, 2, 0}};

    Rows rows = SampledSoftmax.of(new double[3][3], values, 0);

    assertThat(rows.entropy()).isCloseTo(Math.log(3), within(1e-12));
    assertThat(rows.overlap()[0][1]).isCloseTo(1.0 / 9, within(1e-12));
    assertThat(rows.slopes()[0][0]).isCloseTo(-(0 - 2 * 4.0 / 3 + 12.0 / 9) / 9, within(1e-12));
    for (double[] row : rows.slopes()) {
      assertThat(Arrays.stream(row).sum()).isCloseTo(0, within(1e-12));
    }
  }

  private interface OfRows {
    double of(Rows rows);
  }

  private static double mean(List<Rows> found, OfRows number) {
    return found.stream().mapToDouble(number::of).average().orElseThrow();
  }

  private static Offset<Double> near(double expected) {
    return within(ERROR * expected);
  }

  private static double trace(double[][] matrix) {
    return IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][i]).sum();
  }

  /** Independent logits, without what all have in common. */
  private static double[][] logits(int tokens, double variance) {
    double[][] k = new double[tokens][tokens];
    for (int i = 0; i < tokens; i++) {
      Arrays.fill(k[i], -variance / tokens);
      k[i][i] += variance;
    }
    return k;
  }

  /** Half the mean squared difference of independent values. */
  private static double[][] values(int tokens) {
    double[][] d = new double[tokens][tokens];
    for (int i = 0; i < tokens; i++) {
      Arrays.fill(d[i], 1);
      d[i][i] = 0;
    }
    return d;
  }
}
