package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Bump;
import org.phasemap.network.activation.Activations;

class ActivationConformanceTest {
  /** Bound of the absolute error over max(1, |x|, |value|). */
  private static final double BOUND = 4e-7;

  private static final float INFINITY = Float.POSITIVE_INFINITY;

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Backend backend : Backends.ofKernels()) {
      for (Activation activation : Activations.all()) {
        cases.add(Arguments.of(backend, activation));
      }
      cases.add(Arguments.of(backend, Bump.INSTANCE));
      cases.add(Arguments.of(backend, Activations.prelu(-0.7)));
      cases.add(Arguments.of(backend, Activations.leakyRelu(1.3)));
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

  @ParameterizedTest
  @MethodSource("cases")
  void keepsDigitsOfSmallSignals(Backend backend, Activation activation) {
    if (activation.value(0) != 0) {
      return;
    }
    Random random = new Random(2);
    float[] x = new float[5000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(1, 30)));
    }
    float[] value = evaluate(backend, activation, x, true);
    for (int i = 0; i < x.length; i++) {
      double expected = activation.value(x[i]);
      assertThat(Math.abs(value[i] - expected))
          .as("%s(%s) = %s, expected %s", activation, x[i], value[i], expected)
          .isLessThanOrEqualTo(6e-7 * Math.abs(expected));
    }
  }

  /**
   * What FP16 and BF16 would lose lies in the tails of φ and φ′, and an entry that is 0 is not
   * counted: each is what float32 has for it, to 3e-5, half of which exp(−x²/2) loses by rounding
   * its argument.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void tailsKeepTheirDigitsDownToTheSmallestNumber(Backend backend, Activation activation) {
    if (activation.equals(Activations.SIN)) {
      return;
    }
    float[] x = new float[2600];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 1300) * 0.1f;
    }
    float[] value = evaluate(backend, activation, x, true);
    float[] slope = evaluate(backend, activation, x, false);
    float[] sameValue;
    float[] sameSlope;
    try (Kernel kernel = backend.open()) {
      Matrix z = kernel.matrix(x.length, 1);
      Matrix slopes = kernel.matrix(x.length, 1);
      z.write(x);
      kernel.activate(activation, z, z, slopes);
      sameValue = z.read();
      sameSlope = slopes.read();
    }
    for (int i = 0; i < x.length; i++) {
      assertTail(value[i], activation.value(x[i]), activation + " at " + x[i]);
      assertTail(sameValue[i], activation.value(x[i]), activation + " at " + x[i]);
      if (Math.abs(activation.derivative(x[i])) > 0.01 || Math.abs(x[i]) > 2) {
        assertTail(slope[i], activation.derivative(x[i]), activation + "' at " + x[i]);
        assertTail(sameSlope[i], activation.derivative(x[i]), activation + "' at " + x[i]);
      }
    }
  }

  private static void assertTail(float actual, double expected, String what) {
    double rounding = 3e-5 * Math.abs(expected) + 1.5 * Float.MIN_VALUE;
    assertThat((double) actual).as(what).isCloseTo(expected, within(rounding));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nanStaysNan(Backend backend, Activation activation) {
    float[] x = {1, Float.NaN, -1, Float.NaN};
    for (boolean value : new boolean[] {true, false}) {
      float[] y = evaluate(backend, activation, x, value);
      assertThat(y[0]).isNotNaN();
      assertThat(y[1]).isNaN();
      assertThat(y[2]).isNotNaN();
      assertThat(y[3]).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void infinityGivesTheLimit(Backend backend, Activation activation) {
    if (activation.equals(Activations.SIN)) {
      return;
    }
    float[] x = {INFINITY, -INFINITY, 2e38f, -2e38f, 1e5f, -1e5f};
    float[] value = evaluate(backend, activation, x, true);
    float[] slope = evaluate(backend, activation, x, false);
    for (int i = 0; i < x.length; i++) {
      double far = Math.copySign(1e100, x[i]);
      double limit = activation.value(far);
      double expected = Math.abs(limit) < 10 ? limit : limit / 1e100 * Math.abs(x[i]);
      if (Double.isInfinite(expected)) {
        assertThat((double) value[i]).as("%s(%s)", activation, x[i]).isEqualTo(expected);
      } else {
        assertThat((double) value[i])
            .as("%s(%s)", activation, x[i])
            .isCloseTo(expected, within(2e-5 + 4e-7 * Math.abs(expected)));
      }
      assertThat((double) slope[i])
          .as("%s'(%s)", activation, x[i])
          .isCloseTo(activation.derivative(far), within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onePassKeepsNanAndLimits(Backend backend, Activation activation) {
    float[] x = {1, Float.NaN, INFINITY, -INFINITY, 2e38f, -2e38f, 1e5f, -1e5f, 100, -100, 44, -44};
    float[] value = evaluate(backend, activation, x, true);
    float[] slope = evaluate(backend, activation, x, false);
    try (Kernel kernel = backend.open()) {
      Matrix z = kernel.matrix(x.length, 1);
      Matrix slopes = kernel.matrix(x.length, 1);
      z.write(x);
      kernel.activate(activation, z, z, slopes);
      for (int i = 0; i < x.length; i++) {
        assertSame(z.read()[i], value[i], activation + " at " + x[i]);
        assertSame(slopes.read()[i], slope[i], activation + "' at " + x[i]);
      }
    }
  }

  /** To float32 rounding; NaN and infinities exactly. */
  private static void assertSame(float actual, float expected, String what) {
    if (Float.isFinite(expected)) {
      double size = Math.max(1, Math.abs(expected));
      assertThat((double) actual).as(what).isCloseTo(expected, within(2e-6 * size));
    } else {
      assertThat(Float.toString(actual)).as(what).isEqualTo(Float.toString(expected));
    }
  }

  /** 37 units and 300 inputs: chunks end in the middle of a column. */
  @ParameterizedTest
  @MethodSource("cases")
  void onePassGivesBothAndTheirActivity(Backend backend, Activation activation) {
    int units = 37;
    float[] x = Arrays.copyOf(points(), units * 270);
    for (int i = 0; i < x.length; i++) {
      // A unit that is dead for relu, and one that is saturated for sigmoids.
      x[i] = i % units == 5 ? -Math.abs(x[i]) - 1 : i % units == 9 ? 50 : x[i];
    }
    float[] value = evaluate(backend, activation, x, true);
    float[] slope = evaluate(backend, activation, x, false);
    try (Kernel kernel = backend.open()) {
      Matrix z = kernel.matrix(units, 270);
      Matrix slopes = kernel.matrix(units, 270);
      z.write(x);
      Activity activity = kernel.activate(activation, z, z, slopes);

      assertClose(z.read(), value, x);
      assertClose(slopes.read(), slope, x);
      value = z.read();
      slope = slopes.read();
      double sum = 0;
      double size = 0;
      int saturated = 0;
      boolean[] alive = new boolean[units];
      for (int i = 0; i < x.length; i++) {
        sum += value[i];
        size += Math.abs(value[i]);
        saturated += Math.abs(slope[i]) < Activity.SATURATED ? 1 : 0;
        alive[i % units] |= slope[i] != 0;
      }
      int dead = 0;
      for (boolean unit : alive) {
        dead += unit ? 0 : 1;
      }
      assertThat(activity.sum()).isCloseTo(sum, within(1e-6 * size));
      assertThat(activity.saturated()).isEqualTo(saturated);
      assertThat(activity.dead()).isEqualTo(dead);
    }
  }

  /** To float32 rounding, near 0 to that of the result. */
  private static void assertClose(float[] actual, float[] expected, float[] x) {
    for (int i = 0; i < x.length; i++) {
      double size = Math.abs(x[i]) < 0.1 ? Math.abs(expected[i]) : Math.max(1, Math.abs(x[i]));
      assertThat((double) actual[i]).as("at %s", x[i]).isCloseTo(expected[i], within(8e-7 * size));
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
    try (Kernel kernel = backend.open()) {
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
