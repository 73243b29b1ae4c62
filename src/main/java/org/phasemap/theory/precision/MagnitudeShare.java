package org.phasemap.theory.precision;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Tail;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;
import org.phasemap.theory.gauss.Roots;
import org.phasemap.theory.gauss.SlopeNodes;
import org.phasemap.theory.limit.SlopeGrid;

/**
 * How large a wide layer's entries are: probabilities that |φ(z)| or |φ′(z) ξ| lies between two
 * bounds, z ~ N(0, q) and ξ Gaussian, for every activation and 0 ≤ q ≤ ∞. Bounds are inverted
 * exactly, and intervals have the normal law's probabilities: relative error 1e-12 of signals.
 * Gradients are integrated over z: relative error 1e-9 of probabilities above 1e-18.
 *
 * <p>Networks are measured in float32. An entry counts as not 0 if its magnitude is above {@link
 * FloatFormat#largestFlushed} of that, and shares are of such entries.
 */
public final class MagnitudeShare {
  /** exp(−x²/2) is 0 in float64 here. */
  private static final double END = 39;

  private static final double SQRT_HALF = Math.sqrt(0.5);

  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  /** erf is linear below to its last digit. */
  private static final double LINEAR = 1e-8;

  /** erfc is 0 in float64. */
  private static final double NOTHING_BEYOND = 28;

  /** Shorter intervals are integrated: differences of distribution functions would cancel. */
  private static final double SHORT = 0.2;

  /** Around a zero of φ′, from where on |φ′| is taken for its value there. */
  private static final double FINEST = 0x1p-70;

  private final Activation activation;
  private final double q;
  private final double sigma;

  /** Where φ′ changes sign, but at kinks. */
  private final double[] turn;

  /** Ends of pieces on which |φ| is monotone, ascending. */
  private final double[] cut;

  private final double[] slope;
  private final double[] weight;

  /**
   * @param q variance of the pre-activations
   */
  public MagnitudeShare(Activation activation, double q) {
    this.activation = activation;
    this.q = q;
    sigma = Math.sqrt(q);
    turn =
        activation.turns().stream()
            .mapToDouble(x -> Roots.brent(activation::derivative, x.from(), x.to()))
            .toArray();
    cut = cuts();
    if (q > 0 && q < Double.POSITIVE_INFINITY) {
      SlopeNodes nodes = nodes();
      slope = Arrays.stream(nodes.x()).map(this::magnitudeOfSlope).toArray();
      weight = nodes.weight();
    } else {
      double[] x = atoms();
      slope = Arrays.stream(x).map(this::magnitudeOfSlope).toArray();
      weight = new double[] {0.5, 0.5};
    }
  }

  /**
   * P(low &lt; |φ(z)| ≤ high).
   *
   * @param low above 0
   * @param high may be infinite
   */
  public double signalBetween(double low, double high) {
    if (!(q > 0 && q < Double.POSITIVE_INFINITY)) {
      double sum = Double.isNaN(q) ? q : 0;
      for (double x : atoms()) {
        double size = Math.abs(activation.value(x));
        sum += size > low && size <= high ? 0.5 : 0;
      }
      return sum;
    }
    if (activation.tail() == Tail.WAVE) {
      return wrapped(Math.asin(Math.min(1, low)), Math.asin(Math.min(1, high)));
    }
    double sum = 0;
    for (int i = 0; i + 1 < cut.length; i++) {
      double from = inverse(cut[i], cut[i + 1], low);
      double to = inverse(cut[i], cut[i + 1], high);
      sum += normal(Math.min(from, to) / sigma, Math.max(from, to) / sigma);
    }
    return sum;
  }

  /**
   * P(low &lt; |φ′(z) ξ| ≤ high).
   *
   * @param low above 0
   * @param high may be infinite
   * @param variance of ξ
   */
  public double gradientBetween(double low, double high, double variance) {
    double scale = Math.sqrt(2) * Math.sqrt(variance);
    double sum = Double.isNaN(q) || Double.isNaN(variance) ? Double.NaN : 0;
    for (int i = 0; i < slope.length; i++) {
      double size = scale * slope[i];
      sum += size > 0 ? weight[i] * normalBetween(low / size, high / size) : 0;
    }
    return sum;
  }

  /** P(a √2 &lt; |Z| &lt; b √2), a and b ≥ 0. */
  private static double normalBetween(double a, double b) {
    if (a > 0.5) {
      return a > NOTHING_BEYOND ? 0 : Erf.erfc(a) - Erf.erfc(b);
    }
    return errorFunction(b) - errorFunction(a);
  }

  private static double errorFunction(double x) {
    return x < LINEAR ? TWO_OVER_SQRT_PI * x : Erf.erf(x);
  }

  /** Where all z are that are 0 or infinite. */
  private double[] atoms() {
    return q == 0 ? new double[2] : new double[] {-Double.MAX_VALUE, Double.MAX_VALUE};
  }

  private double magnitudeOfSlope(double x) {
    return Math.abs(activation.derivative(x));
  }

  private double[] cuts() {
    double end = END * sigma;
    DoubleStream zero = activation.value(0) == 0 ? DoubleStream.of(0) : DoubleStream.empty();
    double[] ends =
        DoubleStream.concat(
                DoubleStream.of(-end, end),
                DoubleStream.concat(zero, Arrays.stream(turn).filter(x -> Math.abs(x) < end)))
            .sorted()
            .toArray();
    double[] crossings =
        IntStream.range(1, ends.length)
            .filter(i -> activation.value(ends[i - 1]) * activation.value(ends[i]) < 0)
            .mapToDouble(i -> Roots.brent(activation::value, ends[i - 1], ends[i]))
            .toArray();
    return DoubleStream.concat(Arrays.stream(ends), Arrays.stream(crossings)).sorted().toArray();
  }

  /** The x of a piece with |φ(x)| = size, or the end that is closest to it. */
  private double inverse(double from, double to, double size) {
    double atFrom = Math.abs(activation.value(from));
    double atTo = Math.abs(activation.value(to));
    if (size <= Math.min(atFrom, atTo) || size >= Math.max(atFrom, atTo)) {
      return size <= Math.min(atFrom, atTo) == atFrom <= atTo ? from : to;
    }
    if (from != 0 && to != 0) {
      return Roots.brent(x -> lnRatio(x, size), from, to);
    }
    double sign = from == 0 ? 1 : -1;
    double end = Math.log(Math.max(Math.abs(from), Math.abs(to)));
    return sign * Math.exp(Roots.brent(lnX -> lnRatio(sign * Math.exp(lnX), size), -740, end));
  }

  /** ln |φ(x)|/size, no less than float64 can hold. */
  private double lnRatio(double x, double size) {
    return Math.log(Math.max(Double.MIN_VALUE, Math.abs(activation.value(x)))) - Math.log(size);
  }

  /** P(a &lt; Z &lt; b). */
  private static double normal(double a, double b) {
    if (b - a < SHORT) {
      return GaussLegendre.OF_12.integrate(Erf::normalDensity, a, b);
    }
    if (a < 0 && b > 0) {
      return 0.5 * (Erf.erf(b * SQRT_HALF) - Erf.erf(a * SQRT_HALF));
    }
    double near = Math.min(Math.abs(a), Math.abs(b)) * SQRT_HALF;
    double far = Math.max(Math.abs(a), Math.abs(b)) * SQRT_HALF;
    return 0.5 * (Erf.erfc(near) - Erf.erfc(far));
  }

  /** P(a &lt; |z mod π| &lt; b) on [−π/2, π/2]. */
  private double wrapped(double a, double b) {
    double sum = 0;
    if (q < 1) {
      for (int k = -5; k <= 5; k++) {
        sum += normal((k * Math.PI + a) / sigma, (k * Math.PI + b) / sigma);
      }
      return 2 * sum;
    }
    GaussLegendre gauss = GaussLegendre.OF_24;
    return 2 * gauss.integrate(x -> SlopeGrid.wrappedDensity(x, q), a, b);
  }

  private SlopeNodes nodes() {
    double reach = GaussianRule.REACH * sigma;
    DoubleUnaryOperator normal = x -> Erf.normalDensity(x / sigma) / sigma;
    return switch (activation.tail()) {
      case WAVE -> {
        if (reach < 0.5 * Math.PI) {
          yield fromOrigin(new SlopeNodes(normal, reach, sigma, 2, 0.25));
        }
        // Half a period upwards from π/2, where φ′ = 0.
        SlopeNodes nodes =
            new SlopeNodes(x -> SlopeGrid.wrappedDensity(x, q), Math.PI, sigma, 2, 0.25);
        nodes.add(0.5 * Math.PI, 1, FINEST, 2);
        yield nodes;
      }
      case STRAIGHT ->
          activation.hasKinksOffOrigin()
              ? lines(normal, reach)
              : fromOrigin(new SlopeNodes(normal, reach, sigma, 20, 0.5));
      case NORMAL -> aroundZeros(new SlopeNodes(normal, reach, sigma, 16, 0.25));
      case GAUSSIAN -> aroundZeros(new SlopeNodes(normal, reach, sigma, 16, 0.125));
      case POWER -> aroundZeros(new SlopeNodes(normal, reach, sigma, 20, 0.5));
      case EXPONENTIAL -> aroundZeros(new SlopeNodes(normal, reach, sigma, 120, 0.5));
      case UNKNOWN -> aroundZeros(new SlopeNodes(normal, reach, sigma, 120, 0.125));
    };
  }

  /** Of straight lines, no further than to where φ becomes constant. */
  private SlopeNodes lines(DoubleUnaryOperator normal, double reach) {
    double[] kink = activation.kinks();
    double last = kink[kink.length - 1];
    if (activation.isOdd() && activation.derivative(2 * last) == 0) {
      SlopeNodes inside = new SlopeNodes(normal, Math.min(last, reach), sigma, 0, 1);
      inside.add(0, 1, 1, 2);
      return inside;
    }
    SlopeNodes nodes = new SlopeNodes(normal, reach, sigma, 20, 0.5);
    nodes.cutAt(kink);
    return fromOrigin(nodes);
  }

  private SlopeNodes fromOrigin(SlopeNodes nodes) {
    nodes.add(0, 1, 1, 1);
    nodes.add(0, -1, 1, 1);
    return nodes;
  }

  /** From every zero of φ′ half the way to the next. */
  private SlopeNodes aroundZeros(SlopeNodes nodes) {
    nodes.cutAt(activation.hasKinksOffOrigin() ? activation.kinks() : new double[0]);
    double far = 2 * GaussianRule.REACH * sigma;
    double[] zero = Arrays.stream(turn).filter(x -> Math.abs(x) <= far).toArray();
    if (zero.length == 0) {
      return fromOrigin(nodes);
    }
    for (int i = 0; i < zero.length; i++) {
      boolean last = i == zero.length - 1;
      double above = last ? Double.POSITIVE_INFINITY : 0.5 * (zero[i + 1] - zero[i]);
      double below = i == 0 ? Double.POSITIVE_INFINITY : 0.5 * (zero[i] - zero[i - 1]);
      nodes.add(zero[i], 1, above, FINEST, 1);
      nodes.add(zero[i], -1, below, FINEST, 1);
    }
    return nodes;
  }
}
