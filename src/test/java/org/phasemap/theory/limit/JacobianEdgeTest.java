package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.GaussLegendre;

class JacobianEdgeTest {
  private static final WeightSpectrum INDEPENDENT = WeightSpectrum.INDEPENDENT;
  private static final WeightSpectrum ORTHOGONAL = WeightSpectrum.ORTHOGONAL;

  /** Rounding grows with depth: 1e-14 a layer. */
  private static double rounding(int depth) {
    return 1e-14 * (10 + 10 * depth);
  }

  private static LayerLaw law(String activation, double sigmaW2) {
    return new LayerLaw(Activations.parse(activation), sigmaW2, 0);
  }

  private static Trajectory resting(LayerLaw law, double q, int depth) {
    Trajectory t = SignalMaps.propagateFrom(law, q, 0, depth);
    Arrays.fill(t.q(), q);
    return t;
  }

  private static double lnEdge(
      String activation, double sigmaW2, double q, int depth, WeightSpectrum weights) {
    LayerLaw law = law(activation, sigmaW2);
    return JacobianSpectrum.lnUpperEdge(law, resting(law, q, depth), depth, weights);
  }

  /**
   * mpmath, 25 digits: E t/(s − t) by Gauss–Legendre rules of 20 points on pieces that shrink to
   * every maximum of φ′², the root of the derivative in s by bisection in float64, and the value
   * there from a parabola through three s, which is good to the fourth power of 1e-5.
   *
   * <p>The last 35 rows (sin, erf, softsign) are of a second program: 30 digits, 24 points on
   * pieces that shrink to 0, sin by the Fourier series of 1/(s − cos²), and Newton's root in
   * ln(s/top − 1). It has all 18 digits of 22 rows of the first.
   */
  @ParameterizedTest
  @CsvFileSource(resources = "jacobian_edges.csv", numLinesToSkip = 1)
  void edgesAreThoseOfHighPrecision(
      String activation, double q, int depth, String weights, double expected) {
    WeightSpectrum spectrum = weights.equals("ORTHOGONAL") ? ORTHOGONAL : INDEPENDENT;
    assertThat(lnEdge(activation, 1, q, depth, spectrum))
        .isCloseTo(expected, within(rounding(depth)));
  }

  /** φ′² is 1 with probability p, else 0: the minimum over z is a root of a quadratic. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50, 1000})
  void slopesOfZeroAndOneHaveClosedForms(int depth) {
    for (double q : new double[] {1e-3, 0.05, 0.3, 1, 10, 1e6}) {
      double p =
          Math.sqrt(2 / Math.PI)
              * GaussLegendre.OF_24.integrate(
                  z -> Math.exp(-0.5 * z * z), 0, Math.min(9, 1 / Math.sqrt(q)));
      assertClosedForms("hard_tanh", q, depth, p);
    }
    assertClosedForms("relu", 1, depth, 0.5);
    assertClosedForms("linear", 1, depth, 1);
    assertClosedForms("abs", 1, depth, 1);
  }

  private static void assertClosedForms(String activation, double q, int depth, double p) {
    double own = depth - 1;
    double z = 2 * p / (own + Math.sqrt(own * own + 4 * depth * p));
    // (1 + z) · s z/(1 + z) with s = 1 + p/z.
    double gaussian = Math.log1p(1 / z) + depth * Math.log(z + p);
    assertThat(lnEdge(activation, 1, q, depth, INDEPENDENT))
        .as("%s, q %s, p %s", activation, q, p)
        .isCloseTo(gaussian, within(10 * rounding(depth)));
    double orthogonal =
        depth * (1 - p) <= 1
            ? 0
            : depth * Math.log(depth) - own * Math.log(own) + Math.log1p(-p) + own * Math.log(p);
    assertThat(lnEdge(activation, 1, q, depth, ORTHOGONAL))
        .as("%s, q %s, p %s", activation, q, p)
        .isCloseTo(orthogonal, within(10 * rounding(depth)));
  }

  /** One orthogonal layer has σ_w² φ′² for its spectrum; it ended at 1.001 of the top. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear", "relu", "leaky_relu(0.2)", "prelu(-3)", "tanh", "erf", "sin", "sigmoid",
        "softsign", "softplus", "elu", "selu", "gelu", "silu", "mish", "hard_tanh"
      })
  void oneOrthogonalLayerEndsAtItsLargestSlope(String activation) {
    double largest = 0;
    Activation f = Activations.parse(activation);
    for (int i = -30_000; i <= 400_000; i++) {
      largest = Math.max(largest, Math.abs(f.derivative(i * 1e-4)));
    }
    largest = Math.max(largest, Math.abs(f.derivative(-Double.MIN_VALUE)));
    for (double q : new double[] {0.4, 1, 300}) {
      // Values 1e-4 apart miss a maximum by the square of half of that.
      assertThat(JacobianSpectrum.upperEdge(law(activation, 2), q, 1, ORTHOGONAL))
          .isCloseTo(2 * largest * largest, within(1e-8 * largest));
    }
  }

  /** Atoms at the top of total deficit 1 at most: the edge is the product of the tops. */
  @ParameterizedTest
  @CsvSource({"leaky_relu(0.2), 2, 1", "elu, 2, 1", "abs, 1000, 1", "prelu(-2), 2, 16"})
  void theEdgeIsTheProductOfTheTopsWhereTheyAreAtoms(String activation, int depth, double edge) {
    assertThat(JacobianSpectrum.upperEdge(law(activation, 1), 0.7, depth, ORTHOGONAL))
        .isCloseTo(edge, within(1e-14 * edge));
  }

  /**
   * Signals that have died out meet φ′(0), on both sides of it; those that overflow, the limits.
   */
  @Test
  void ofSignalsWithoutSpread() {
    double right = square(1.0507009873554805);
    double left = right * square(1.6732632423543772);
    double z = 3;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 500_000; i++) {
      double s = left * (1 + 4e-6 * (i + 1));
      z = 0.5 * right / (s - right) + 0.5 * left / (s - left);
      least = Math.min(least, Math.log1p(1 / z) + 3 * Math.log(s * z / (1 + z)));
    }
    // The least of values 4e-6 apart, where the slope is 0.
    assertThat(lnEdge("selu", 1, 0, 3, ORTHOGONAL)).isCloseTo(least, within(1e-10));
    for (String f : new String[] {"tanh", "gelu", "silu", "mish", "sin", "softplus"}) {
      double slope = square(Activations.parse(f).derivative(0));
      assertThat(lnEdge(f, 1, 0, 5, ORTHOGONAL))
          .isCloseTo(5 * Math.log(slope), within(rounding(5)));
      assertThat(lnEdge(f, 1, 1e-25, 5, INDEPENDENT))
          .isCloseTo(lnEdge("linear", slope, 1, 5, INDEPENDENT), within(1e-11));
    }
    assertThat(lnEdge("gelu", 1, Double.POSITIVE_INFINITY, 4, INDEPENDENT))
        .isEqualTo(lnEdge("relu", 1, 1, 4, INDEPENDENT));
  }

  private static double square(double x) {
    return x * x;
  }

  /** A trajectory's edge is that of the same layers in any order, and one of few equal ones. */
  @Test
  void layersOfDifferentVariances() {
    LayerLaw law = law("tanh", 1.4);
    Trajectory t = resting(law, 1, 4);
    double[] q = {0.2, 1, 3, 0.2};
    System.arraycopy(q, 0, t.q(), 0, 4);
    double edge = JacobianSpectrum.lnUpperEdge(law, t, 4, ORTHOGONAL);
    double[] other = {3, 0.2, 0.2, 1};
    System.arraycopy(other, 0, t.q(), 0, 4);
    assertThat(JacobianSpectrum.lnUpperEdge(law, t, 4, ORTHOGONAL)).isCloseTo(edge, within(1e-13));
    Arrays.fill(t.q(), 1 + 1e-9);
    t.q()[0] = 1;
    double nearly = JacobianSpectrum.lnUpperEdge(law, t, 4, ORTHOGONAL);
    assertThat(nearly).isCloseTo(lnEdge("tanh", 1.4, 1, 4, ORTHOGONAL), within(1e-8));
  }

  /** GELU is steepest at √2: at q = 0.01 no unit of a network gets there, at q = 1 one in ten. */
  @Test
  void edgesThatNoUnitReachesAreNoPrediction() {
    LayerLaw gelu = law("gelu", 1);
    int width = 1000;
    assertThat(JacobianSpectrum.lnReachedEdge(gelu, resting(gelu, 0.01, 2), 2, ORTHOGONAL, width))
        .isNaN();
    Trajectory wide = resting(gelu, 1, 2);
    assertThat(JacobianSpectrum.lnReachedEdge(gelu, wide, 2, ORTHOGONAL, width))
        .isEqualTo(JacobianSpectrum.lnUpperEdge(gelu, wide, 2, ORTHOGONAL));
    // Of ten Gaussian layers the bulk decides.
    Trajectory narrow = resting(gelu, 0.01, 10);
    assertThat(JacobianSpectrum.lnReachedEdge(gelu, narrow, 10, INDEPENDENT, width))
        .isEqualTo(JacobianSpectrum.lnUpperEdge(gelu, narrow, 10, INDEPENDENT));
    LayerLaw linear = law("linear", 1);
    assertThat(JacobianSpectrum.lnReachedEdge(linear, resting(linear, 1, 3), 3, ORTHOGONAL, 8))
        .isZero();
  }

  /** Orthogonal weights under a mask lie between orthogonal and independent ones. */
  @Test
  void masksTurnOrthogonalWeightsIntoIndependentOnes() {
    assertThat(WeightSpectrum.of(WeightLaw.NORMAL, 0.3)).isEqualTo(INDEPENDENT);
    assertThat(WeightSpectrum.of(WeightLaw.ORTHOGONAL, 1)).isEqualTo(ORTHOGONAL);
    WeightSpectrum few = WeightSpectrum.of(WeightLaw.ORTHOGONAL, 1e-9);
    assertThat(lnEdge("tanh", 1, 1, 5, few))
        .isCloseTo(lnEdge("tanh", 1, 1, 5, INDEPENDENT), within(1e-8));
    WeightSpectrum most = WeightSpectrum.of(WeightLaw.ORTHOGONAL, 1 - 1e-12);
    assertThat(lnEdge("tanh", 1, 1, 5, most))
        .isCloseTo(lnEdge("tanh", 1, 1, 5, ORTHOGONAL), within(1e-10));
  }

  /** Where φ′ hardly varies its variance is a small difference of moments; it was negative. */
  @Test
  void theVarianceOfSlopesDoesNotCancel() {
    for (double q : new double[] {1e-4, 1e-6}) {
      // tanh′² = 1 − 2z² + …, and Var z² = 2q².
      double slopes =
          JacobianSpectrum.relativeVariance(law("tanh", 1), q, 1, WeightSpectrum.ORTHOGONAL);
      assertThat(slopes).isCloseTo(8 * q * q, within(200 * q * q * q));
    }
  }
}
