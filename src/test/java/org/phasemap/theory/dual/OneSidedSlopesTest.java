package org.phasemap.theory.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.RandomLaws;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.DropoutMaps;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.EocAsymptotics;
import org.phasemap.theory.limit.FixedPoint;
import org.phasemap.theory.limit.FixedPoints;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;

/** What is left of both maps where signals die out. Values of 40 digits are mpmath's. */
class OneSidedSlopesTest {
  private static LayerLaw law(String activation, double sigmaW2) {
    return new LayerLaw(Activations.parse(activation), sigmaW2, 0);
  }

  static java.util.stream.Stream<Activation> fixedAtZero() {
    return RandomLaws.scaled().filter(OneSidedSlopes::isFixed);
  }

  @ParameterizedTest
  @CsvSource({
    "selu, 0.47677101788275292772, attracting",
    "elu, 1, attracting",
    "softsign, 1, attracting",
    "tanh, 1, attracting",
    "erf, 0.78539816339744830962, attracting",
    "sin, 1, attracting",
    "arctan, 1, attracting",
    // Below its tangent by less than any power of q.
    "hard_tanh, 1, attracting",
    "gelu, 4, repelling",
    "silu, 4, repelling",
    "mish, 2.7777777777777777778, repelling"
  })
  void theEdgeAtZeroAndWhetherItAttracts(String activation, double sigmaW2, String stability) {
    CriticalPoint point = EdgeOfChaos.points(Activations.parse(activation), 0).get(0);

    assertThat(point.sigmaW2()).isCloseTo(sigmaW2, within(2e-16 * sigmaW2));
    assertThat(point.qStar()).isZero();
    assertThat(point.chiQ()).isEqualTo(1);
    assertThat(point.stability().id()).isEqualTo(stability);
    FixedPoint fixed = FixedPoints.all(law(activation, point.sigmaW2())).get(0);
    assertThat(fixed.q()).isZero();
    assertThat(fixed.chi1()).isCloseTo(1, within(2e-16));
    assertThat(fixed.stability()).isEqualTo(point.stability());
  }

  /** Of any two slopes, V/q and E φ′² are those of a sample of normal numbers. */
  @ParameterizedTest
  @CsvSource({"1.7581, 1.0507", "-0.5, 1", "0, 2", "3, 0", "0.2, -0.7"})
  void anyPairOfSlopesHasAnEdge(double left, double right) {
    OneSidedSlopes slopes = new OneSidedSlopes(left, right);
    double sum = 0;
    java.util.Random random = new java.util.Random(7);
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      double z = random.nextGaussian();
      double phi = (z > 0 ? right : left) * z;
      sum += phi * phi / n;
    }
    double sd = Math.sqrt(1.5 * (Math.pow(left, 4) + Math.pow(right, 4)) / n);
    assertThat(slopes.meanSquareSlope()).isCloseTo(sum, within(4 * sd));
    assertThat(slopes.criticalSigmaW2()).isEqualTo(1 / slopes.meanSquareSlope());
    assertThat(slopes.dual().derivative(0))
        .isCloseTo(slopes.meanSquareSlope(), within(1e-15 * slopes.meanSquareSlope()));
  }

  @ParameterizedTest
  @MethodSource("fixedAtZero")
  void depthScalesAtTheEdgeAreInfinite(Activation f) {
    LayerLaw law = new LayerLaw(f, OneSidedSlopes.atZero(f).criticalSigmaW2(), 0);
    PhasePoint p = PhasePoint.at(law, FixedPoints.all(law).get(0));

    assertThat(p.chiQ()).isEqualTo(p.chi1());
    assertThat(p.xiQ()).isInfinite();
    assertThat(p.xiC()).isInfinite();
    assertThat(p.xiGradient()).isInfinite();
    assertThat(p.xiGeneralisation()).isInfinite();
  }

  /** Signals that die out keep their correlation, or lose it as 1/l² where φ′ jumps. */
  @ParameterizedTest
  @MethodSource("fixedAtZero")
  void belowTheEdgeCorrelationsDoNotDecayExponentially(Activation f) {
    LayerLaw law = new LayerLaw(f, 0.5 * OneSidedSlopes.atZero(f).criticalSigmaW2(), 0);
    PhasePoint p = PhasePoint.of(law);
    Trajectory t = SignalMaps.propagate(law, 1, 0.5, 60);

    assertThat(p.qStar()).isZero();
    assertThat(p.chi1()).isEqualTo(p.chiQ()).isCloseTo(0.5, within(1e-15));
    assertThat(p.xiQ()).isCloseTo(1 / Math.log(2), within(1e-14));
    assertThat(p.xiC()).isCloseTo(1 / Math.log(2), within(1e-14));
    if (f.equals(Activations.SELU)) {
      assertThat(p.cStar()).isEqualTo(1);
      assertThat(t.oneMinusC()[59]).isBetween(0.001, 0.6 * t.oneMinusC()[9]);
    } else {
      assertThat(p.cStar()).isNaN();
      assertThat(t.oneMinusC()[59]).isCloseTo(t.oneMinusC()[39], within(1e-9));
    }
  }

  /**
   * At the edge of q* = 0, 1 − c falls as for the homogeneous function with the same slopes: V/q
   * and E φ′² share their next order √(2q/π)(φ′φ″(0⁺) − φ′φ″(0⁻)), so that the variance, which
   * falls as 1/l², changes 1 − c by a convergent product only. The next order is a share of 12/l,
   * log l away.
   */
  @Test
  void seluLosesDifferencesAtItsEdgeAsItsKinkSays() {
    OneSidedSlopes slopes = OneSidedSlopes.atZero(Activations.parse("selu"));
    LayerLaw law = law("selu", slopes.criticalSigmaW2());
    int depth = 4000;
    Trajectory t = SignalMaps.propagateFrom(law, 1e-6, 0.5, depth);
    double limit = EocAsymptotics.homogeneousDecay(slopes.left() / slopes.right());

    // (9π²/2)((1 + a²)/(1 − a)²)² at a = 1.6732632423543772.
    assertThat(limit).isCloseTo(3121.0187442029, within(1e-9));
    double half = t.oneMinusC()[depth / 2 - 1] * depth * depth / 4;
    double all = t.oneMinusC()[depth - 1] * (double) depth * depth;
    assertThat(2 * all - half).isCloseTo(limit, within(0.06 * limit));
  }

  /** q*, χ₁ − 1 and ξ_q close to the edge, from mpmath's roots of σ_w² V/q = 1. */
  @ParameterizedTest
  @CsvSource({
    "tanh, 1.0005, 2.50052058179508952e-4, 8.32431658388e-8, 2000.916344143",
    "softsign, 1.0005, 2.45408352480736785e-8, 2.45285720539e-8, 4001.2670128151",
    "elu, 1.0005, 3.92846230447218678e-7, 4.90648669636e-8, 4002.2500246033",
    "selu, 0.48, 3.31472879465103104e-5, 6.0725932961e-6, 296.67551807555",
    "selu, 0.4768, 2.6727818073951298e-9, 4.92321516896e-10, 32902.413554655",
    "elu, 1.000001, 1.57079750315582923e-12, 1.96349360645e-13, 2000002.2488958"
  })
  void closeToTheEdge(String activation, double sigmaW2, double q, double excess, double xiQ) {
    PhasePoint p = PhasePoint.of(law(activation, sigmaW2));

    // V has 1e-15, which σ_w² − σ_w²(edge) = 3e-5 and less magnify.
    assertThat(p.qStar()).isCloseTo(q, within(1e-8 * q));
    assertThat(p.chi1() - 1).isCloseTo(excess, within(1e-14));
    assertThat(p.xiQ()).isCloseTo(xiQ, within(1e-8 * xiQ));
  }

  @Test
  void withDropoutCorrelationsThatDieOutStillHaveALimit() {
    DropoutMaps tanh = new DropoutMaps(law("tanh", 0.5), 0.8);
    DropoutMaps relu = new DropoutMaps(law("relu", 0.5), 0.8);

    // c′ = ρ c, and ReLU's kernel times ρ.
    assertThat(tanh.phasePoint(1).cStar()).isZero();
    assertThat(tanh.phasePoint(1).xiC()).isCloseTo(-1 / Math.log(0.8), within(1e-14));
    double c = 0.5;
    for (int i = 0; i < 200; i++) {
      c = 0.8 * (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / Math.PI;
    }
    assertThat(relu.phasePoint(1).cStar()).isCloseTo(c, within(1e-14));
  }
}
