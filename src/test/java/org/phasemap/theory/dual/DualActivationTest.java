package org.phasemap.theory.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.Grid;
import org.phasemap.theory.gauss.RandomLaws;

class DualActivationTest {
  static Stream<Activation> activations() {
    return RandomLaws.activations();
  }

  private static org.assertj.core.data.Offset<Double> relative(double value, double share) {
    return within(share * Math.abs(value) + 1e-300);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void atEqualInputsItIsTheSecondMoment(Activation f) {
    for (double q : RandomLaws.variances(f)) {
      DualActivation dual = Duals.of(f, q);
      GaussianMoments m = new GaussianMoments(f, q);
      assertThat(dual.deficit(0)).isZero();
      assertThat(dual.product(0)).isCloseTo(m.secondMoment(), relative(m.secondMoment(), 2e-13));
      assertThat(dual.derivative(0))
          .isCloseTo(m.derivativeSecondMoment(), relative(m.derivativeSecondMoment(), 2e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithQuadratureInPolarCoordinates(Activation f) {
    // The polar rule takes kinks at 0 only, and no faster oscillation than sin at q = 10.
    if (f.equals(Activations.HARD_TANH)) {
      return;
    }
    for (double q : new double[] {0.03, 0.4, 1, 2.7, 9}) {
      DualActivation dual = Duals.of(f, q);
      PolarDual polar = new PolarDual(f, q);
      double scale = dual.secondMoment();
      for (double delta : RandomLaws.deltas(f)) {
        assertThat(dual.deficit(delta))
            .as("%s, q %s, 1 - c %s", f, q, delta)
            .isCloseTo(polar.deficit(delta), within(1e-13 * scale + 1e-11 * polar.deficit(delta)));
        assertThat(dual.derivative(delta))
            .as("%s, q %s, 1 - c %s", f, q, delta)
            .isCloseTo(polar.derivative(delta), within(1e-12));
      }
    }
  }

  /** At c = −1 v is −u: one integral over u, by trapezoids fine enough for kinks. */
  @ParameterizedTest
  @MethodSource("activations")
  void oppositeInputs(Activation f) {
    for (double q : new double[] {0.01, 0.8, 4, 20}) {
      DualActivation dual = Duals.of(f, q);
      int n = 40_000;
      double deficit = 0;
      double derivative = 0;
      for (int i = 0; i < n; i++) {
        double x = 20 * (i + 0.5) / n - 10;
        double u = Math.sqrt(q) * x;
        double weight = 20.0 / n * Erf.normalDensity(x);
        deficit += weight * 0.5 * Math.pow(f.value(u) - f.value(-u), 2);
        derivative += weight * f.derivative(u) * f.derivative(-u);
      }
      assertThat(dual.deficit(2))
          .as("%s, q %s", f, q)
          .isCloseTo(deficit, within(1e-6 * dual.secondMoment()));
      // A kink may lie anywhere between two points, where the product jumps by 1.
      assertThat(dual.derivative(2)).as("%s, q %s", f, q).isCloseTo(derivative, within(2e-3));
    }
  }

  @Test
  void hardTanhAgreesWithPlainQuadrature() {
    Activation f = Activations.HARD_TANH;
    for (double q : new double[] {0.3, 2}) {
      for (double c : new double[] {-0.6, 0.2, 0.9}) {
        DualActivation dual = Duals.of(f, q);
        assertThat(dual.product(1 - c)).isCloseTo(Grid.pairs(q, c, f::value), within(2e-6));
        assertThat(dual.derivative(1 - c)).isCloseTo(Grid.pairs(q, c, f::derivative), within(2e-3));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void pricesTheoremHolds(Activation f) {
    double h = 1e-4;
    for (double q : RandomLaws.variances(f)) {
      DualActivation dual = Duals.of(f, q);
      for (double delta : new double[] {0.2, 0.7, 1.1, 1.6}) {
        double slope =
            (8 * (dual.deficit(delta + h) - dual.deficit(delta - h))
                    - (dual.deficit(delta + 2 * h) - dual.deficit(delta - 2 * h)))
                / (12 * h);
        assertThat(q * dual.derivative(delta))
            .as("%s, q %s, 1 - c %s", f, q, delta)
            .isCloseTo(slope, within(3e-9 * (dual.secondMoment() + q)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void nothingIsLostNextToOne(Activation f) {
    for (double q : RandomLaws.variances(f)) {
      DualActivation dual = Duals.of(f, q);
      // Leading order q δ D; the next is of relative order √(qδ) at kinks.
      double delta = 1e-16;
      assertThat(dual.deficit(delta) / (q * delta * dual.derivative(0)))
          .as("%s, q %s", f, q)
          .isCloseTo(1, within(1e-7 * (1 + q)));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void deficitGrowsWithTheAngleUpToARightAngle(Activation f) {
    for (double q : RandomLaws.variances(f)) {
      DualActivation dual = Duals.of(f, q);
      double before = 0;
      for (double delta = 1e-12; delta <= 1; delta *= 2) {
        double deficit = dual.deficit(delta);
        assertThat(deficit).isGreaterThan(before);
        before = deficit;
      }
    }
  }

  @Test
  void homogeneousDualsScale() {
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      double a = random.nextDouble() * 2 - 1;
      double q = Math.exp(4 * random.nextGaussian());
      double delta = 2 * random.nextDouble();
      double one = new HomogeneousDual(a, 1, 1).deficit(delta);
      assertThat(new HomogeneousDual(a, 1, q).deficit(delta))
          .isCloseTo(q * one, relative(q * one, 1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void differentNormsMeetWhereTheyAreEqual(Activation f) {
    for (double delta : RandomLaws.deltas(f)) {
      CrossDual equal = CrossDuals.of(f, 1.3, 1.3);
      CrossDual nearly = CrossDuals.of(f, 1.3, 1.3 * (1 + 1e-10));
      assertThat(nearly.product(delta)).isCloseTo(equal.product(delta), within(1e-8));
      assertThat(nearly.derivative(delta)).isCloseTo(equal.derivative(delta), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void differentNormsObeyPrice(Activation f) {
    double h = 1e-4;
    CrossDual dual = CrossDuals.of(f, 0.6, 2.1);
    for (double delta : new double[] {0.3, 0.9, 1.5}) {
      double slope = (dual.product(delta - h) - dual.product(delta + h)) / (2 * h);
      assertThat(Math.sqrt(0.6 * 2.1) * dual.derivative(delta))
          .as("%s at %s", f, delta)
          .isCloseTo(slope, within(1e-6));
    }
  }
}
