package org.phasemap.theory.limit;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.gauss.GaussianRule;
import org.phasemap.theory.gauss.Roots;
import org.phasemap.theory.gauss.SlopeNodes;

/**
 * The law of t = φ′(√q Z)² as atoms or nodes, for expectations of functions that are nearly
 * singular where t is largest. Relative error of those 1e-13, q from 0 to infinity.
 *
 * @param top the least upper bound of t, to which t comes close with some probability, however
 *     small
 * @param gap top − t, ≥ 0
 * @param weight probabilities
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, and made once for thousands of reads
public record SlopeGrid(double top, double[] gap, double[] weight) {
  /** At a smooth maximum t falls by its last digit over 2⁻²⁶. */
  private static final double SMOOTH = 0x1p-28;

  /** At a cusp t falls by its last digit over 2⁻⁵². */
  private static final double CUSP = 0x1p-54;

  /** A piece as wide as this: nothing happens near the point that pieces start from. */
  private static final double NONE = 1;

  static SlopeGrid of(Activation f, double q) {
    if (f.isHomogeneous()) {
      double a = f.homogeneousSlope();
      return atoms(1, a * a, 0.5);
    }
    if (q == 0) {
      return atoms(square(f, -Double.MIN_VALUE), square(f, Double.MIN_VALUE), 0.5);
    }
    if (GaussianMoments.isUnbounded(f) && !(q < GaussianMoments.HOMOGENEOUS_LIMIT)) {
      return atoms(square(f, -Double.MAX_VALUE), square(f, Double.MAX_VALUE), 0.5);
    }
    double sigma = Math.sqrt(q);
    DoubleUnaryOperator normal = x -> Erf.normalDensity(x / sigma) / sigma;
    SlopeNodes nodes = nodes(normal, GaussianRule.REACH * sigma, sigma);
    switch (f.kind()) {
      case HARD_TANH -> {
        return atoms(1, 0, Erf.erf(Math.sqrt(0.5) / sigma));
      }
      case SIN -> {
        double period = Math.min(0.5 * Math.PI, GaussianRule.REACH * sigma);
        SlopeNodes wrapped = nodes(x -> wrappedDensity(x, q), period, sigma);
        wrapped.add(0, 1, SMOOTH, 2);
        return of(f, 1, wrapped);
      }
      case TANH, ERF, ARCTAN, SIGMOID -> {
        nodes.add(0, 1, SMOOTH, 2);
        return of(f, square(f, 0), nodes);
      }
      case SOFTSIGN -> {
        nodes.add(0, 1, CUSP, 2);
        return of(f, 1, nodes);
      }
      case ELU, SELU -> {
        nodes.add(0, -1, CUSP, 1);
        return of(f, square(f, -Double.MIN_VALUE), nodes).and(square(f, 1), 0.5);
      }
      case SOFTPLUS -> {
        nodes.add(0, 1, NONE, 1);
        nodes.add(0, -1, NONE, 1);
        return of(f, 1, nodes);
      }
      default -> {
        double peak = Roots.brent(f::secondDerivative, 0.5, 4);
        boolean outside = peak > 2 * GaussianRule.REACH * sigma;
        double centre = outside ? 0 : peak;
        nodes.add(centre, 1, outside ? NONE : SMOOTH, 1);
        nodes.add(centre, -1, outside ? NONE : SMOOTH, 1);
        return of(f, square(f, peak), nodes);
      }
    }
  }

  /** To the last digit φ′² is constant 20 away from 0, or a power. */
  private static SlopeNodes nodes(DoubleUnaryOperator density, double reach, double sigma) {
    return new SlopeNodes(density, reach, sigma, 20, 1);
  }

  private static SlopeGrid of(Activation f, double top, SlopeNodes nodes) {
    double[] gap = Arrays.stream(nodes.x()).map(x -> Math.max(0, top - square(f, x))).toArray();
    return new SlopeGrid(top, gap, nodes.weight());
  }

  private static SlopeGrid atoms(double a, double b, double probabilityOfA) {
    double top = Math.max(a, b);
    return new SlopeGrid(
        top, new double[] {top - a, top - b}, new double[] {probabilityOfA, 1 - probabilityOfA});
  }

  /** With an atom more. */
  private SlopeGrid and(double t, double probability) {
    double[] gaps = Arrays.copyOf(gap, gap.length + 1);
    double[] weights = Arrays.copyOf(weight, gap.length + 1);
    gaps[gap.length] = top - t;
    weights[gap.length] = probability;
    return new SlopeGrid(top, gaps, weights);
  }

  /**
   * The density on a period of cos², [−π/2, π/2]: a sum over periods, or its Fourier series, of
   * which either converges in a few terms.
   */
  public static double wrappedDensity(double x, double q) {
    double sum = 0;
    if (q < 1) {
      double sigma = Math.sqrt(q);
      for (int k = -5; k <= 5; k++) {
        sum += Erf.normalDensity((x + k * Math.PI) / sigma) / sigma;
      }
      return sum;
    }
    for (int k = 1; k <= 5; k++) {
      sum += 2 * Math.exp(-2 * k * k * q) * Math.cos(2 * k * x);
    }
    return (1 + sum) / Math.PI;
  }

  private static double square(Activation f, double x) {
    double slope = f.derivative(x);
    return slope * slope;
  }

  /** The law of what one unit in {@code units} exceeds at most: t is cut off there. */
  SlopeGrid reachedBy(int units) {
    int[] order =
        IntStream.range(0, gap.length)
            .boxed()
            .sorted((a, b) -> Double.compare(gap[a], gap[b]))
            .mapToInt(i -> i)
            .toArray();
    double above = 0;
    double cut = 0;
    for (int i = 0; above * units < 1 && i < order.length; i++) {
      above += weight[order[i]];
      cut = gap[order[i]];
    }
    double off = cut;
    double[] less = Arrays.stream(gap).map(g -> Math.max(0, g - off)).toArray();
    return off == 0 ? this : new SlopeGrid(top - off, less, weight);
  }
}
