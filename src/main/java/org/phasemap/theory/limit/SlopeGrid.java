package org.phasemap.theory.limit;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Tail;
import org.phasemap.network.activation.ExponentialLinear;
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
    if (f.isRectifier() && !(q < GaussianMoments.HOMOGENEOUS_LIMIT)) {
      return atoms(square(f, -Double.MAX_VALUE), square(f, Double.MAX_VALUE), 0.5);
    }
    double sigma = Math.sqrt(q);
    if (f.tail() == Tail.WAVE) {
      double period = Math.min(0.5 * Math.PI, GaussianRule.REACH * sigma);
      SlopeNodes wrapped = nodes(x -> wrappedDensity(x, q), period, sigma);
      wrapped.add(0, 1, SMOOTH, 2);
      return of(f, 1, wrapped);
    }
    if (f.tail() == Tail.STRAIGHT) {
      return lines(f, sigma);
    }
    DoubleUnaryOperator normal = x -> Erf.normalDensity(x / sigma) / sigma;
    SlopeNodes nodes = nodes(normal, GaussianRule.REACH * sigma, sigma);
    nodes.cutAt(f.kinks());
    if (f instanceof ExponentialLinear line) {
      nodes.add(0, -1, CUSP, 1);
      return of(f, square(f, -Double.MIN_VALUE), nodes).and(square(line.scale()), 0.5);
    }
    return f.steepest().isPoint()
        ? aroundPoint(f, f.steepest().from(), nodes)
        : aroundPeak(f, nodes, 2 * GaussianRule.REACH * sigma);
  }

  /** φ of straight lines: an atom each, and one for both outer lines where they are alike. */
  private static SlopeGrid lines(Activation f, double sigma) {
    double[] kink = f.kinks();
    int last = kink.length - 1;
    if (f.isOdd() && kink.length == 2) {
      double inside = Erf.erf(kink[last] * Math.sqrt(0.5) / sigma);
      return atoms(square(f, 0), square(f, 2 * kink[last]), inside);
    }
    double[] t = new double[kink.length + 1];
    double[] weight = new double[kink.length + 1];
    double below = 0;
    for (int i = 0; i <= kink.length; i++) {
      double from = i == 0 ? kink[0] - 1 : kink[i - 1];
      double to = i > last ? kink[last] + 1 : kink[i];
      t[i] = square(f, 0.5 * (from + to));
      double upTo = i > last ? 1 : Erf.normalCdf(kink[i] / sigma);
      weight[i] = upTo - below;
      below = upTo;
    }
    double top = Arrays.stream(t).max().orElseThrow();
    return new SlopeGrid(top, Arrays.stream(t).map(x -> top - x).toArray(), weight);
  }

  private static SlopeGrid aroundPoint(Activation f, double at, SlopeNodes nodes) {
    if (Double.isInfinite(at)) {
      nodes.add(0, 1, NONE, 1);
      nodes.add(0, -1, NONE, 1);
      return of(f, square(f, Math.copySign(Double.MAX_VALUE, at)), nodes);
    }
    double finest = f.kinks().length > 0 ? CUSP : SMOOTH;
    nodes.add(at, 1, finest, f.hasEvenSlope() ? 2 : 1);
    if (!f.hasEvenSlope()) {
      nodes.add(at, -1, finest, 1);
    }
    return of(f, square(f, at), nodes);
  }

  /**
   * Around a maximum of φ′² that has to be found. Others as high, where φ has any, are met by
   * pieces of ordinary width.
   *
   * @param reach from where on the maximum has no weight
   */
  private static SlopeGrid aroundPeak(Activation f, SlopeNodes nodes, double reach) {
    double peak = peak(f);
    boolean outside = Math.abs(peak) > reach;
    double centre = outside ? 0 : peak;
    double finest = outside ? NONE : f.kinks().length > 0 ? CUSP : SMOOTH;
    nodes.add(centre, 1, finest, 1);
    nodes.add(centre, -1, finest, 1);
    return of(f, square(f, peak), nodes);
  }

  private static double peak(Activation f) {
    double from = f.steepest().from();
    double to = f.steepest().to();
    for (double kink : f.kinks()) {
      if (from <= kink && kink <= to) {
        return kink;
      }
    }
    return f.secondDerivative(from) * f.secondDerivative(to) < 0
        ? Roots.brent(f::secondDerivative, from, to)
        : 0.5 * (from + to);
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
    return square(f.derivative(x));
  }

  private static double square(double x) {
    return x * x;
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
