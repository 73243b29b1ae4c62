package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.theory.architecture.attention.SoftmaxPair;
import org.phasemap.theory.architecture.attention.SoftmaxRow;

/**
 * Two rows of softmax weights against values of a finer rule: steps of ¼ in ln t and in the common
 * part, tails to 1e-18, 14 standard deviations.
 */
class SoftmaxPairTest {
  /** Relative: what the class promises, and half as much again for the finer rule's own error. */
  private static final double CLOSE = 3e-10;

  @ParameterizedTest
  @CsvSource({
    "2, 1.0, 0.3, 0.5396856644369373, 0.3581047414211262, 0.30961518137313315",
    "4, 1.0, -0.6, 0.18141120994693677, 0.056371020392664686, 0.03699424423909011",
    "16, 0.1, 0.9, 0.06790998430870632, 0.0050485371315034475, 0.00461754461914136",
    "16, 1.0, 0.05, 0.06505082071017744, 0.00889169888456423, 0.004596157544925057",
    "16, 4.0, 0.999, 0.3159835755326487, 0.16421765136968522, 0.12908684430705034",
    "16, 60.0, 0.3, 0.14412285499750774, 0.11758318598850347, 0.09692147645432846",
    "64, 1.0E-4, 0.9, 0.01562638433336478, 2.442079251765763E-4, 2.4418388740202575E-4",
    "64, 12.0, -0.05, 0.01240316254284119, 0.004641047604290396, 0.001783161460613775",
    "256, 1.0, 0.999, 0.01032454901114833, 2.643080408251101E-4, 1.1471010481363782E-4",
    "256, 12.0, 1.0E-6, 0.003906274102761811, 0.0011106756700487285, 3.2364587693184784E-4",
    "16, 800.0, 0.6, 0.2951544765069752, 0.2825856744227971, 0.2708318099996774",
    "64, 150.0, 0.3, 0.06208034583825995, 0.05254624149901205, 0.04462546633663315",
    "16, 400.0, -0.6, 0.0019910900199546218, 0.0016578835351154799, 0.0013782624434711206",
    "256, 400.0, 0.3, 0.02763684975585128, 0.024521819744604843, 0.021779778953055964"
  })
  void valuesAreThoseOfAFinerRule(
      int tokens,
      double variance,
      double correlation,
      double overlap,
      double mixed,
      double squareOfOverlap) {
    SoftmaxPair pair = SoftmaxPair.of(tokens, variance, correlation);

    assertThat(pair.overlap() / overlap).isCloseTo(1, within(CLOSE));
    assertThat(pair.mixed() / mixed).isCloseTo(1, within(CLOSE));
    assertThat(pair.squareOfOverlap() / squareOfOverlap).isCloseTo(1, within(CLOSE));
  }

  @ParameterizedTest
  @CsvSource({"2, 0.5", "16, 1", "16, 8", "128, 3"})
  void aRowWithItselfIsARow(int tokens, double variance) {
    SoftmaxPair pair = SoftmaxPair.of(tokens, variance, 1);
    SoftmaxRow row = SoftmaxRow.of(tokens, variance);

    assertThat(pair.overlap() / row.squares()).isCloseTo(1, within(CLOSE));
    assertThat(pair.mixed() / row.cubes()).isCloseTo(1, within(CLOSE));
    assertThat(pair.squareOfOverlap() / row.squareOfSquares()).isCloseTo(1, within(CLOSE));
  }
}
