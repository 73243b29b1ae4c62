package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Erf;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.architecture.convolution.Pooling;

/**
 * Max pools of white images around rings: all numbers of all inputs stay alike, with one
 * correlation ρ, and theory has one integral for each layer. Given what they share, √ρ g, the
 * others are independent.
 */
class PooledImagesTest {
  private static final double REACH = 7;
  private static final double STEP = 0.02;

  /** What pairs of windows are known to: WindowMaxima. */
  private static final double SIGNALS = 2e-3;

  private static final double SLOPES = 4e-3;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3})
  void whiteImagesStayAlike(double sigmaB2) {
    double sigmaW2 = 0.9;
    String text = "convolutional(size=8x8, kernel=2, padding=circular, pool=max, pool_every=1)";
    NetworkConfig network =
        new NetworkConfig(
            Families.parse(text), Activations.RELU, 3, 64, WeightLaw.NORMAL, sigmaW2, sigmaB2, 1);
    Inputs inputs = new Inputs(3, 64 * 64, 1, 0);
    Cell cell =
        new Cell(
            network, null, new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT)));

    Measurement limit = Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow().limit();

    double q = sigmaW2 + sigmaB2;
    double rho = sigmaB2 / q;
    double lnGain = 0;
    for (int layer = 2; layer <= 3; layer++) {
      double r = rho;
      lnGain += Math.log(sigmaW2 * (1 - mean(g -> Math.pow(Erf.normalCdf(-shift(r, g)), 4))));
      double product = q * mean(g -> square(meanMaximum(r, g)));
      q = sigmaW2 * q * Pooling.maxSecondMoment(4, rho) + sigmaB2;
      rho = (sigmaW2 * product + sigmaB2) / q;
    }
    assertThat(limit.number(SignalQuantity.LN_Q)).isCloseTo(Math.log(q), within(SIGNALS));
    assertThat(limit.number(SignalQuantity.C)).isCloseTo(rho, within(SIGNALS));
    assertThat(limit.number(TokenQuantity.TOKEN_COSINE)).isCloseTo(rho, within(SIGNALS));
    assertThat(limit.number(SignalQuantity.LN_GRADIENT_GAIN)).isCloseTo(lnGain, within(SLOPES));
  }

  private static double shift(double rho, double g) {
    return Math.sqrt(rho / (1 - rho)) * g;
  }

  /** E max(0, √ρ g + √(1 − ρ) m), m the largest of four independent numbers. */
  private static double meanMaximum(double rho, double g) {
    double own = Math.sqrt(1 - rho);
    return integral(
        m ->
            Math.max(0, own * (shift(rho, g) + m))
                * (4 * Erf.normalDensity(m) * Math.pow(Erf.normalCdf(m), 3)));
  }

  private static double mean(DoubleUnaryOperator f) {
    return integral(g -> f.applyAsDouble(g) * Erf.normalDensity(g));
  }

  private static double integral(DoubleUnaryOperator f) {
    double sum = 0;
    for (double x = -REACH; x < REACH; x += STEP) {
      sum += STEP * f.applyAsDouble(x + 0.5 * STEP);
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }
}
