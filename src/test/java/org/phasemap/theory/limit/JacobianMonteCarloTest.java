package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Erf;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.Roots;
import org.phasemap.theory.gauss.Sample;

/** Spectra of products D_l W_l with independent Gaussian pre-activations. */
class JacobianMonteCarloTest {
  private final Random random = new Random(8);

  /**
   * D W scaled as a layer, with D = diag φ′ at the quantiles of N(0, q): drawn ones would blur
   * edges by 1/√n. A mask leaves the mean square of W as it is.
   */
  private double[][] layer(LayerLaw law, double q, int n, WeightLaw weights, double keep) {
    double[][] w =
        weights == WeightLaw.ORTHOGONAL ? DenseNetwork.frame(n, n, random) : new double[n][n];
    double scale = Math.sqrt(law.sigmaW2() / (weights == WeightLaw.ORTHOGONAL ? 1 : n));
    for (int i = 0; i < n; i++) {
      double slope = law.activation().derivative(Math.sqrt(q) * quantile((i + 0.5) / n));
      for (int j = 0; j < n; j++) {
        double entry = weights == WeightLaw.ORTHOGONAL ? w[i][j] : random.nextGaussian();
        boolean kept = keep == 1 || random.nextDouble() < keep;
        w[i][j] = kept ? slope * scale * entry / Math.sqrt(keep) : 0;
      }
    }
    return w;
  }

  private static double quantile(double probability) {
    return Roots.brent(z -> Erf.normalCdf(z) - probability, -9, 9);
  }

  private static double[][] times(double[][] a, double[][] b) {
    int n = a.length;
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          out[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return out;
  }

  private static double[][] gram(double[][] a) {
    int n = a.length;
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[i][j] = DenseNetwork.dot(a[i], a[j]);
      }
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "relu, 2, NORMAL, 1",
    "relu, 2, ORTHOGONAL, 1",
    "tanh, 1.5, NORMAL, 1",
    "tanh, 1.5, NORMAL, 0.5",
    "tanh, 1.5, ORTHOGONAL, 1",
    "tanh, 1.5, ORTHOGONAL, 0.5",
    "tanh, 1.5, ORTHOGONAL, 0.9"
  })
  void secondMomentsOfTheSpectrum(
      String activation, double sigmaW2, WeightLaw weights, double keep) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, 0.05);
    double q = 0.6;
    int n = 120;
    int depth = 3;
    Sample mean = new Sample();
    Sample second = new Sample();
    for (int i = 0; i < 25; i++) {
      double[][] jacobian = layer(law, q, n, weights, keep);
      for (int l = 1; l < depth; l++) {
        jacobian = times(layer(law, q, n, weights, keep), jacobian);
      }
      double[][] squared = gram(jacobian);
      double trace = 0;
      double traceOfSquare = 0;
      for (int r = 0; r < n; r++) {
        trace += squared[r][r] / n;
        traceOfSquare += DenseNetwork.dot(squared[r], squared[r]) / n;
      }
      mean.add(trace);
      second.add(traceOfSquare);
    }
    WeightSpectrum spectrum = WeightSpectrum.of(weights, keep);
    double expected = JacobianSpectrum.mean(law, q, depth);
    mean.hasMean(expected, 0.05 * expected);
    double square = JacobianSpectrum.variance(law, q, depth, spectrum) + expected * expected;
    second.hasMean(square, 0.1 * square);
  }

  /** Edges of finite matrices stay inside by a share of order n^(−2/3). */
  @ParameterizedTest
  @CsvSource({
    "relu, 2, 1, NORMAL, 1",
    "tanh, 1.8, 1, NORMAL, 1",
    "gelu, 2, 2, NORMAL, 1",
    "tanh, 1.8, 3, ORTHOGONAL, 1",
    "linear, 1, 2, ORTHOGONAL, 0.5",
    "tanh, 1.8, 3, ORTHOGONAL, 0.8",
    "linear, 1, 2, NORMAL, 1",
    "hard_tanh, 1.3, 2, NORMAL, 1"
  })
  void largestSingularValueReachesTheEdge(
      String activation, double sigmaW2, int depth, WeightLaw weights, double keep) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, 0);
    double q = 0.9;
    int n = 250;
    double[][] jacobian = layer(law, q, n, weights, keep);
    for (int l = 1; l < depth; l++) {
      jacobian = times(layer(law, q, n, weights, keep), jacobian);
    }
    double[][] squared = gram(jacobian);
    double[] v = random.doubles(n).toArray();
    double top = 0;
    for (int i = 0; i < 400; i++) {
      double[] next = new double[n];
      for (int r = 0; r < n; r++) {
        next[r] = DenseNetwork.dot(squared[r], v);
      }
      top = Math.sqrt(DenseNetwork.dot(next, next) / DenseNetwork.dot(v, v));
      double norm = Math.sqrt(DenseNetwork.dot(next, next));
      for (int r = 0; r < n; r++) {
        v[r] = next[r] / norm;
      }
    }
    WeightSpectrum spectrum = WeightSpectrum.of(weights, keep);
    double edge = JacobianSpectrum.upperEdge(law, q, depth, spectrum);
    Trajectory resting = SignalMaps.propagateFrom(law, q, 0, depth);
    Arrays.fill(resting.q(), q);
    assertThat(JacobianSpectrum.lnUpperEdge(law, resting, depth, spectrum))
        .isCloseTo(Math.log(edge), within(1e-12));
    assertThat(top / edge).isBetween(1 - 5 * Math.pow(n, -2.0 / 3), 1 + 2 * Math.pow(n, -2.0 / 3));
  }

  @Test
  void edgesOfLinearNetworksAreFussCatalan() {
    LayerLaw law = new LayerLaw(Activations.parse("linear"), 1, 0);
    for (int depth = 1; depth <= 30; depth++) {
      double exact = Math.exp((depth + 1) * Math.log(depth + 1.0) - depth * Math.log(depth));
      assertThat(JacobianSpectrum.upperEdge(law, 1, depth, WeightSpectrum.INDEPENDENT))
          .isCloseTo(exact, within(1e-12 * exact));
      assertThat(JacobianSpectrum.upperEdge(law, 1, depth, WeightSpectrum.ORTHOGONAL)).isEqualTo(1);
    }
  }

  @Test
  void layerOfReluHasRadiusOneAndALargerNorm() {
    LayerLaw he = new LayerLaw(Activations.parse("relu"), 2, 0);
    assertThat(LayerJacobian.spectralRadius(he, 1)).isCloseTo(1, within(1e-15));
    assertThat(LayerJacobian.topSingularValue(he, 1)).isCloseTo(1 + Math.sqrt(2), within(1e-10));
    assertThat(LayerJacobian.weightTopSingularValue(1, 1)).isEqualTo(2);
    assertThat(LayerJacobian.weightTopSingularValue(2, 0.25))
        .isCloseTo(1.5 * Math.sqrt(2), within(1e-14));
  }

  @Test
  void gradientsFollowTheirRecursion() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 1.8, 0.1);
    Trajectory t = SignalMaps.propagate(law, 1, 0.5, 4);
    GradientProfile profile = GradientProfile.of(t, new int[] {30, 50, 60, 70, 40}, 1);
    double first = t.chi1()[0] * t.chi1()[1] * t.chi1()[2] * 50 / 40;
    assertThat(profile.preActivation()[0]).isCloseTo(first, within(1e-14 * first));
    assertThat(profile.weight()[0]).isCloseTo(first * 30, within(1e-12 * first * 30));
    assertThat(profile.weight()[3]).isCloseTo(70 * t.secondMomentPhi()[2], within(1e-12));
  }
}
