package org.phasemap.theory.dual;

import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Hermite coefficients a_k = E φ(√q Z) He_k(Z)/√k! of a φ that has no kink but at 0, for sums over
 * pairs of inputs: E φ(u)φ(v) = Σ a_k(q_a) a_k(q_b) c^k (Mehler). Computed as far as the pairs ask
 * for them, and at most {@value #TERMS}; what comes behind is estimated.
 *
 * <p>All pairs of a layer share the coefficients. Quadrature for each pair, layer and cell would
 * cost more than the measurement.
 */
public final class HermiteSeries {
  static final int TERMS = 512;

  /** Beyond this the quadrature does not resolve φ around 0. */
  private static final double LARGEST_Q = 1e12;

  private static final double PRECISION = 1e-13;

  /** Shares of a sum that may be estimated; the estimates are good to a few per cent. */
  private static final double LARGEST_TAIL = 1e-3;

  private static final double LARGEST_SLOPE_TAIL = 0.05;
  private static final double[] NODE;
  private static final double[] WEIGHT;

  /** [k][i], He_k/√k! times the weight of z and of −z. */
  private static final double[][] WEIGHTED;

  static {
    double[] breaks = new double[46];
    for (int i = 1; i <= 20; i++) {
      breaks[i] = Math.scalb(1.0, i - 21); // 2⁻²⁰ to ½
    }
    for (int i = 21; i < breaks.length; i++) {
      breaks[i] = 0.5 * (i - 19);
    }
    GaussLegendre gauss = GaussLegendre.OF_24;
    int per = gauss.node.length;
    int n = per * (breaks.length - 1);
    NODE = new double[n];
    WEIGHT = new double[n];
    WEIGHTED = new double[TERMS][n];
    for (int i = 0; i < n; i++) {
      double half = 0.5 * (breaks[i / per + 1] - breaks[i / per]);
      double z = breaks[i / per] + half * (1 + gauss.node[i % per]);
      NODE[i] = z;
      WEIGHT[i] = 2 * half * gauss.weight[i % per] * Math.exp(-0.5 * z * z);
      WEIGHT[i] /= Math.sqrt(2 * Math.PI);
      double previous = 0;
      double current = WEIGHT[i];
      for (int k = 0; k < TERMS; k++) {
        WEIGHTED[k][i] = current;
        double next = (z * current - Math.sqrt(k) * previous) / Math.sqrt(k + 1.0);
        previous = current;
        current = next;
      }
    }
  }

  private final double q;
  private final double[] even = new double[NODE.length];
  private final double[] uneven = new double[NODE.length];
  private final double[] coefficient = new double[TERMS];

  /** Σ_{j > k} a_j². */
  private final double[] rest = new double[TERMS];

  /** Σ_{j > k} j a_j². */
  private final double[] slopeRest = new double[TERMS];

  /** E φ². */
  private final double square;

  /** q E φ′². */
  private final double slopeSquare;

  private int known;

  public HermiteSeries(Activation activation, double q) {
    this.q = q;
    double s = Math.sqrt(q);
    double sum = 0;
    for (int i = 0; i < NODE.length; i++) {
      double plus = activation.value(s * NODE[i]);
      double minus = activation.value(-s * NODE[i]);
      even[i] = 0.5 * (plus + minus);
      uneven[i] = 0.5 * (plus - minus);
      sum += WEIGHT[i] * (even[i] * even[i] + uneven[i] * uneven[i]);
    }
    square = sum;
    slopeSquare = q * new GaussianMoments(activation, q).derivativeSecondMoment();
  }

  /** Whether φ is smooth but at 0, and changes slowly enough there. */
  public static boolean covers(Activation activation, double q) {
    return !activation.hasKinksOffOrigin() && q > 0 && q < LARGEST_Q;
  }

  /** E φ(u)φ(v) at correlation c; NaN where too much lies behind the last term. */
  public static double product(HermiteSeries a, HermiteSeries b, double c) {
    double total = Math.sqrt(a.square * b.square);
    double sum = 0;
    double power = 1;
    for (int k = 0; k < TERMS; k++) {
      sum += a.coefficient(k) * b.coefficient(k) * power;
      power *= c;
      if (Math.sqrt(a.rest[k] * b.rest[k]) * Math.abs(power) <= PRECISION * total) {
        return sum;
      }
    }
    double tail = tail(a.rest, b.rest, c);
    return tail < LARGEST_TAIL * Math.abs(sum) ? sum + tail : Double.NaN;
  }

  /** E φ′(u)φ′(v) at correlation c; NaN where too much lies behind the last term. */
  public static double derivative(HermiteSeries a, HermiteSeries b, double c) {
    double total = Math.sqrt(a.slopeSquare * b.slopeSquare);
    double sum = 0;
    double power = 1;
    for (int k = 1; k < TERMS; k++) {
      sum += k * a.coefficient(k) * b.coefficient(k) * power;
      power *= c;
      if (Math.sqrt(a.slopeRest[k] * b.slopeRest[k]) * Math.abs(power) <= PRECISION * total) {
        return sum / Math.sqrt(a.q * b.q);
      }
    }
    double tail = tail(a.slopeRest, b.slopeRest, c);
    return tail < LARGEST_SLOPE_TAIL * Math.abs(sum)
        ? (sum + tail) / Math.sqrt(a.q * b.q)
        : Double.NaN;
  }

  /**
   * Σ over k ≥ K of a_k b_k c^k where terms fall as a power of k: that is known at c = 1, and its
   * exponent is read off the second half of the terms.
   */
  private static double tail(double[] restA, double[] restB, double c) {
    double last = Math.sqrt(restA[TERMS - 1] * restB[TERMS - 1]);
    double middle = Math.sqrt(restA[TERMS / 2 - 1] * restB[TERMS / 2 - 1]);
    double exponent = Math.log(middle / last) / Math.log(2);
    if (!(c > 0 && exponent > 0)) {
      return last > 0 ? Double.NaN : 0;
    }
    double decay = -TERMS * Math.log(c);
    return last
        * exponent
        * GaussLegendre.OF_24.integrate(
            u -> Math.pow(u, exponent - 1) * Math.exp(-decay / u), 0, 1);
  }

  /** a_k; afterwards {@code rest[k]} is known too. */
  private double coefficient(int k) {
    while (known <= k) {
      double[] part = known % 2 == 0 ? even : uneven;
      double[] weighted = WEIGHTED[known];
      double s0 = 0;
      double s1 = 0;
      for (int i = 0; i < part.length; i += 2) {
        s0 += weighted[i] * part[i];
        s1 += weighted[i + 1] * part[i + 1];
      }
      coefficient[known] = s0 + s1;
      double before = known == 0 ? square : rest[known - 1];
      double own = (s0 + s1) * (s0 + s1);
      rest[known] = Math.max(0, before - own);
      double slopeBefore = known == 0 ? slopeSquare : slopeRest[known - 1];
      slopeRest[known] = Math.max(0, slopeBefore - known * own);
      known++;
    }
    return coefficient[k];
  }
}
