package org.phasemap.theory.architecture.attention;

/**
 * Moments of two softmax rows over T keys, whose logits for one key are N(0, v) with correlation ρ
 * and independent for different keys: as {@link SoftmaxRow}, with a double integral over ln t, ln
 * t′ and E exp(−te^s − t′e^{s′}) as an average over the part of s and s′ that is common. Relative
 * error 2e-9 at most over 540 points, but 1e-7 near ρ = −1 with v of 60 and more. A row alone is
 * cheap and better, but a deep network asks for hundreds of pairs, and two digits more take ten
 * times as long.
 *
 * @param overlap X₂ = E Σ_j A_ij A_kj
 * @param mixed E Σ_j A_ij² A_kj
 * @param squareOfOverlap E(Σ_j A_ij A_kj)²
 */
public record SoftmaxPair(double overlap, double mixed, double squareOfOverlap) {
  private static final int POWERS = 3;
  private static final int MEANS = 5;

  /** Where tables of values that lie between the steps of ln t are no smaller than all pairs. */
  private static final int FINEST = 48;

  /** Relative to integrals of about 1; what is left out of a tail e^x is as large. */
  private static final double NEGLIGIBLE = 1e-13;

  /** Of ln t and of the common part, in units of ln t: exp(−π²/step) is 1e-13. */
  private static final double FINEST_STEP = 1.0 / 3;

  /** −ln of what a step leaves. */
  private static final double EXPONENT = 33;

  /** Of the common part, in standard deviations: a normal density is 1e-13 of its largest there. */
  private static final double REACH = 7.75;

  /**
   * Of two rows.
   *
   * @param variance v
   * @param correlation ρ in [−1, 1]
   */
  public static SoftmaxPair of(int tokens, double variance, double correlation) {
    SoftmaxRow.checked(tokens, variance);
    if (tokens == 1) {
      return new SoftmaxPair(1, 1, 1);
    }
    double common = Math.sqrt(variance * Math.abs(correlation));
    if (common == 0) {
      return independent(tokens, variance);
    }
    return new Table(tokens, variance, common, correlation < 0).sum();
  }

  /** X₃ = E[X − 2Σ A_i²A_j + X²]: what the softmax's slope leaves of gradients that rows share. */
  public double slope() {
    return overlap - 2 * mixed + squareOfOverlap;
  }

  /** E A_j = 1/T given the other row; E A_i A_j of two keys of a row is (1 − P₂)/(T(T − 1)). */
  private static SoftmaxPair independent(int tokens, double variance) {
    double p = SoftmaxRow.of(tokens, variance).squares();
    double t = tokens;
    double others = (1 - p) * (1 - p) / (t * (t - 1));
    return new SoftmaxPair(1 / t, p / t, p * p / t + others);
  }

  /** Values of E u^k e^{−u} given the common part, at every ln t and every common part. */
  private static final class Table {
    private final int tokens;
    private final boolean mirrored;
    private final int points;
    private final int stride;
    private final double h;
    private final double[] weight;
    private final double[][] moments;

    Table(int tokens, double variance, double common, boolean mirrored) {
      this.tokens = tokens;
      this.mirrored = mirrored;
      double part = Math.max(0, variance - common * common);
      h = step(tokens, part);
      double[] ends = ends(tokens, variance, h);
      points = (int) Math.ceil((ends[1] - ends[0]) / h) + 1;
      int fine = (int) Math.max(1, Math.ceil(h / (LogExponential.WIDEST * common)));
      double step = h / fine / common;
      if (fine > FINEST) {
        step = LogExponential.WIDEST;
      }
      int half = (int) Math.ceil(REACH / step);
      weight = LogExponential.weights(half, step);
      stride = fine > FINEST ? weight.length : fine;
      moments = new double[POWERS][(points - 1) * stride + weight.length];
      LogExponential own = new LogExponential(part);
      double[] m = new double[POWERS];
      for (int entry = 0; entry < moments[0].length; entry++) {
        int point = fine > FINEST ? entry / stride : 0;
        double x = ends[0] + point * h + (entry - point * stride - half) * step * common;
        own.at(x, m);
        for (int k = 0; k < POWERS; k++) {
          moments[k][entry] = m[k];
        }
      }
    }

    /**
     * Normal parts that rows have of their own make integrands as smooth, but for the power that
     * looks at the largest of T: exp(−π²/h − 2π² v/h²) is left, with v less by (1 + ln T)², which
     * was found by trying.
     */
    private static double step(int tokens, double variance) {
      double largest = 1 + Math.log(tokens);
      double v = variance / (largest * largest);
      double half = Math.PI * Math.PI / (2 * EXPONENT);
      return Math.max(
          FINEST_STEP, half + Math.sqrt(half * half + 2 * Math.PI * Math.PI * v / EXPONENT));
    }

    /** Where a row's own integrand counts; that of two rows is below it. */
    private static double[] ends(int tokens, double variance, double step) {
      LogExponential law = new LogExponential(variance);
      double low = SoftmaxRow.low(tokens, variance);
      double high = SoftmaxRow.high(variance);
      double[] m = new double[2];
      double[] ends = {high, low};
      for (double x = low; x < high; x += step) {
        law.at(x, m);
        if (tokens * m[1] * Math.pow(m[0], Math.max(0, tokens - 2)) > NEGLIGIBLE) {
          ends[0] = Math.min(ends[0], x);
          ends[1] = Math.max(ends[1], x);
        }
      }
      return ends;
    }

    SoftmaxPair sum() {
      double overlap = 0;
      double mixed = 0;
      double square = 0;
      double[] means = new double[MEANS];
      for (int i = 0; i < points; i++) {
        for (int j = 0; j <= i; j++) {
          average(i * stride, j * stride, means);
          double both = means[0];
          if (both <= Double.MIN_NORMAL) {
            continue;
          }
          double times = (i == j ? 1 : 2) * tokens * Math.exp((tokens - 1) * Math.log(both));
          double ones = means[1];
          overlap += times * ones;
          mixed += 0.5 * times * (means[2] + means[3]);
          square += times * (means[4] + (tokens - 1) * ones * ones / both);
        }
      }
      double cell = h * h;
      return new SoftmaxPair(cell * overlap, cell * mixed, cell * square);
    }

    /** Over the common part, of powers 0 0, 1 1, 2 1, 1 2 and 2 2 of the two rows. */
    private void average(int a, int b, double[] means) {
      int last = weight.length - 1;
      double zeros = 0;
      double ones = 0;
      double twoOne = 0;
      double oneTwo = 0;
      double twos = 0;
      for (int g = 0; g <= last; g++) {
        int other = mirrored ? b + last - g : b + g;
        double one = weight[g] * moments[1][a + g];
        double two = weight[g] * moments[2][a + g];
        zeros += weight[g] * moments[0][a + g] * moments[0][other];
        ones += one * moments[1][other];
        twoOne += two * moments[1][other];
        oneTwo += one * moments[2][other];
        twos += two * moments[2][other];
      }
      means[0] = zeros;
      means[1] = ones;
      means[2] = twoOne;
      means[3] = oneTwo;
      means[4] = twos;
    }
  }
}
