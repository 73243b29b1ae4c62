package org.phasemap.theory.architecture.norm;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.gauss.DoubleExponential;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Moments of φ(γu) over a batch that a unit's batch norm has made: u is uniform on the sphere of
 * radius √B in the hyperplane of zero mean, so one entry is √(B − 1) t with density ∝ (1 −
 * t²)^{(B−4)/2}, and two entries have correlation −1/(B − 1) (Yang et al. 2019, arXiv 1902.08129,
 * §3). Relative error 1e-11.
 *
 * @param mean E φ
 * @param value2 E φ²
 * @param valuePair E φφ of two entries
 * @param slope2 γ² E φ′²
 * @param slopePair γ² E φ′φ′ of two entries
 * @param radial2 γ² E u²φ′²
 * @param radialPair γ² E uφ′ uφ′ of two entries
 */
public record NormalisedBatch(
    double mean,
    double value2,
    double valuePair,
    double slope2,
    double slopePair,
    double radial2,
    double radialPair) {

  /**
   * Integrates.
   *
   * @param batch B ≥ 2
   */
  public static NormalisedBatch of(Activation activation, double gamma, int batch) {
    OutsideDomainException.unless(batch >= 2, "a batch of " + batch + " has no variance");
    if (activation.isHomogeneous() && gamma != 1) {
      return of(activation, 1, batch).times(Math.abs(gamma));
    }
    Sphere sphere = new Sphere(activation, gamma, batch);
    DoubleUnaryOperator value = u -> activation.value(gamma * u);
    DoubleUnaryOperator slope = u -> gamma * activation.derivative(gamma * u);
    DoubleUnaryOperator radial = u -> u * slope.applyAsDouble(u);
    double[] v = sphere.moments(value);
    double[] s = sphere.moments(slope);
    double[] r = sphere.moments(radial);
    return new NormalisedBatch(v[2], v[0], v[1], s[0], s[1], r[0], r[1]);
  }

  private NormalisedBatch times(double gamma) {
    double factor = gamma * gamma;
    return new NormalisedBatch(
        gamma * mean,
        factor * value2,
        factor * valuePair,
        factor * slope2,
        factor * slopePair,
        factor * radial2,
        factor * radialPair);
  }

  /** E φ² − E φφ: the unbiased variance over the batch. */
  public double variance() {
    return value2 - valuePair;
  }

  /** The sphere, and rules for one entry and for a second one given the first. */
  private static final class Sphere {
    /** Standard deviations beyond which nothing counts. */
    private static final double REACH = 9.5;

    /** In units of the argument of φ. */
    private static final double WIDEST_PIECE = 1.5;

    private static final double LEAST_PIECES = 8;

    /** Some seconds of work: it grows as their square. */
    private static final double MOST_PIECES = 400;

    /** From this batch on, weights at the edge of the sphere are negligible. */
    private static final int LARGE = 24;

    private static final DoubleExponential STEEP = new DoubleExponential();

    private final double gamma;
    private final int batch;
    private final double radius;
    private final double angle;
    private final double[] kinks;

    Sphere(Activation activation, double gamma, int batch) {
      this.gamma = gamma;
      this.batch = batch;
      radius = Math.sqrt(batch - 1.0);
      angle = Math.acos(-1 / (batch - 1.0));
      kinks = Arrays.stream(activation.kinks()).map(x -> x / Math.abs(gamma)).toArray();
      double largest = MOST_PIECES * WIDEST_PIECE / (2 * reach(batch - 3) * radius);
      OutsideDomainException.unless(
          batch == 2 || Math.abs(gamma) <= largest, // of two there is nothing to integrate
          String.format(
              Locale.ROOT,
              "gamma=%s with a batch of %d; allowed: at most %.4g",
              gamma,
              batch,
              largest));
    }

    private static double reach(int power) {
      return Math.min(Math.PI / 2, REACH / Math.sqrt(Math.max(power, 1)));
    }

    /** E f(u)², E f(u)f(v) and E f(u). */
    double[] moments(DoubleUnaryOperator f) {
      if (batch == 2) {
        double plus = f.applyAsDouble(1);
        double minus = f.applyAsDouble(-1);
        return new double[] {
          0.5 * (plus * plus + minus * minus), plus * minus, 0.5 * (plus + minus)
        };
      }
      double reach = reach(batch - 3);
      double[] sums = new double[4];
      double[] cuts = cuts(reach, radius, this::outerCuts);
      for (int i = 0; i + 1 < cuts.length; i++) {
        outer(f, cuts[i], cuts[i + 1], sums);
      }
      return new double[] {sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0]};
    }

    private void outer(DoubleUnaryOperator f, double from, double to, double[] sums) {
      // Where φ has kinks the inner integral has roots of low order at the cuts of small spheres.
      boolean steep = kinks.length > 0 && batch < LARGE;
      double[] node = steep ? STEEP.node : GaussLegendre.OF_24.node;
      double[] weight = steep ? STEEP.weight : GaussLegendre.OF_24.weight;
      double half = 0.5 * (to - from);
      for (int i = 0; i < node.length; i++) {
        double psi = 0.5 * (to + from) + half * node[i];
        double w = half * weight[i] * Math.pow(Math.cos(psi), batch - 3);
        double own = f.applyAsDouble(radius * Math.sin(psi));
        sums[0] += w;
        sums[1] += w * own * own;
        sums[2] += w * own * given(f, psi);
        sums[3] += w * own;
      }
    }

    /** Where a kink of u, or one of the second entry at the edge of its range, lies. */
    private double[] outerCuts() {
      double[] cuts = new double[5 * kinks.length];
      int n = 0;
      for (double kink : kinks) {
        double at = Math.asin(Math.max(-1, Math.min(1, kink / radius)));
        cuts[n++] = at;
        cuts[n++] = at - angle;
        cuts[n++] = at + angle;
        cuts[n++] = Math.PI - at - angle;
        cuts[n++] = angle - Math.PI - at;
      }
      return cuts;
    }

    /** E f(v) given that the first entry is radius × sin ψ. */
    private double given(DoubleUnaryOperator f, double psi) {
      double centre = radius * Math.cos(angle) * Math.sin(psi);
      double width = radius * Math.sin(angle) * Math.cos(psi);
      if (batch == 3) {
        return 0.5 * (f.applyAsDouble(centre + width) + f.applyAsDouble(centre - width));
      }
      double reach = reach(batch - 4);
      double[] cuts = cuts(reach, width, () -> innerCuts(centre, width));
      GaussLegendre rule = GaussLegendre.OF_24;
      double total = 0;
      double sum = 0;
      for (int piece = 0; piece + 1 < cuts.length; piece++) {
        double half = 0.5 * (cuts[piece + 1] - cuts[piece]);
        double middle = 0.5 * (cuts[piece + 1] + cuts[piece]);
        for (int i = 0; i < rule.node.length; i++) {
          double chi = middle + half * rule.node[i];
          double w = half * rule.weight[i] * Math.pow(Math.cos(chi), batch - 4);
          total += w;
          sum += w * f.applyAsDouble(centre + width * Math.sin(chi));
        }
      }
      return sum / total;
    }

    private double[] innerCuts(double centre, double width) {
      return Arrays.stream(kinks)
          .map(kink -> (kink - centre) / width)
          .filter(x -> Math.abs(x) < 1)
          .map(Math::asin)
          .toArray();
    }

    /** Pieces of [−reach, reach] of an angle, scale being what its sine is multiplied by. */
    private double[] cuts(double reach, double scale, Supplier<double[]> special) {
      double span = 2 * reach * scale * Math.abs(gamma) / WIDEST_PIECE;
      int pieces = (int) Math.ceil(Math.max(LEAST_PIECES, span));
      double[] own = special.get();
      double[] cuts = Arrays.copyOf(own, own.length + pieces + 1);
      for (int i = 0; i <= pieces; i++) {
        cuts[own.length + i] = reach * (2.0 * i / pieces - 1);
      }
      return Arrays.stream(cuts).filter(x -> Math.abs(x) <= reach).sorted().distinct().toArray();
    }
  }
}
