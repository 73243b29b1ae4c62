package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Phase;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.RandomLaws;

/**
 * Fixed points, the edge of chaos and the verdicts on points from the literature (REFERENCE A3).
 */
class PhasesTest {
  private static LayerLaw law(String activation, double sigmaW2, double sigmaB2) {
    return new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
  }

  static Stream<Activation> scaled() {
    return RandomLaws.scaled();
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 1.3, 0.05, ordered",
    "tanh, 2.5, 0.05, chaotic",
    "tanh, 1.7609546396067373, 0.05, critical",
    "tanh, 1, 0, critical",
    "tanh, 0.9, 0, ordered",
    "tanh, 2, 0, chaotic",
    // χ₁ = 1 + 8e-8, but σ_w² is off the edge in its fourth digit.
    "tanh, 1.0005, 0, chaotic",
    "tanh, 0.9995, 0, ordered",
    "selu, 0.4767710, 0, critical",
    "selu, 0.4769, 0, chaotic",
    "selu, 0.4766, 0, ordered",
    "hard_tanh, 1, 0, critical",
    "elu, 2, 0, no_fixed_point",
    "relu, 2, 0, critical",
    "relu, 1, 0.1, ordered",
    "relu, 3, 0, chaotic",
    "selu, 1, 0, chaotic",
    // Half-stable points as published, with 8 digits.
    "gelu, 1.98305826, 0.17292239, critical",
    "silu, 1.98800468, 0.55514317, critical",
    // The same with σ_b² ten times too small, as several repositories have it.
    "silu, 1.98800468, 0.055514317, ordered",
    // "Edge of chaos" of other repositories: no fixed point, and off the edge.
    "silu, 2.952, 0.04, no_fixed_point",
    "tanh, 1.722, 0.04, chaotic",
    // On the edge, but q* repels.
    "silu, 2.7286115263373234, 0.05, unstable_eoc",
    "gelu, 2.302519511692813, 0.05, unstable_eoc",
    "gelu, 4, 0, unstable_eoc",
    "softplus, 1, 0.1, ordered",
    "softplus, 3, 0.1, no_fixed_point",
  })
  void verdict(String activation, double sigmaW2, double sigmaB2, String phase) {
    assertThat(Phases.of(law(activation, sigmaW2, sigmaB2)).id()).isEqualTo(phase);
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void everyFixedPointIsOne(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      for (FixedPoint p : FixedPoints.all(law)) {
        assertThat(SignalMaps.nextQ(law, p.q())).isCloseTo(p.q(), within(1e-8 * p.q()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void theAttractorIsWhereIterationEnds(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      double q = 1;
      for (int i = 0; i < 4000 && q < 1e6; i++) {
        q = SignalMaps.nextQ(law, q);
      }
      PhasePoint p = PhasePoint.of(law);
      if (q < 1e6) {
        assertThat(p.qStar()).as("%s", law).isCloseTo(q, within(1e-6 * q + 1e-9));
      } else {
        assertThat(p.qStar()).as("%s", law).isGreaterThan(1e5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void theCorrelationsFixedPointIsWhereIterationEnds(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      PhasePoint p = PhasePoint.of(law);
      if (p.qStar() > 0 && p.qStar() < 1e6 && Math.abs(p.chi1() - 1) > 0.02) {
        Trajectory t = SignalMaps.propagateFrom(law, p.qStar(), 0.7, 3000);
        assertThat(t.c(3000)).as("%s", law).isCloseTo(p.cStar(), within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void criticalPointsAreFixedPointsOfUnitSlope(Activation f) {
    for (double sigmaB2 : new double[] {0.02, 0.1, 0.4}) {
      for (CriticalPoint p : EdgeOfChaos.points(f, sigmaB2)) {
        LayerLaw law = new LayerLaw(f, p.sigmaW2(), sigmaB2);
        LayerStatistics layer = LayerStatistics.of(law, p.qStar());
        assertThat(layer.nextQ()).isCloseTo(p.qStar(), within(1e-11 * p.qStar()));
        assertThat(layer.chi1()).isCloseTo(1, within(1e-12));
        assertThat(layer.chiQ()).isCloseTo(p.chiQ(), within(1e-12));
        assertThat(p.stable()).isEqualTo(p.chiQ() <= 1 + 1e-9);
        assertThat(Phases.of(law)).isEqualTo(p.stable() ? Phase.CRITICAL : Phase.UNSTABLE_EOC);
      }
    }
  }

  @Test
  void softplusHasNoCriticalPointAnywhere() {
    double[] biases = {0, 1e-4, 0.05, 0.3, 2};
    assertThat(EdgeOfChaos.curve(Activations.parse("softplus"), biases)).allMatch(List::isEmpty);
  }

  @Test
  void homogeneousFunctionsAreCriticalAtAnyBias() {
    assertThat(EdgeOfChaos.points(Activations.parse("leaky_relu(0.5)"), 3))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.sigmaW2()).isCloseTo(1.6, within(1e-15));
              assertThat(p.qStar()).isNaN();
              assertThat(p.stable()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 1, true",
    "erf, 0.7853981633974483, true",
    "sin, 1, true",
    "hard_tanh, 1, true",
    "arctan, 1, true",
    "softsign, 1, true",
    "elu, 1, true",
    "gelu, 4, false",
    "silu, 4, false"
  })
  void withoutBiasTheSlopeAtZeroDecides(String activation, double sigmaW2, boolean stable) {
    CriticalPoint point = EdgeOfChaos.points(Activations.parse(activation), 0).get(0);
    assertThat(point.sigmaW2()).isCloseTo(sigmaW2, within(1e-14));
    assertThat(point.qStar()).isZero();
    assertThat(point.stable()).isEqualTo(stable);
  }

  @Test
  void halfStablePointsExistForThreeActivations() {
    List<String> withPoints =
        RandomLaws.activations()
            .filter(f -> !HalfStablePoints.of(f).isEmpty())
            .map(Activation::name)
            .toList();
    assertThat(withPoints).containsExactly("gelu", "silu", "mish");
    for (String name : withPoints) {
      CriticalPoint p = HalfStablePoints.of(Activations.parse(name)).get(0);
      LayerStatistics layer = LayerStatistics.of(law(name, p.sigmaW2(), p.sigmaB2()), p.qStar());
      assertThat(layer.chi1()).isCloseTo(1, within(1e-12));
      assertThat(layer.chiQ()).isCloseTo(1, within(1e-12));
      assertThat(layer.nextQ()).isCloseTo(p.qStar(), within(1e-11));
    }
  }

  @Test
  void orderedReluWithBiasHasAFixedPoint() {
    PhasePoint p = PhasePoint.of(law("relu", 1, 0.3));
    assertThat(p.qStar()).isCloseTo(0.6, within(1e-15));
    assertThat(p.xiC()).isCloseTo(1 / Math.log(2), within(1e-14));
    assertThat(FixedPoints.all(p.law()))
        .singleElement()
        .extracting(FixedPoint::q)
        .isEqualTo(p.qStar());
  }

  @Test
  void depthScalesAreInfiniteWhereNothingDecaysExponentially() {
    assertThat(PhasePoint.of(law("tanh", 1, 0)).xiC()).isInfinite();
    assertThat(PhasePoint.of(law("relu", 2, 0)).xiC()).isInfinite();
    assertThat(PhasePoint.of(law("tanh", 1.2, 0.05)).xiGeneralisation()).isInfinite();
  }

  @Test
  void refusesANegativeBias() {
    assertThatThrownBy(() -> EdgeOfChaos.points(Activations.parse("tanh"), -0.1))
        .hasMessage("sigma_b2 must be finite and >= 0: -0.1");
  }
}
