package org.phasemap.theory.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.predict.Bands;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.LayerLaw;

/** Bands of inputs of any norms and correlations; CalibrationTest measures them. */
class JointFiniteWidthTest {
  private static final int WIDTH = 128;

  private static JointFiniteWidth joint(
      LayerLaw law, WeightLaw weights, double keep, double[][] gram, int depth) {
    JointFiniteWidth finite = new JointFiniteWidth(law, weights, keep, gram);
    InputKernels kernels = InputKernels.of(law, gram, WIDTH, 100);
    finite.add(kernels);
    for (int l = 1; l <= depth; l++) {
      kernels.up();
      finite.add(kernels);
    }
    return finite;
  }

  private static double[][] equal(int inputs, double q0, double c0) {
    double[][] gram = new double[inputs][inputs];
    for (int a = 0; a < inputs; a++) {
      Arrays.fill(gram[a], q0 * c0);
      gram[a][a] = q0;
    }
    return gram;
  }

  /**
   * Inputs of one norm and one correlation are what {@link FiniteWidth} knows, by quadrature. The
   * points' error is below 1 % of a standard deviation, and moves means by less than 2 % of one.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 1.3, 0.05, NORMAL, 5, 3, 0.5",
    "tanh, 2.5, 0.05, NORMAL, 5, 2, 0.3",
    "tanh, 1, 0.05, NORMAL, 6, 4, 0.9",
    "tanh, 1.76, 0.05, ORTHOGONAL, 5, 4, 0.5",
    "erf, 1.4, 0.1, NORMAL, 4, 2, 0.5",
    "gelu, 1.5, 0.2, NORMAL, 4, 2, 0.5",
    "gelu, 1.5, 0.2, ORTHOGONAL, 4, 2, 0.6",
    "silu, 1.5, 0.3, NORMAL, 4, 3, 0.6",
    "elu, 1.2, 0.05, NORMAL, 5, 3, 0.5",
    "selu, 1, 0, NORMAL, 4, 2, 0.2",
    "selu, 1, 0, NORMAL, 8, 4, 0.95",
    "softsign, 2, 0.1, NORMAL, 4, 2, 0.5",
    "relu, 2, 0, NORMAL, 4, 4, 0.7",
    "relu, 1.5, 0.2, NORMAL, 4, 5, 0.3",
    "linear, 1, 0, NORMAL, 4, 4, 0.5",
    "abs, 1, 0.1, NORMAL, 3, 3, 0.4",
    "sin, 2, 0.1, NORMAL, 3, 3, 0.4"
  })
  void equalInputsAreASpecialCase(
      String activation,
      double sigmaW2,
      double sigmaB2,
      WeightLaw weights,
      int depth,
      int inputs,
      double c0) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
    FiniteWidth known = FiniteWidth.of(law, weights, 1, 1, c0, depth, inputs);
    JointFiniteWidth any = joint(law, weights, 1, equal(inputs, 1, c0), depth);
    Map<Quantity, Band> bands = Bands.ofOneOutput(any, sizes(depth));
    Bands.ofOneOutput(known, sizes(depth))
        .forEach(
            (quantity, band) ->
                assertSame(quantity.column(), Objects.requireNonNull(bands.get(quantity)), band));
    assertSame("outputs", any.lnNtkScale(depth, WIDTH, 3), known.lnNtkScale(depth, WIDTH, 3));
  }

  private static Bands.Sizes sizes(int depth) {
    return new Bands.Sizes(depth, WIDTH, WIDTH, 100);
  }

  private static void assertSame(String name, Band any, Band known) {
    double sd = known.standardDeviation();
    assertThat(any.standardDeviation()).as(name).isCloseTo(sd, within(0.01 * sd));
    assertThat(any.mean()).as(name).isCloseTo(known.mean(), within(0.02 * sd));
    assertThat(any.reliable()).as(name).isEqualTo(known.reliable());
  }

  /**
   * Orthogonal weights and φ′ = ±1 leave lengths of gradients and tangents no choice, and without
   * biases those of signals: in a variance all terms cancel. A spread that is not 0 is no rounding.
   */
  @ParameterizedTest
  @CsvSource({"linear, 0.16, 0.05", "abs, 0.16, 0.05", "abs, 4, 0.05", "abs, 1, 0", "abs, 0.49, 0"})
  void aSpreadThatCancelsIsNone(String activation, double sigmaW2, double sigmaB2) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
    WeightLaw weights = WeightLaw.ORTHOGONAL;
    for (int depth : new int[] {2, 6, 20}) {
      FiniteWidth alike = FiniteWidth.of(law, weights, 1, 1, 0.5, depth, 4);
      JointFiniteWidth any = joint(law, weights, 1, equal(4, 1, 0.5), depth);
      for (NetworkFluctuations finite : List.of(alike, any)) {
        Map<Quantity, Band> bands = Bands.ofOneOutput(finite, sizes(depth));
        assertThat(finite.lnGradientGain(depth, WIDTH).standardDeviation()).isZero();
        assertThat(finite.lnJacobianMean(depth, WIDTH).standardDeviation()).isZero();
        if (sigmaB2 == 0) {
          assertThat(finite.lnQ(depth, WIDTH).standardDeviation()).isZero();
        }
        bands.values().stream()
            .filter(Band::reliable)
            .mapToDouble(Band::standardDeviation)
            .forEach(sd -> assertThat(sd).matches(x -> x == 0 || x > 1e-6));
      }
    }
  }

  /** Every input twice is every input once. Their Gram matrix is singular. */
  @Test
  void inputsThatAreEqualCountAsOften() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 1.5, 0.1);
    double[][] three = {{1, 1, 0.3}, {1, 1, 0.3}, {0.3, 0.3, 2}};
    double[][] six = new double[6][6];
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        six[a][b] = three[a / 2][b / 2];
      }
    }
    JointFiniteWidth once = joint(law, WeightLaw.NORMAL, 1, three, 4);
    JointFiniteWidth twice = joint(law, WeightLaw.NORMAL, 1, six, 4);
    Map<Quantity, Band> bands = Bands.ofOneOutput(once, sizes(4));
    Bands.ofOneOutput(twice, sizes(4))
        .forEach(
            (quantity, band) -> {
              // Equal inputs are pairs of their own, and have a tangent each.
              if (quantity != SignalQuantity.C && quantity != JacobianQuantity.LN_JACOBIAN_MEAN) {
                assertSame(quantity.column(), band, Objects.requireNonNull(bands.get(quantity)));
              }
            });
  }

  @Test
  void hasNoBandsWhereItKnowsNone() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 1.5, 0.1);
    double[][] gram = equal(3, 1, 0.5);
    assertNone(joint(law, WeightLaw.UNIFORM, 1, gram, 2).lnQ(2, WIDTH));
    assertNone(joint(law, WeightLaw.NORMAL, 0.5, gram, 2).lnNtkScale(2, WIDTH, 1));
    assertNone(joint(law, WeightLaw.NORMAL, 1, equal(3, 40, 0.5), 2).lnGradientGain(2, WIDTH));
    assertNone(joint(law, WeightLaw.NORMAL, 1, equal(1, 1, 0.5), 2).c(2, WIDTH));
    assertNone(joint(law, WeightLaw.NORMAL, 1, equal(17, 1, 0.5), 2).c(2, WIDTH));
    assertThat(joint(law, WeightLaw.NORMAL, 1, equal(17, 1, 0.5), 2).lnQ(2, WIDTH).reliable())
        .isTrue();
    LayerLaw kinked = new LayerLaw(Activations.parse("hard_tanh"), 1.5, 0.1);
    assertNone(joint(kinked, WeightLaw.NORMAL, 1, gram, 2).c(2, WIDTH));
    LayerLaw unbiased = new LayerLaw(Activations.parse("tanh"), 1.5, 0);
    assertNone(joint(unbiased, WeightLaw.NORMAL, 1, new double[][] {{0}}, 2).lnQ(2, WIDTH));
  }

  private static void assertNone(Band band) {
    assertThat(band.reliable()).isFalse();
    assertThat(band.mean()).isNaN();
  }
}
