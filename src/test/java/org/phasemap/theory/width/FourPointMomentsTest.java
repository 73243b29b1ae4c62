package org.phasemap.theory.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.RandomLaws;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.width.moment.CovarianceCurvature;
import org.phasemap.theory.width.moment.FourPointMoments;
import org.phasemap.theory.width.moment.LayerMoments;

/** The few-node rules against nested sums of ten times as many nodes and no tables. */
class FourPointMomentsTest {
  private static final double STATED = 1e-3;
  private static final double REACH = 8;
  private static final GaussLegendre GAUSS = new GaussLegendre(10);

  static Stream<Activation> activations() {
    return RandomLaws.activations();
  }

  static Stream<Activation> scaled() {
    return RandomLaws.scaled();
  }

  /** c near 1, c < 0 and c anywhere. */
  private static double correlation(int draw, Random random) {
    return switch (draw % 3) {
      case 0 -> 1 - Math.exp(random.nextDouble() * Math.log(1e-8));
      case 1 -> -random.nextDouble();
      default -> random.nextDouble();
    };
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreeWithAFineRule(Activation f) {
    Random random = new Random(f.name().hashCode());
    // The fine rule does not resolve sin where it turns many times within a piece.
    double widest = f.equals(Activations.SIN) ? 20 : 1e6;
    for (int draw = 0; draw < 9; draw++) {
      double q = 1e-6 * Math.exp(random.nextDouble() * Math.log(widest / 1e-6));
      double c = correlation(draw, random);
      FourPointMoments m = FourPointMoments.of(f, q, c);
      double[] fine = fine(f, q, c);
      double phi2 = fine[0];
      double phi4 = fine[1];
      double slope2 = fine[8];
      double slope4 = fine[9];
      double mixed = Math.sqrt(phi4 * slope4);
      double[][] pairs = {
        {m.phi2(), fine[0], phi2},
        {m.phi4(), fine[1], phi4},
        {m.phi2phi2(), fine[2], phi4},
        {m.phi3phi(), fine[3], phi4},
        {m.phi2phiphi(), c < 0 ? 0 : fine[4], phi4},
        {m.fourPhi(), c < 0 ? 0 : fine[5], phi4},
        {m.product(), fine[6], phi2},
        {m.slopes(), fine[7], slope2},
        {m.slope2(), fine[8], slope2},
        {m.slope4(), fine[9], slope4},
        {m.slope2slope2(), fine[10], slope4},
        {m.slope2phi2(), fine[11], mixed},
        {m.slope2phi2Same(), fine[12], mixed},
        {m.growth(), fine[13], slope2},
        {m.bend(), fine[14] - c * fine[7], slope2},
      };
      for (int i = 0; i < pairs.length; i++) {
        assertThat(pairs[i][0])
            .as("%s, q %s, 1 - c %s, entry %s", f, q, 1 - c, i)
            .isCloseTo(pairs[i][1], within(STATED * pairs[i][2]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void derivativesAreThoseOfTheDual(Activation f) {
    for (double q : new double[] {0.3, 2}) {
      for (double c : new double[] {0.2, 0.7}) {
        double h = 1e-3;
        DualActivation low = Duals.of(f, q * (1 - h));
        DualActivation mid = Duals.of(f, q);
        DualActivation high = Duals.of(f, q * (1 + h));
        double inC = (mid.derivative(1 - c - h) - mid.derivative(1 - c + h)) / (2 * h);
        double inQ = (high.derivative(1 - c) - low.derivative(1 - c)) / (2 * h * q);
        // At fixed K_ab the correlation falls as q grows.
        double bow =
            (high.product(1 - c / (1 + h)) - 2 * mid.product(1 - c) + low.product(1 - c / (1 - h)))
                / (h * q * h * q);
        CovarianceCurvature curvature = LayerMoments.of(f, q, 1 - c).curvature();
        double scale = mid.derivative(0) / q;
        assertThat(curvature.kk()).as("%s", f).isCloseTo(inC / q, within(2e-3 * scale));
        assertThat(curvature.ka())
            .as("%s", f)
            .isCloseTo(0.5 * (inQ - c / q * inC), within(2e-3 * scale));
        assertThat(2 * (curvature.aa() + curvature.ab()))
            .as("%s", f)
            .isCloseTo(bow, within(4e-3 * scale));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void slopesAreThoseOfTheExactMoments(Activation f) {
    for (double q : new double[] {0.05, 0.7, 4, 50}) {
      double h = 1e-3 * q;
      GaussianMoments low = new GaussianMoments(f, q - h);
      GaussianMoments mid = new GaussianMoments(f, q);
      GaussianMoments high = new GaussianMoments(f, q + h);
      double d = mid.derivativeSecondMoment();
      double slope = high.derivativeSecondMoment() - low.derivativeSecondMoment();
      double bend = high.derivativeSecondMoment() - 2 * d + low.derivativeSecondMoment();
      double variance = (high.secondMomentSlope() - low.secondMomentSlope()) / (2 * h);
      LayerMoments m = LayerMoments.of(f, q, 0.5);
      assertThat(q * m.single().slopeGrowth())
          .as("%s", f)
          .isCloseTo(q * slope / (2 * h * d), within(STATED));
      assertThat(q * q * m.single().slopeCurvature())
          .as("%s", f)
          .isCloseTo(q * q * bend / (h * h * d), within(4 * STATED));
      assertThat(q * m.curvature().variance())
          .as("%s", f)
          .isCloseTo(q * variance, within(2 * STATED * Math.max(d, mid.secondMoment() / q)));
      double root = Math.sqrt(mid.secondMoment());
      double grown = (high.mean() - low.mean()) / (2 * h);
      double bent = (high.mean() - 2 * mid.mean() + low.mean()) / (h * h);
      assertThat(m.single().phi()).as("%s", f).isCloseTo(mid.mean(), within(STATED * root));
      assertThat(q * m.single().phiGrowth())
          .as("%s", f)
          .isCloseTo(q * grown, within(STATED * root));
      assertThat(q * q * m.single().phiCurvature())
          .as("%s", f)
          .isCloseTo(q * q * bent, within(4 * STATED * root));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void wideNetworksFollowTheExactMaps(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      Trajectory t = SignalMaps.propagate(law, 1, 0.3, 20);
      FiniteLayer layer = FiniteLayer.first(law, WeightLaw.NORMAL, EntryLaw.NORMAL, 1, 0.3);
      for (int l = 0; l < 20; l++) {
        double delta = t.oneMinusC()[l];
        assertThat(layer.q()).as("%s", law).isCloseTo(t.q()[l], within(STATED * t.q()[l]));
        assertThat(layer.oneMinusC()).as("%s", law).isCloseTo(delta, within(STATED * delta));
        assertThat(layer.chi1(0)).as("%s", law).isCloseTo(t.chi1()[l], within(STATED));
        layer = layer.next(WeightLaw.NORMAL);
      }
    }
  }

  private static double[] fine(Activation f, double q, double c) {
    double shared = Math.sqrt(q * Math.abs(c));
    double own = Math.sqrt(q * (1 - Math.abs(c)));
    double sharpest = Math.max(Math.min(own, 1), 1e-4 * shared);
    double[] sum = new double[15];
    each(
        f,
        0,
        shared,
        sharpest,
        (s, weight) -> {
          double[] a = given(f, shared * s, own);
          double[] b = c < 0 ? given(f, -shared * s, own) : a;
          double[] terms = {
            a[1],
            a[3],
            a[1] * b[1],
            a[2] * b[0],
            a[1] * a[0] * a[0],
            a[0] * a[0] * a[0] * a[0],
            a[0] * b[0],
            a[4] * b[4],
            a[5],
            a[6],
            a[5] * b[5],
            a[5] * b[1],
            a[7],
            a[8] / q,
            a[9] * b[0] / q
          };
          for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * terms[i];
          }
        });
    return sum;
  }

  private static double[] given(Activation f, double mean, double own) {
    double[] sum = new double[10];
    each(
        f,
        mean,
        own,
        1,
        (t, weight) -> {
          double x = mean + own * t;
          double v = f.value(x);
          double d = f.derivative(x);
          double[] terms = {
            v,
            v * v,
            v * v * v,
            v * v * v * v,
            d,
            d * d,
            d * d * d * d,
            v * v * d * d,
            v * d * x,
            d * x
          };
          for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * terms[i];
          }
        });
    return sum;
  }

  private interface Node {
    void at(double z, double weight);
  }

  /** Pieces that halve towards every kink, down to a quarter of a structure's width. */
  private static void each(Activation f, double mean, double spread, double structure, Node node) {
    TreeSet<Double> cuts = new TreeSet<>();
    for (double z = -REACH; z <= REACH; z++) {
      cuts.add(z);
    }
    for (double kink : f.kinks().length > 0 ? f.kinks() : new double[1]) {
      double centre = (kink - mean) / spread;
      for (double away = structure / spread / 4; away < 2 * REACH; away *= 2) {
        cuts.add(centre - away);
        cuts.add(centre + away);
      }
      cuts.add(centre);
    }
    double from = -REACH;
    for (double to : cuts.subSet(-REACH, false, REACH, true)) {
      double half = 0.5 * (to - from);
      double middle = 0.5 * (to + from);
      for (int i = 0; i < GAUSS.node.length; i++) {
        double z = middle + half * GAUSS.node[i];
        node.at(z, half * GAUSS.weight[i] * Erf.normalDensity(z));
      }
      from = to;
    }
  }
}
