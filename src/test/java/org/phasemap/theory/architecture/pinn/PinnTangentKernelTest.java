package org.phasemap.theory.architecture.pinn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.LayerLaw;

class PinnTangentKernelTest {
  private final Random random = new Random(36);
  private final GaussianDraws draws = new GaussianDraws(random);

  /** One hidden layer is exact at any width: Θ is an average over its units. */
  @ParameterizedTest
  @CsvSource({"tanh, 1.5, 0.3, 0.6", "silu, 2, 0, 0.9", "elu, 1, 0.5, -0.4", "gelu, 1.2, 0.2, 0"})
  void oneHiddenLayerIsAnAverageOverUnits(String name, double w2, double b2, double x) {
    Activation f = Activations.parse(name);
    DoubleUnaryOperator third = f::thirdDerivative;
    Sample theta = new Sample();
    for (int i = 0; i < 40_000; i++) {
      double w = Math.sqrt(w2) * random.nextGaussian();
      double z = w * x + Math.sqrt(b2) * random.nextGaussian();
      double bend = f.secondDerivative(z);
      double curl = third.applyAsDouble(z) * w * w;
      double byWeight = curl * x + 2 * bend * w;
      theta.add(Math.pow(bend * w * w, 2) + w2 * byWeight * byWeight + b2 * curl * curl);
    }
    double expected = PinnTangentKernel.ofSecondDerivative(new LayerLaw(f, w2, b2), x, 1);
    theta.hasMean(expected, 0.06 * expected);
  }

  /** Two hidden layers, wide: gradients of u″ by hand. */
  @ParameterizedTest
  @CsvSource({"tanh, 1.5, 0.2, 0.5", "sin, 1.2, 0.1, -0.3"})
  void twoHiddenLayersAreThoseOfDrawnNetworks(String name, double w2, double b2, double x) {
    Activation f = Activations.parse(name);
    DoubleUnaryOperator third = f::thirdDerivative;
    int n = 100;
    Sample theta = new Sample();
    for (int net = 0; net < 200; net++) {
      theta.add(theta(f, third, new LayerLaw(f, w2, b2), x, n));
    }
    double expected = PinnTangentKernel.ofSecondDerivative(new LayerLaw(f, w2, b2), x, 2);
    theta.hasMean(expected, 0.05 * expected);
  }

  private double theta(Activation f, DoubleUnaryOperator third, LayerLaw law, double x, int n) {
    double[] first = draws.gaussian(n, Math.sqrt(law.sigmaW2()));
    double[] bias = draws.gaussian(n, Math.sqrt(law.sigmaB2()));
    double[][] h = new double[3][n];
    double[][] s = new double[3][n];
    for (int j = 0; j < n; j++) {
      double z = first[j] * x + bias[j];
      jet(h, j, f.value(z), f.derivative(z), f.secondDerivative(z), first[j], 0);
      jet(s, j, f.derivative(z), f.secondDerivative(z), third.applyAsDouble(z), first[j], 0);
    }
    double[][] w = draws.weights(n, n, law.sigmaW2());
    double[] shift = draws.gaussian(n, Math.sqrt(law.sigmaB2()));
    double[] z0 = GaussianDraws.times(w, h[0]);
    double[] z1 = GaussianDraws.times(w, h[1]);
    double[] z2 = GaussianDraws.times(w, h[2]);
    double[] a = draws.gaussian(n, 1);
    double[][] back = new double[3][n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = z0[i] + shift[i];
      double[][] top = new double[3][1];
      jet(top, 0, f.value(z), f.derivative(z), f.secondDerivative(z), z1[i], z2[i]);
      sum += top[2][0] * top[2][0] / n;
      double[][] t = new double[3][1];
      jet(t, 0, f.derivative(z), f.secondDerivative(z), third.applyAsDouble(z), z1[i], z2[i]);
      // ∂u″/∂(z, z′, z″) of the unit.
      double[] g = {t[2][0], 2 * t[1][0], t[0][0]};
      double own = 0;
      for (int j = 0; j < n; j++) {
        double byWeight = g[0] * h[0][j] + g[1] * h[1][j] + g[2] * h[2][j];
        own += byWeight * byWeight;
        for (int k = 0; k < 3; k++) {
          back[k][j] += a[i] / Math.sqrt(n) * g[k] * w[i][j];
        }
      }
      double scale = a[i] * a[i] / n;
      sum += scale * (law.sigmaW2() * own / n + law.sigmaB2() * g[0] * g[0]);
    }
    for (int j = 0; j < n; j++) {
      // h = φ(z), h′ = φ′z′, h″ = φ″z′² by the bias and the weight of a first unit, z′ = w.
      double byBias = back[0][j] * s[0][j] + back[1][j] * s[1][j] + back[2][j] * s[2][j];
      double bend = s[1][j] / first[j];
      double bySlope = back[1][j] * s[0][j] + 2 * back[2][j] * bend * first[j];
      double byWeight = byBias * x + bySlope;
      sum += law.sigmaW2() * byWeight * byWeight + law.sigmaB2() * byBias * byBias;
    }
    return sum;
  }

  private static void jet(
      double[][] jet, int at, double v, double slope, double bend, double d, double e) {
    jet[0][at] = v;
    jet[1][at] = slope * d;
    jet[2][at] = bend * d * d + slope * e;
  }

  @Test
  void unitsAtAKinkHaveNoDerivatives() {
    LayerLaw law = new LayerLaw(Activations.parse("elu"), 1, 0);
    assertThatThrownBy(() -> PinnTangentKernel.ofSecondDerivative(law, 0, 2))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessageContaining("kink of elu");
    assertThat(PinnTangentKernel.ofSecondDerivative(law, 0.5, 2)).isPositive();
  }

  @Test
  void rectifiersHaveNoResidualToTrain() {
    for (String name : new String[] {"relu", "leaky_relu(0.2)", "linear"}) {
      LayerLaw law = new LayerLaw(Activations.parse(name), 2, 0.1);
      assertThat(PinnTangentKernel.ofSecondDerivative(law, 0.7, 4)).isZero();
    }
  }
}
