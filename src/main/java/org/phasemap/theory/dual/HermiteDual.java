package org.phasemap.theory.dual;

import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.HermiteTable;

/**
 * Dual of an analytic φ by its Hermite coefficients a_k = E φ(√q Z) He_k(Z)/√k!: E φ(u)φ(v) = Σ
 * a_k² c^k (Mehler; Daniely, Frostig and Singer 2016, lemma 11). All terms are positive, so 1 − c
 * stays exact however small. Coefficients are computed only as far as c asks for them.
 */
public final class HermiteDual implements DualActivation {
  private final double q;
  private final boolean odd;
  private final int limit;
  private final HermiteTable table;
  private final double[] even;
  private final double[] uneven;
  private final double[] coefficient;
  private final double secondMoment;

  /** V − a₀², summed as a variance so that a large mean costs no digits. */
  private final double variance;

  private int known;

  HermiteDual(Activation activation, double q) {
    this.q = q;
    double strip = activation.halfStrip() / Math.sqrt(q);
    odd = activation.isOdd();
    table = HermiteTable.forStrip(strip);
    limit = (int) Math.min(table.weighted.length, Math.max(40, HermiteTable.termsFor(strip)));
    coefficient = new double[limit];
    int n = table.node.length;
    even = new double[n];
    uneven = new double[n];
    double s = Math.sqrt(q);
    for (int i = 0; i < n; i++) {
      double plus = activation.value(s * table.node[i]);
      double minus = odd ? -plus : activation.value(-s * table.node[i]);
      even[i] = 0.5 * (plus + minus);
      uneven[i] = 0.5 * (plus - minus);
    }
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double deviation = even[i] - mean;
      sum += table.weight[i] * (deviation * deviation + uneven[i] * uneven[i]);
    }
    variance = sum;
    secondMoment = variance + mean * mean;
  }

  static boolean covers(Activation activation, double q) {
    double strip = activation.halfStrip();
    return strip > 0 && HermiteTable.covers(strip / Math.sqrt(q));
  }

  /** E φ, the zeroth coefficient. */
  public double mean() {
    return odd ? 0 : dot(table.weighted[0], even);
  }

  @Override
  public double secondMoment() {
    return secondMoment;
  }

  @Override
  public double deficit(double oneMinusC) {
    double rest = variance;
    double sum = 0;
    double lost = 0;
    for (int k = 1; k < limit; k++) {
      lost += (1 - lost) * oneMinusC;
      double square = coefficientSquare(k);
      sum += square * lost;
      rest -= square;
      double kept = Math.abs(1 - lost);
      if (rest * kept <= 1e-17 * sum && kept < 0.5) {
        return sum + Math.max(rest, 0);
      }
    }
    return sum;
  }

  @Override
  public double derivative(double oneMinusC) {
    double rest = variance;
    double c = 1 - oneMinusC;
    double power = 1;
    double sum = 0;
    for (int k = 1; k < limit; k++) {
      double square = coefficientSquare(k);
      sum += k * square * power;
      rest -= square;
      power *= c;
      double size = Math.abs(power);
      if (size < 0.5 && size * k * Math.max(rest, 1e-16 * secondMoment) <= 1e-17 * Math.abs(sum)) {
        break;
      }
    }
    return sum / q;
  }

  /** Number of coefficients that matter. */
  int terms() {
    return limit;
  }

  /** a_k. */
  double coefficient(int k) {
    if (odd && k % 2 == 0) {
      return 0;
    }
    while (known <= k) {
      double[] half = known % 2 == 0 ? even : uneven;
      coefficient[known] = odd && known % 2 == 0 ? 0 : dot(table.weighted[known], half);
      known++;
    }
    return coefficient[k];
  }

  private double coefficientSquare(int k) {
    double a = coefficient(k);
    return a * a;
  }

  /** Four sums, so that additions overlap. */
  private static double dot(double[] a, double[] b) {
    int n = a.length;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
