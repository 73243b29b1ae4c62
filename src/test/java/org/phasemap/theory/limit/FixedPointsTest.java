package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Phase;
import org.phasemap.network.activation.Activations;

class FixedPointsTest {
  private static LayerLaw law(String activation, double sigmaW2, double sigmaB2) {
    return new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
  }

  /** The published 8 digits: signals of unit variance stop before the half-stable point. */
  @Test
  void atGelusRoundedHalfStablePointTheStartDecides() {
    LayerLaw law = law("gelu", 1.98305826, 0.17292239);
    List<FixedPoint> all = FixedPoints.all(law);

    assertThat(all)
        .extracting(FixedPoint::stability)
        .containsExactly(Stability.ATTRACTING, Stability.HALF_STABLE);
    assertThat(FixedPoints.attractor(law, 1).orElseThrow().q())
        .isCloseTo(all.get(0).q(), within(1e-6));
    assertThat(FixedPoints.attractor(law, 20).orElseThrow().q())
        .isCloseTo(all.get(1).q(), within(1e-6));
    assertThat(all.get(1).q()).isCloseTo(3.5615528, within(1e-4));
    assertThat(Phases.of(law, 1).phase()).isEqualTo(Phase.CRITICAL);
    assertThat(Phases.of(law, 1).point().orElseThrow().q()).isEqualTo(all.get(1).q());
  }

  @ParameterizedTest
  @CsvSource({
    // Below the repelling point signals settle, above it they grow for ever.
    "gelu, 2.1, 0.055, 1, ordered",
    "gelu, 2.1, 0.055, 2.2, no_fixed_point",
    "silu, 2, 0.05, 3000, no_fixed_point",
    "silu, 2, 0.05, 2, ordered",
  })
  void thePhaseIsThatOfTheStart(
      String activation, double sigmaW2, double sigmaB2, double q1, String phase) {
    LayerLaw law = law(activation, sigmaW2, sigmaB2);
    double q = q1;
    for (int i = 0; i < 20_000 && q < 1e6; i++) {
      q = SignalMaps.nextQ(law, q);
    }

    assertThat(Phases.of(law, q1).phase().id()).isEqualTo(phase);
    Optional<FixedPoint> end = FixedPoints.attractor(law, q1);
    assertThat(end.isPresent()).as("q after 20,000 layers: %s", q).isEqualTo(q < 1000);
  }

  /** Between two roots that a scan steps over the map crosses the diagonal and comes back. */
  @Test
  void twoRootsCloseToEachOtherAreFound() {
    for (double sigmaB2 : new double[] {0.0783, 0.0784, 0.07845}) {
      LayerLaw law = law("gelu", 2.1, sigmaB2);
      List<FixedPoint> all = FixedPoints.all(law);
      int crossings = 0;
      double before = SignalMaps.nextQ(law, 1e-3) - 1e-3;
      for (double q = 1e-3; q < 100; q *= 1.0005) {
        double h = SignalMaps.nextQ(law, q) - q;
        crossings += h > 0 != before > 0 ? 1 : 0;
        before = h;
      }
      assertThat(all).as("sigma_b2 = %s", sigmaB2).hasSize(crossings);
      assertThat(all)
          .allSatisfy(
              p -> assertThat(SignalMaps.nextQ(law, p.q())).isCloseTo(p.q(), within(1e-12)));
    }
  }

  /** Hard tanh at its edge is linear to rounding up to q = 0.015, and falls below it for good. */
  @Test
  void hardTanhDiesOutAtItsEdge() {
    LayerLaw law = law("hard_tanh", 1, 0);

    assertThat(FixedPoints.attractor(law, 1).orElseThrow().q()).isZero();
    assertThat(FixedPoints.all(law)).hasSize(1);
  }

  @Test
  void aVarianceThatIsHugeIsNotInfinite() {
    // q* = (σ_w² E φ²(rest) + σ_b²)/(1 − σ_w²/2), to which the square root of q adds.
    double q = FixedPoints.attractor(law("gelu", 2 - 2e-11, 1e6), 1).orElseThrow().q();

    assertThat(q).isCloseTo(1e17, within(1e11 * 1e3));
    assertThat(FixedPoints.attractor(law("gelu", 2, 1e6), 1)).isEmpty();
    assertThat(FixedPoints.attractor(law("softplus", 2, 1e-9), 1)).isEmpty();
  }
}
