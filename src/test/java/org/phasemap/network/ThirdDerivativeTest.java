package org.phasemap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.activation.Activations;

class ThirdDerivativeTest {
  @Test
  void slopesOfSecondDerivativesAreThoseOfTheFormulas() {
    holds("sin", x -> -Math.cos(x));
    holds("tanh", x -> (6 * Math.pow(Math.tanh(x), 2) - 2) / Math.pow(Math.cosh(x), 2));
    holds("elu", x -> x < 0 ? Math.exp(x) : 0);
    holds("softsign", x -> 6 / Math.pow(1 + Math.abs(x), 4));
    holds("gelu", x -> (x * x * x - 4 * x) * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI));
    holds("hard_tanh", x -> 0);
    holds("erf", x -> (8 * x * x - 4) * Math.exp(-x * x) / Math.sqrt(Math.PI));
  }

  private static void holds(String name, DoubleUnaryOperator expected) {
    Activation f = Activations.parse(name);
    ThirdDerivative third = new ThirdDerivative(f::secondDerivative, f.kinks());
    for (double x = -4.003; x < 4.1; x += 0.037) {
      assertThat(third.applyAsDouble(x))
          .as("%s at %s", name, x)
          .isCloseTo(expected.applyAsDouble(x), within(1e-7));
    }
    for (double x : new double[] {-1e-3, -1e-9, 1e-9, 1e-3}) {
      assertThat(third.applyAsDouble(x))
          .as("%s at %s", name, x)
          .isCloseTo(expected.applyAsDouble(x), within(1e-5));
    }
  }

  /** The polynomial errs by up to 1e-9 where φ has a length of 1. */
  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void formulasAreTheSlopesOfSecondDerivatives(Activation f) {
    ThirdDerivative slope = new ThirdDerivative(f::secondDerivative, f.kinks());
    for (double x = -5.003; x < 5.1; x += 0.037) {
      assertThat(f.thirdDerivative(x))
          .as("%s at %s", f, x)
          .isCloseTo(slope.applyAsDouble(x), within(2e-9));
    }
  }
}
