package org.phasemap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.dual.GaussianMoments;

class ActivationTest {
  private static final double STEP = 1e-5;

  private static double[] pointsAwayFromKinks(Activation activation) {
    Random random = new Random(4);
    return random
        .doubles(-6, 6)
        .filter(x -> Arrays.stream(activation.kinks()).allMatch(k -> Math.abs(x - k) > 2 * STEP))
        .limit(200)
        .toArray();
  }

  /** Central differences err by about step² and by rounding over the step: 1e-10. */
  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void derivativesAreThoseOfTheFunction(Activation f) {
    for (double x : pointsAwayFromKinks(f)) {
      double slope = (f.value(x + STEP) - f.value(x - STEP)) / (2 * STEP);
      double curvature = (f.derivative(x + STEP) - f.derivative(x - STEP)) / (2 * STEP);
      assertThat(f.derivative(x)).as(f + "' at " + x).isCloseTo(slope, within(2e-9));
      assertThat(f.secondDerivative(x)).as(f + "'' at " + x).isCloseTo(curvature, within(2e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void kinksAreWhereTheFunctionsOrTheirDerivativesJump(Activation f) {
    for (double kink : f.kinks()) {
      double below = kink - 1e-9;
      double above = kink + 1e-9;
      double jump =
          Math.abs(f.derivative(above) - f.derivative(below))
              + Math.abs(f.secondDerivative(above) - f.secondDerivative(below));
      assertThat(jump).as(f + " at " + kink).isGreaterThan(0.1);
    }
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void homogeneityAndParityAreAsClaimed(Activation f) {
    boolean homogeneous = true;
    boolean odd = true;
    for (double x : new double[] {-2.5, -0.7, 0.3, 1.9}) {
      homogeneous &= Math.abs(f.value(3 * x) - 3 * f.value(x)) < 1e-12;
      odd &= Math.abs(f.value(-x) + f.value(x)) < 1e-12;
    }
    assertThat(f.isHomogeneous()).isEqualTo(homogeneous);
    assertThat(f.isOdd()).isEqualTo(odd);
  }

  /** The turns of sin, which have no end, are not asked for. */
  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void turnsAndTheSteepestPlaceAreWhereASearchFindsThem(Activation f) {
    List<Interval> found =
        Differences.signChanges(f::derivative).stream()
            .filter(x -> Arrays.stream(f.kinks()).noneMatch(k -> x.from() <= k && k <= x.to()))
            .toList();
    if (f.tail() != Tail.WAVE) {
      assertThat(f.turns()).hasSameSizeAs(found);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).from()).isBetween(f.turns().get(i).from(), f.turns().get(i).to());
      }
    }
    double beside = 1e-9; // On which side of a kink it is, is not said.
    double from = Math.min(f.steepest().from(), 40) - beside;
    double to = Math.min(f.steepest().to(), 40) + beside;
    double there = steepest(f, from, to);
    assertThat(steepest(f, -40, 40)).isLessThanOrEqualTo(there * (1 + 1e-4)); // the grid's step²
  }

  private static double steepest(Activation f, double from, double to) {
    return IntStream.rangeClosed(0, 4000)
        .mapToDouble(i -> Math.abs(f.derivative(from + (to - from) * i / 4000)))
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void secondMomentsOverVarianceFallWhereThatIsSaid(Activation f) {
    boolean falls = true;
    double last = Double.POSITIVE_INFINITY;
    for (double q = 0.1; q < 1e3; q *= 2) {
      double now = new GaussianMoments(f, q).secondMoment() / q;
      falls &= now < last;
      last = now;
    }
    assertThat(f.hasOneAttractor()).isEqualTo(falls && !f.isHomogeneous());
    if (f.hasEvenSlope()) {
      assertThat(Math.abs(f.derivative(-1.3)))
          .isCloseTo(Math.abs(f.derivative(1.3)), within(1e-16)); // a rounding
    }
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void aNameIsReadBack(Activation f) {
    assertThat(Activations.parse(f.name())).isEqualTo(f);
  }

  /** As tasks get them. */
  @ParameterizedTest
  @MethodSource("org.phasemap.network.activation.Activations#all")
  void anActivationIsSentWithAllThatIsKnownOfIt(Activation f) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(f);
    }
    Activation sent =
        (Activation)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(sent).isEqualTo(f);
    assertThat(sent.tail()).isEqualTo(f.tail());
    assertThat(sent.turns()).isEqualTo(f.turns());
    assertThat(sent.steepest()).isEqualTo(f.steepest());
  }

  @ParameterizedTest
  @CsvSource({
    "gelu, 1, 0.8413447460685429",
    "silu, 1, 0.7310585786300049",
    "mish, 1, 0.8650983882673103",
    "softplus, 0, 0.6931471805599453",
    "selu, -1, -1.1113307378125625",
    "elu, -1, -0.6321205588285577",
    "leaky_relu(0.2), -2, -0.4",
    "erf, 0.5, 0.5204998778130465",
    "hard_tanh, 3, 1",
    "softsign, -1, -0.5"
  })
  void valuesAreTheKnownOnes(String name, double x, double value) {
    assertThat(Activations.parse(name).value(x)).isCloseTo(value, within(1e-15));
  }

  @Test
  void unknownNamesAndParametersAreRefused() {
    assertThatThrownBy(() -> Activations.parse("rleu")).hasMessageContaining("unknown activation");
    assertThatThrownBy(() -> Activations.parse("tanh(2)")).hasMessage("tanh takes no parameter");
    assertThatThrownBy(() -> Activations.parse("prelu(x)")).hasMessage("slope must be a number: x");
  }
}
