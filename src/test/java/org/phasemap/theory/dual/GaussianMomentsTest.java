package org.phasemap.theory.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.Grid;
import org.phasemap.theory.gauss.RandomLaws;

class GaussianMomentsTest {
  static Stream<Activation> activations() {
    return RandomLaws.activations();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreeWithPlainQuadrature(Activation f) {
    for (double q : new double[] {0.02, 0.8, 4, 60}) {
      GaussianMoments m = new GaussianMoments(f, q);
      double size = Math.max(1, m.secondMoment());
      assertThat(m.mean()).isCloseTo(Grid.expect(q, f::value), within(1e-8 * size));
      assertThat(m.secondMoment())
          .isCloseTo(Grid.expect(q, x -> Math.pow(f.value(x), 2)), within(1e-7 * size));
      assertThat(m.fourthMoment())
          .isCloseTo(Grid.expect(q, x -> Math.pow(f.value(x), 4)), within(1e-6 * size * size));
      // A midpoint rule is worse at jumps of φ′.
      assertThat(m.derivativeSecondMoment())
          .isCloseTo(Grid.expect(q, x -> Math.pow(f.derivative(x), 2)), within(2e-5));
      assertThat(m.derivativeMoment(2))
          .isCloseTo(Grid.expect(q, x -> Math.pow(f.derivative(x), 4)), within(2e-5));
      assertThat(m.secondDerivativeSecondMoment())
          .isCloseTo(Grid.expect(q, x -> Math.pow(f.secondDerivative(x), 2)), within(4e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void slopesAreDerivatives(Activation f) {
    for (double q : RandomLaws.variances(f)) {
      double h = 1e-4 * q;
      GaussianMoments low = new GaussianMoments(f, q - h);
      GaussianMoments mid = new GaussianMoments(f, q);
      GaussianMoments high = new GaussianMoments(f, q + h);
      assertThat(mid.secondMomentSlope())
          .as("%s at %s", f, q)
          .isCloseTo((high.secondMoment() - low.secondMoment()) / (2 * h), within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void smallVariancesTendToTheValueAtZero(Activation f) {
    GaussianMoments zero = new GaussianMoments(f, 0);
    GaussianMoments tiny = new GaussianMoments(f, 1e-14);
    assertThat(tiny.mean()).isCloseTo(zero.mean(), within(1e-6));
    assertThat(tiny.secondMoment()).isCloseTo(zero.secondMoment(), within(1e-6));
    assertThat(tiny.derivativeSecondMoment())
        .isCloseTo(zero.derivativeSecondMoment(), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void hugeVariancesStayFinite(Activation f) {
    for (double q : new double[] {1e4, 1e8, 1e15}) {
      GaussianMoments m = new GaussianMoments(f, q);
      assertThat(m.secondMoment()).as("%s at %s", f, q).isFinite().isPositive();
      assertThat(m.derivativeSecondMoment()).as("%s at %s", f, q).isFinite().isPositive();
    }
  }
}
