package org.phasemap.theory.architecture.norm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * The integrals of {@link ActivatedBatch} over z_i = spread · x_i of B units, x_i normal about a
 * shift: over t by the double exponential rule, over μ and k by equal steps, over x by pieces.
 */
final class ActivatedUnits {
  private static final GaussLegendre RULE = GaussLegendre.OF_12;
  private static final double REACH = 8;

  /** Widths of pieces: in x, in z, and in standard deviations of e^{−t(φ − μ)²}. */
  private static final double IN_X = 2;

  private static final double IN_Z = 2.5;
  private static final double IN_KERNEL = 5;
  private static final double NARROWEST = 1e-6;

  /** Standard deviations beyond which it is nothing. */
  private static final double FAR = 6.5;

  /** In standard deviations: of all μ, and of those that a batch leaves. */
  private static final double MU_REACH = 8;

  private static final double MU_STEP = 0.8;
  private static final double MU_OF_BATCH = 1.2;
  private static final double K_STEP = 0.9;
  private static final int MOST_K = 4000;

  private static final double T_STEP = 0.2;
  private static final double T_FROM = -3;
  private static final double T_TO = 4.2;

  /** Share of the integral that may be missed where the integrand is taken for a power of t. */
  private static final double CLOSE = 1e-5;

  /** In units of 1/(B Var φ). */
  private static final double LARGEST_T = 1e5;

  private static final double NEGLIGIBLE = 1e-8;

  /** Of Var φ by its mean square: values of φ are then known to six digits of their differences. */
  private static final double FLAT = 1e-20;

  /** Of Var φ: below, t leaves the range of doubles. */
  private static final double SMALLEST = 1e-250;

  /** Values of e^{−t(φ − μ)²}: less than ten seconds of work. */
  private static final double MOST_WORK = 3e8;

  /** What one point of a grid costs, which is sorted. */
  private static final double POINT = 10;

  /** Of points that are kept at once, 48 bytes each. */
  private static final double MOST_KEPT = 4e6;

  private static final String TOO_MUCH =
      "batch norm after an activation: its integrals take too long where pre-activations are this"
          + " large or this much alike";

  /** What was spent of {@link #MOST_WORK}, by all units of one value. */
  static final class Work {
    private double points;

    private void keep(double more) {
      OutsideDomainException.unless(more <= MOST_KEPT, TOO_MUCH);
    }

    private void spend(double more) {
      points += more;
      OutsideDomainException.unless(points <= MOST_WORK, TOO_MUCH);
    }
  }

  private final Activation activation;
  private final Work work;
  private final int batch;
  private final double spread;
  private final double shift;
  private final double mean;
  private final double variance;
  private double[] x = {};
  private double[] weight = {};
  private double[] value = {};
  private double[] slope = {};

  ActivatedUnits(Activation activation, int batch, double spread, double shift, Work work) {
    this.activation = activation;
    this.work = work;
    this.batch = batch;
    this.spread = spread;
    this.shift = shift;
    grid(0, 0);
    double first = 0;
    for (int i = 0; i < x.length; i++) {
      first += weight[i] * value[i];
    }
    double second = 0;
    for (int i = 0; i < x.length; i++) {
      second += weight[i] * (value[i] - first) * (value[i] - first);
    }
    mean = first;
    variance = second;
  }

  /** Whether φ is flat there, as far as float64 can tell. */
  boolean areConstant() {
    return variance <= Math.max(SMALLEST, FLAT * mean * mean);
  }

  /** Own and cross. */
  double[] ofIndependent() {
    return overT(0, 0);
  }

  /**
   * Of units with Σx nearly fixed.
   *
   * @param kVariance of the k that count where t is small
   * @param free how far Σx is from being fixed: 0 where it is, infinite where units are independent
   */
  double[] ofCorrelated(double kVariance, double free) {
    return overT(kVariance, free);
  }

  private double[] overT(double kVariance, double free) {
    double[] sum = new double[2];
    double power = -0.5 * (batch - 1);
    double[] last = {0, 0};
    double lastT = 0;
    int settled = 0;
    for (double u = T_FROM; u < T_TO; u += T_STEP) {
      double scaled = Math.exp(0.5 * Math.PI * Math.sinh(u));
      double t = scaled / (batch * variance);
      double dt = T_STEP * 0.5 * Math.PI * Math.cosh(u) * t;
      double[] now = new double[2];
      if (settled > 1) {
        double factor = Math.pow(t / lastT, power);
        now[0] = factor * last[0];
        now[1] = factor * last[1];
      } else {
        now = at(t, kVariance, free, new double[] {sum[0] / dt, sum[1] / dt});
        double local = Math.log(now[0] / last[0]) / Math.log(t / lastT);
        double rest = Math.abs(local - power) * now[0] * t;
        settled = scaled > 1 && rest < CLOSE * sum[0] ? settled + 1 : 0;
        settled = scaled > LARGEST_T ? 2 : settled;
      }
      sum[0] += dt * now[0];
      sum[1] += dt * now[1];
      if (scaled > 1
          && Math.abs(dt * now[0]) < NEGLIGIBLE * Math.abs(sum[0])
          && Math.abs(dt * now[1]) <= NEGLIGIBLE * Math.abs(sum[1])) {
        break;
      }
      last = now;
      lastT = t;
    }
    return sum;
  }

  /**
   * Both integrands.
   *
   * @param known what is small beside these does not matter
   */
  private double[] at(double t, double kVariance, double free, double[] known) {
    double width = Math.sqrt(1 / (2 * t * batch) + variance / batch);
    double step = Math.min(MU_STEP * width, MU_OF_BATCH / Math.sqrt(2 * t * batch));
    grid(t, MU_REACH * width);
    List<Kernel> kernels = new ArrayList<>();
    double points = 0;
    int half = (int) Math.ceil(MU_REACH * width / step);
    for (int i = -half; i <= half; i++) {
      Kernel next = kernel(t, mean + step * i);
      points += next.terms[0].length;
      work.keep(points);
      kernels.add(next);
    }
    double measure = step * Math.sqrt(t * batch / Math.PI);
    double own = 0.5 * (1 - 1.0 / batch) * (batch - 2) * t * measure;
    double[] least = {NEGLIGIBLE * known[0] / own, NEGLIGIBLE * Math.abs(known[1]) / measure};
    double[] sum = overK(t, kVariance, free, new Kernels(kernels, points), least);
    return new double[] {own * sum[0], measure * sum[1]};
  }

  private double[] overK(double t, double kVariance, double free, Kernels kernels, double[] least) {
    double step = K_STEP * Math.sqrt(kVariance);
    double measure = kVariance > 0 ? K_STEP / Math.sqrt(2 * Math.PI) : 1;
    double[] sum = new double[2];
    double[] cos = new double[x.length];
    double[] sin = new double[x.length];
    boolean isDone = false;
    for (int j = 0; !isDone; j++) {
      OutsideDomainException.unless(
          j < MOST_K, "batch norm after an activation: its integrals do not converge here");
      work.spend(kernels.points);
      double k = step * j;
      for (int i = 0; i < x.length; i++) {
        cos[i] = Math.cos(k * x[i]);
        sin[i] = Math.sin(k * x[i]);
      }
      double factor = (j == 0 ? 1 : 2) * measure * Math.exp(-0.5 * k * k * free);
      double[] sizes = new double[2];
      for (Kernel kernel : kernels.each) {
        double[] both = integrands(t, kernel, cos, sin);
        sum[0] += factor * both[0];
        sum[1] += factor * both[1];
        sizes[0] += factor * both[2];
        sizes[1] += factor * both[3];
      }
      isDone =
          kVariance == 0
              || (sizes[0] <= Math.max(least[0], NEGLIGIBLE * Math.abs(sum[0]))
                  && sizes[1] <= Math.max(least[1], NEGLIGIBLE * Math.abs(sum[1])));
    }
    return sum;
  }

  /**
   * e^{−t(φ − μ)²} where it is something.
   *
   * @param from the first x
   * @param terms of it and those that follow, times 1, φ′², φ′, φ′(φ − μ), φ − μ and its square
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  private record Kernel(int from, double[][] terms) {}

  /** At all μ. */
  private record Kernels(List<Kernel> each, double points) {}

  private Kernel kernel(double t, double mu) {
    double far = FAR / Math.sqrt(2 * t);
    int from = place(mu - far);
    double[][] terms = new double[6][place(mu + far) - from];
    for (int n = 0; n < terms[0].length; n++) {
      int i = from + n;
      double apart = value[i] - mu;
      double kernel = weight[i] * Math.exp(-t * apart * apart);
      terms[0][n] = kernel;
      terms[1][n] = kernel * slope[i] * slope[i];
      terms[2][n] = kernel * slope[i];
      terms[3][n] = kernel * slope[i] * apart;
      terms[4][n] = kernel * apart;
      terms[5][n] = kernel * apart * apart;
    }
    return new Kernel(from, terms);
  }

  /** How many values are below one. */
  private int place(double of) {
    int found = Arrays.binarySearch(value, of);
    return found < 0 ? -found - 1 : found;
  }

  /** Real parts of both integrands, and their sizes. */
  private double[] integrands(double t, Kernel kernel, double[] cos, double[] sin) {
    Complex[] a = new Complex[kernel.terms.length];
    for (int n = 0; n < a.length; n++) {
      double re = 0;
      double im = 0;
      double[] term = kernel.terms[n];
      for (int i = 0; i < term.length; i++) {
        re += term[i] * cos[kernel.from + i];
        im += term[i] * sin[kernel.from + i];
      }
      a[n] = new Complex(re, im);
    }
    Complex others = a[0].power(batch - 3);
    Complex pair = a[5].times(a[0]).minus(a[4].times(a[4])).times(2);
    Complex own = others.times(a[1]).times(pair);
    Complex both = a[2].times(a[2]).times(-0.5 / batch).minus(a[3].times(a[3]).times(t));
    Complex cross = others.times(a[0]).times(both);
    return new double[] {own.re, cross.re, own.size(), cross.size()};
  }

  /**
   * Points x and weights that resolve e^{−t(φ − μ)²} at all μ up to a distance from the mean of φ.
   */
  private void grid(double t, double distance) {
    double deviation = t > 0 ? 1 / Math.sqrt(2 * t) : Double.POSITIVE_INFINITY;
    double far = distance + FAR * deviation;
    List<double[]> pieces = new ArrayList<>();
    double from = shift - REACH;
    for (double kink : activation.kinks()) {
      double at = kink / spread;
      if (at > from && at < shift + REACH) {
        cut(from, at, deviation, far, pieces);
        from = at;
      }
    }
    cut(from, shift + REACH, deviation, far, pieces);
    List<double[]> points = new ArrayList<>();
    for (double[] piece : pieces) {
      double half = 0.5 * (piece[1] - piece[0]);
      for (int k = 0; k < RULE.node.length; k++) {
        double at = 0.5 * (piece[1] + piece[0]) + half * RULE.node[k];
        double share = half * RULE.weight[k] * Erf.normalDensity(at - shift);
        points.add(new double[] {activation.value(spread * at), at, share});
      }
    }
    work.spend(POINT * points.size());
    points.sort(Comparator.comparingDouble(point -> point[0]));
    value = points.stream().mapToDouble(point -> point[0]).toArray();
    x = points.stream().mapToDouble(point -> point[1]).toArray();
    weight = points.stream().mapToDouble(point -> point[2]).toArray();
    slope = Arrays.stream(x).map(at -> activation.derivative(spread * at)).toArray();
  }

  /** Halves a piece until φ is smooth on it, and within reach of a μ hardly moves. */
  private void cut(double from, double to, double deviation, double far, List<double[]> pieces) {
    double middle = 0.5 * (from + to);
    double a = activation.value(spread * from) - mean;
    double b = activation.value(spread * middle) - mean;
    double c = activation.value(spread * to) - mean;
    double least = Math.min(a, Math.min(b, c));
    double most = Math.max(a, Math.max(b, c));
    boolean isSeen = least < far && most > -far;
    boolean isWide = to - from > Math.min(IN_X, IN_Z / spread);
    if (to - from > NARROWEST && (isWide || (isSeen && most - least > IN_KERNEL * deviation))) {
      cut(from, middle, deviation, far, pieces);
      cut(middle, to, deviation, far, pieces);
    } else {
      work.keep(pieces.size());
      pieces.add(new double[] {from, to});
    }
  }

  private record Complex(double re, double im) {
    Complex times(Complex o) {
      return new Complex(re * o.re - im * o.im, re * o.im + im * o.re);
    }

    Complex times(double factor) {
      return new Complex(re * factor, im * factor);
    }

    Complex minus(Complex o) {
      return new Complex(re - o.re, im - o.im);
    }

    Complex power(int n) {
      double size = Math.pow(size(), n);
      double angle = n * Math.atan2(im, re);
      return new Complex(size * Math.cos(angle), size * Math.sin(angle));
    }

    double size() {
      return Math.hypot(re, im);
    }
  }
}
