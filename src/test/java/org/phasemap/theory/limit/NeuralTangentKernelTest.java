package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;

class NeuralTangentKernelTest {
  private static LayerLaw law(String activation, double sigmaW2, double sigmaB2) {
    return new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
  }

  /** The recursion written out for one depth, straight from the paper. */
  private static double theta(LayerLaw law, double q0, double c, int depth) {
    double k = law.sigmaW2() * q0 * c + law.sigmaB2();
    double q = law.sigmaW2() * q0 + law.sigmaB2();
    double theta = k;
    for (int l = 0; l < depth; l++) {
      DualActivation dual = Duals.of(law.activation(), q);
      double delta = 1 - k / q;
      k = law.sigmaW2() * dual.product(delta) + law.sigmaB2();
      q = law.sigmaW2() * dual.secondMoment() + law.sigmaB2();
      theta = k + law.sigmaW2() * dual.derivative(delta) * theta;
    }
    return theta;
  }

  @ParameterizedTest
  @CsvSource({"tanh, 1.5, 0.1", "relu, 2, 0", "gelu, 1.7, 0.2", "erf, 2, 0.05", "selu, 1, 0.1"})
  void everyDepthIsTheRecursion(String activation, double sigmaW2, double sigmaB2) {
    LayerLaw law = law(activation, sigmaW2, sigmaB2);
    Trajectory t = SignalMaps.propagate(law, 1.2, 0.3, 12);
    NeuralTangentKernel.Pair pair = NeuralTangentKernel.ntkParameterisation(law, t, 1.2, 0.3);
    for (int depth : new int[] {1, 2, 7, 12}) {
      double diagonal = theta(law, 1.2, 1, depth);
      double off = theta(law, 1.2, 0.3, depth);
      assertThat(pair.diagonal()[depth - 1]).isCloseTo(diagonal, within(1e-11 * diagonal));
      assertThat(pair.offDiagonal()[depth - 1]).isCloseTo(off, within(1e-10 * diagonal));
    }
  }

  @Test
  void reluAtCriticalityAddsOneKernelALayer() {
    LayerLaw law = law("relu", 2, 0);
    Trajectory t = SignalMaps.propagate(law, 1, 0, 20);
    NeuralTangentKernel.Pair ntk = NeuralTangentKernel.ntkParameterisation(law, t, 1, 0);
    NeuralTangentKernel.Pair standard =
        NeuralTangentKernel.standardParameterisation(law, t, 1, 0, 100, 30);
    assertThat(ntk.diagonal()[9]).isCloseTo(22, within(1e-12));
    // 30 from the first layer, 100 from each of ten more.
    assertThat(standard.diagonal()[9]).isCloseTo(1030, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"tanh, 1.5, 0.1", "elu, 1.2, 0.05", "hard_tanh, 1.4, 0.1", "silu, 1.8, 0.2"})
  void matricesAgreeWithPairs(String activation, double sigmaW2, double sigmaB2) {
    LayerLaw law = law(activation, sigmaW2, sigmaB2);
    double[][] gram = {{1, 0.4, 0.4}, {0.4, 1, 0.4}, {0.4, 0.4, 1}};
    Trajectory t = SignalMaps.propagate(law, 1, 0.4, 6);
    NetworkKernels ntk = NetworkKernels.ntkParameterisation(law, gram, 6);
    NetworkKernels standard = NetworkKernels.standardParameterisation(law, gram, 6, 50, 20);
    NeuralTangentKernel.Pair pair = NeuralTangentKernel.ntkParameterisation(law, t, 1, 0.4);
    NeuralTangentKernel.Pair plain =
        NeuralTangentKernel.standardParameterisation(law, t, 1, 0.4, 50, 20);
    assertThat(ntk.ntk()[1][1]).isCloseTo(pair.diagonal()[5], within(1e-11));
    assertThat(ntk.ntk()[2][0]).isCloseTo(pair.offDiagonal()[5], within(1e-11));
    assertThat(standard.ntk()[0][0]).isCloseTo(plain.diagonal()[5], within(1e-8));
    assertThat(standard.ntk()[0][1]).isCloseTo(plain.offDiagonal()[5], within(1e-8));
    TwoPointSpectrum spectrum = new TwoPointSpectrum(pair.diagonal()[5], pair.offDiagonal()[5], 3);
    KernelEigenvalues eigenvalues = KernelEigenvalues.of(ntk.ntk());
    assertThat(eigenvalues.largest()).isCloseTo(spectrum.constantEigenvalue(), within(1e-10));
    assertThat(eigenvalues.smallest()).isCloseTo(spectrum.bulkEigenvalue(), within(1e-10));
    assertThat(eigenvalues.conditionNumber()).isCloseTo(spectrum.conditionNumber(), within(1e-8));
  }

  @Test
  void inputsOfDifferentNormsMakeASymmetricPositiveKernel() {
    double[][] gram = {{1, 0.5, -0.2}, {0.5, 2.5, 0.1}, {-0.2, 0.1, 0.3}};
    for (String name : new String[] {"tanh", "relu", "gelu", "elu", "hard_tanh", "sin", "erf"}) {
      NetworkKernels kernels = NetworkKernels.ntkParameterisation(law(name, 1.4, 0.1), gram, 4);
      assertThat(kernels.ntk()[0][2]).isEqualTo(kernels.ntk()[2][0]);
      assertThat(KernelEigenvalues.of(kernels.ntk()).smallest()).isPositive();
      assertThat(KernelEigenvalues.of(kernels.nngp()).smallest()).isPositive();
    }
  }

  @Test
  void limitsAreReached() {
    LayerLaw ordered = law("tanh", 1.3, 0.05);
    PhasePoint p = PhasePoint.of(ordered);
    NeuralTangentKernel.Pair deep =
        NeuralTangentKernel.hiddenLayers(SignalMaps.propagateFrom(ordered, p.qStar(), 0.5, 400));
    assertThat(deep.diagonal()[399]).isCloseTo(NtkAsymptotics.orderedLimit(p), within(1e-9));
    assertThat(deep.offDiagonal()[399]).isCloseTo(NtkAsymptotics.orderedLimit(p), within(1e-9));
    LayerLaw chaotic = law("tanh", 2.5, 0.05);
    PhasePoint x = PhasePoint.of(chaotic);
    deep = NeuralTangentKernel.hiddenLayers(SignalMaps.propagateFrom(chaotic, x.qStar(), 0.5, 400));
    assertThat(deep.offDiagonal()[399])
        .isCloseTo(NtkAsymptotics.chaoticOffDiagonal(x), within(1e-8));
    assertThat(deep.diagonal()[399] / deep.diagonal()[398])
        .isCloseTo(NtkAsymptotics.eigenvalueGrowth(x), within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "relu, 0.25",
    "leaky_relu(0.3), 0.25",
    "selu, 0.25",
    "hard_tanh, 0.25",
    "tanh, 0.3333333333333333",
    "elu, 0.3333333333333333"
  })
  void ratiosAtCriticalityTendToTheirLimits(String activation, double limit) {
    Activation f = Activations.parse(activation);
    assertThat(NtkAsymptotics.criticalOffRatio(f)).isCloseTo(limit, within(1e-15));
    CriticalPoint edge = EdgeOfChaos.points(f, f.isHomogeneous() ? 0 : 0.2).get(0);
    double q = f.isHomogeneous() ? 1 : edge.qStar();
    LayerLaw law = new LayerLaw(f, edge.sigmaW2(), edge.sigmaB2());
    int depth = 3000;
    NeuralTangentKernel.Pair deep =
        NeuralTangentKernel.hiddenLayers(SignalMaps.propagateFrom(law, q, 0.5, depth));
    assertThat(deep.offDiagonal()[depth - 1] / deep.diagonal()[depth - 1])
        .isCloseTo(limit, within(0.01));
    double eigenvalue = q * depth * (1 - limit);
    assertThat(deep.diagonal()[depth - 1] - deep.offDiagonal()[depth - 1])
        .isCloseTo(eigenvalue, within(0.02 * eigenvalue));
  }

  @Test
  void correlationsOnTheEdgeFollowHayou() {
    Activation f = Activations.parse("tanh");
    CriticalPoint edge = EdgeOfChaos.points(f, 0.2).get(0);
    LayerLaw law = new LayerLaw(f, edge.sigmaW2(), 0.2);
    Trajectory t = SignalMaps.propagateFrom(law, edge.qStar(), 0.5, 20_000);
    assertThat(20_000 * t.oneMinusC()[19_999])
        .isCloseTo(EocAsymptotics.smoothDecay(f, edge.qStar()), within(0.01));
    Trajectory relu = SignalMaps.propagateFrom(law("leaky_relu(0.2)", 2 / 1.04, 0), 1, 1, 20_000);
    double limit = EocAsymptotics.homogeneousDecay(0.2);
    assertThat(4e8 * relu.oneMinusC()[19_999]).isCloseTo(limit, within(0.01 * limit));
  }
}
