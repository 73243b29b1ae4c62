package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Bump;
import org.phasemap.network.Phase;
import org.phasemap.network.Traits;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.dual.CrossDual;
import org.phasemap.theory.dual.CrossDuals;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.precision.MagnitudeShare;

/**
 * A smooth activation that gives its three formulas alone has all of the theory, by quadrature. Of
 * x exp(−x²) all is a Gaussian integral, so its closed forms are the second method.
 */
class AnyActivationTest {
  private static final Activation BUMP = Bump.INSTANCE;

  /** A product's activation that keeps to itself what is known of it. */
  private static final class Reticent extends Activation {
    private final Activation f;

    Reticent(Activation f) {
      super(Traits.of("reticent " + f.name()));
      this.f = f;
    }

    @Override
    public double value(double x) {
      return f.value(x);
    }

    @Override
    public double derivative(double x) {
      return f.derivative(x);
    }

    @Override
    public double secondDerivative(double x) {
      return f.secondDerivative(x);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.01, 0.3, 1, 4, 30, 1e4})
  void itsMomentsAndDualsAreRight(double q) {
    // Quadrature is good to 1e-13; sums of two kinds of pieces to 1e-12.
    Percentage close = Percentage.withPercentage(1e-10);
    GaussianMoments m = new GaussianMoments(BUMP, q);
    assertThat(m.mean()).isCloseTo(0, within(1e-16));
    assertThat(m.secondMoment()).isCloseTo(Bump.product(q, q, q), close);
    assertThat(m.derivativeSecondMoment()).isCloseTo(Bump.slopes(q, q, q), close);
    // d/dq q (1 + 4q)^{−3/2}; it vanishes at q = 1/2.
    double slope = (1 - 2 * q) * Math.pow(1 + 4 * q, -2.5);
    assertThat(m.secondMomentSlope()).isCloseTo(slope, close);
    assertThat(m.secondMomentAndSlope()).containsExactly(m.secondMoment(), m.secondMomentSlope());
    DualActivation dual = Duals.of(BUMP, q);
    CrossDual cross = CrossDuals.of(BUMP, q, 3 * q);
    for (double d : new double[] {0.01, 0.5, 1, 1.7}) {
      double s = q * (1 - d);
      Offset<Double> small = within(1e-10 * Bump.product(q, q, q));
      assertThat(dual.product(d)).isCloseTo(Bump.product(q, q, s), small);
      assertThat(dual.derivative(d))
          .isCloseTo(Bump.slopes(q, q, s), within(1e-10 * Bump.slopes(q, q, q)));
      double unequal = Math.sqrt(3) * s;
      assertThat(cross.product(d)).isCloseTo(Bump.product(q, 3 * q, unequal), within(1e-12));
      assertThat(cross.derivative(d)).isCloseTo(Bump.slopes(q, 3 * q, unequal), within(1e-12));
    }
    // Nearly equal inputs: ½ E(φ(u) − φ(v))² = q E φ′² (1 − c) to first order.
    assertThat(dual.deficit(1e-12))
        .isCloseTo(q * 1e-12 * Bump.slopes(q, q, q), Percentage.withPercentage(1e-4));
  }

  @Test
  void itsEdgeOfChaosIsWhereItsClosedFormsPutIt() {
    assertThat(EdgeOfChaos.points(BUMP, 0))
        .first()
        .satisfies(p -> assertThat(p.sigmaW2()).isCloseTo(1, within(1e-12)));
    List<CriticalPoint> points = EdgeOfChaos.points(BUMP, 0.05);
    assertThat(points).isNotEmpty();
    for (CriticalPoint p : points) {
      double q = p.qStar();
      double sigmaW2 = p.sigmaW2();
      assertThat(sigmaW2 * Bump.slopes(q, q, q)).isCloseTo(1, within(1e-9));
      assertThat(sigmaW2 * Bump.product(q, q, q) + 0.05).isCloseTo(q, within(1e-9));
    }
    LayerLaw law = new LayerLaw(BUMP, 2, 0);
    // 2 (1 + 4q)^{−3/2} = 1.
    assertThat(FixedPoints.attractor(law, 1).orElseThrow().q())
        .isCloseTo((Math.cbrt(4) - 1) / 4, within(1e-12));
    assertThat(Phases.of(law)).isEqualTo(Phase.CHAOTIC);
    assertThat(Phases.of(new LayerLaw(BUMP, 0.8, 0))).isEqualTo(Phase.ORDERED);
  }

  /** What searches find is what the product's own say of themselves. */
  @Test
  void whatIsNotSaidIsFound() {
    for (String name : List.of("tanh", "erf", "gelu", "silu", "mish", "softplus", "sigmoid")) {
      Activation known = Activations.parse(name);
      Activation found = new Reticent(known);
      assertThat(found.turns()).as(name).hasSameSizeAs(known.turns());
      for (double q : new double[] {0.1, 1, 10}) {
        SlopeGrid grid = SlopeGrid.of(found, q);
        assertThat(grid.top())
            .as(name)
            .isCloseTo(SlopeGrid.of(known, q).top(), Percentage.withPercentage(1e-10));
        MagnitudeShare shares = new MagnitudeShare(found, q);
        MagnitudeShare expected = new MagnitudeShare(known, q);
        assertThat(shares.signalBetween(1e-3, 0.1))
            .as(name)
            .isCloseTo(expected.signalBetween(1e-3, 0.1), within(1e-9));
        assertThat(shares.gradientBetween(1e-3, 0.1, 1))
            .as(name)
            .isCloseTo(expected.gradientBetween(1e-3, 0.1, 1), within(1e-8));
      }
    }
  }
}
