package org.phasemap.chart.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.limit.LayerLaw;

class BoundaryDepthsTest {
  private static final int LIMIT = 200;

  private static BoundaryDepths of(String activation, double sigmaW2, double sigmaB2, double c0) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
    return BoundaryDepths.of(law, 1, c0, 8, LIMIT);
  }

  /** χ₁ = σ_w²/2 in every layer of ReLU. */
  @ParameterizedTest
  @ValueSource(doubles = {1.6, 1.9, 2.2, 3})
  void gradientsOfReluChangeHundredfoldOverLogHundredDepthScales(double sigmaW2) {
    BoundaryDepths depths = of("relu", sigmaW2, 0, 0.5);

    assertThat(depths.stable())
        .isCloseTo(1 + Math.log(100) / Math.abs(Math.log(sigmaW2 / 2)), within(1e-9));
    assertThat(depths.trainable()).isNaN();
    assertThat(depths.trainableFrom()).isNaN();
    assertThat(depths.generalising()).isNaN();
  }

  /** Row xi_gen_chaotic_tanh_2.5 of the reference values. */
  @Test
  void chaoticTanhGeneralisesToLogHundredScales() {
    assertThat(of("tanh", 2.5, 0.05, 0.5).generalising())
        .isCloseTo(4.759605802067447 * Math.log(100), within(1e-3));
  }

  @Test
  void atTheEdgeOfChaosReluHasNoBoundary() {
    BoundaryDepths depths = of("relu", 2, 0, 0.5);

    assertThat(depths.stable()).isNaN();
    assertThat(depths.trainable()).isNaN();
    assertThat(depths.generalising()).isNaN();
  }

  /** Linear networks: eigenvalues of the inputs' kernel pass through the layers one by one. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.9})
  void conditionNumberOfLinearNetworksCrossesWhereTheirEigenvaluesSay(double w) {
    double b = 0.05;
    double c0 = 0.5;
    int m = 8;
    double signal = w * (1 + (m - 1) * c0) + m * b;
    double largest = signal;
    double boundary = of("linear", w, b, c0).trainable();
    for (int depth = 1; depth < LIMIT; depth++) {
      signal = w * signal + m * b;
      largest = signal + w * largest;
      double smallest = (depth + 1) * Math.pow(w, depth + 1) * (1 - c0);
      assertThat(largest / smallest >= 100).as("L = " + depth).isEqualTo(depth >= boundary);
    }
    assertThat(boundary).isBetween(1.0, (double) LIMIT);
  }

  @Test
  void inputsThatAreAlikeAreTrainableOnceChaosTellsThemApart() {
    BoundaryDepths depths = of("tanh", 4, 0, 0.995);

    assertThat(depths.trainableFrom()).isBetween(1.0, 10.0);
    assertThat(depths.trainable()).isNaN();
  }

  @Test
  void beyondTheLimitThereIsNone() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 2.5, 0.05);

    assertThat(BoundaryDepths.of(law, 1, 0.5, 8, 5))
        .isEqualTo(new BoundaryDepths(Double.NaN, Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void signalsThatOverflowStillHaveGradients() {
    assertThat(of("relu", 1e4, 0, 0.5).stable())
        .isCloseTo(1 + Math.log(100) / Math.log(5e3), within(1e-9));
  }
}
