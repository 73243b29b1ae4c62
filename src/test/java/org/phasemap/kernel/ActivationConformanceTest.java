package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;

class ActivationConformanceTest {
  /** Bound of the absolute error over max(1, |x|, |value|). */
  private static final double BOUND = 4e-7;

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Backend backend : Backend.values()) {
      for (Activation.Kind kind : Activation.Kind.values()) {
        cases.add(Arguments.of(backend, Activation.of(kind)));
      }
      cases.add(Arguments.of(backend, new Activation(Activation.Kind.PRELU, -0.7)));
      cases.add(Arguments.of(backend, new Activation(Activation.Kind.LEAKY_RELU, 1.3)));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithFloat64(Backend backend, Activation activation) {
    float[] x = points();
    float[] value = evaluate(backend, activation, x, true);
    float[] slope = evaluate(backend, activation, x, false);
    for (int i = 0; i < x.length; i++) {
      double expected = activation.value(x[i]);
      assertThat(Math.abs(value[i] - expected))
          .as("%s(%s) = %s, expected %s", activation, x[i], value[i], expected)
          .isLessThanOrEqualTo(BOUND * Math.max(1, Math.max(Math.abs(x[i]), Math.abs(expected))));
      expected = activation.derivative(x[i]);
      assertThat(Math.abs(slope[i] - expected))
          .as("%s'(%s) = %s, expected %s", activation, x[i], slope[i], expected)
          .isLessThanOrEqualTo(BOUND * Math.max(1, Math.max(Math.abs(x[i]), Math.abs(expected))));
    }
  }

  private static float[] points() {
    Random random = new Random(1);
    float[] kinks = {0, -0f, 1, -1, Math.nextUp(1f), Math.nextDown(1f), 1e30f, -1e30f, 100, -100};
    float[] x = new float[10_007];
    for (int i = 0; i < x.length; i++) {
      double scale = Math.pow(10, random.nextInt(-10, 2));
      x[i] = i < kinks.length ? kinks[i] : (float) (scale * random.nextGaussian());
    }
    return x;
  }

  private static float[] evaluate(
      Backend backend, Activation activation, float[] x, boolean value) {
    try (Kernel kernel = Kernels.open(backend)) {
      Matrix z = kernel.matrix(x.length, 1);
      z.write(x);
      if (value) {
        kernel.activate(activation, z, z);
      } else {
        kernel.derivative(activation, z, z);
      }
      return z.read();
    }
  }
}
