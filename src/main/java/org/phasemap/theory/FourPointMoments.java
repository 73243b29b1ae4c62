package org.phasemap.theory;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;

/**
 * Gaussian expectations of products of φ and φ′ at up to four inputs of one variance and one
 * pairwise correlation: what the fluctuation of a finite layer is made of. Given a shared normal s
 * the inputs √q(√|c| s + √(1 − |c|) t_i) are independent, so two nested sums do. All entries are
 * averages over one discrete law, so that differences which vanish as c → 1 do so here too; each is
 * within 1e-3 of the Gaussian one, and within 1e-9 for analytic φ.
 *
 * @param phi2 E φ_a²
 * @param phi4 E φ_a⁴
 * @param phi2phi2 E φ_a²φ_b²
 * @param phi3phi E φ_a³φ_b
 * @param phi2phiphi E φ_a²φ_bφ_c
 * @param fourPhi E φ_aφ_bφ_cφ_d
 * @param product E φ_aφ_b
 * @param slopes E φ′_aφ′_b
 * @param growth dV/dq
 * @param bend E φ″_aφ_b
 * @param slope2 E φ′_a²
 * @param slope4 E φ′_a⁴
 * @param slope2slope2 E φ′_a²φ′_b²
 * @param slope2phi2 E φ′_a²φ_b²
 * @param slope2phi2Same E φ′_a²φ_a²
 */
record FourPointMoments(
    double phi2,
    double phi4,
    double phi2phi2,
    double phi3phi,
    double phi2phiphi,
    double fourPhi,
    double product,
    double slopes,
    double growth,
    double bend,
    double slope2,
    double slope4,
    double slope2slope2,
    double slope2phi2,
    double slope2phi2Same) {
  private static final double REACH = 7.5;
  private static final double STEP = 0.2;

  /** For c &lt; 0 the moments of three or more inputs, which cannot all be so, are 0. */
  static FourPointMoments of(Activation f, double q, double c) {
    boolean kinksOffOrigin = f.kind() == Activation.Kind.HARD_TANH;
    double step =
        kinksOffOrigin ? STEP / 4 : Math.max(STEP / 8, STEP / Math.max(1, Math.sqrt(q) / 2));
    int n = (int) Math.ceil(REACH / step);
    double shared = Math.sqrt(q * Math.abs(c));
    double own = Math.sqrt(q * (1 - Math.abs(c)));
    double[] sum = new double[15];
    for (int i = -n; i < n; i++) {
      double s = (i + 0.5) * step;
      double weight = step * Erf.normalDensity(s);
      double[] a = conditional(f, shared * s, own, step, n);
      double[] b = c < 0 ? conditional(f, -shared * s, own, step, n) : a;
      sum[0] += weight * a[PHI2];
      sum[1] += weight * a[PHI4];
      sum[2] += weight * a[PHI2] * b[PHI2];
      sum[3] += weight * a[PHI3] * b[PHI];
      sum[4] += weight * a[PHI2] * a[PHI] * a[PHI];
      sum[5] += weight * a[PHI] * a[PHI] * a[PHI] * a[PHI];
      sum[6] += weight * a[PHI] * b[PHI];
      sum[7] += weight * a[SLOPE] * b[SLOPE];
      sum[8] += weight * a[PHI_SLOPE_X];
      sum[9] += weight * a[SLOPE_X] * b[PHI];
      sum[10] += weight * a[SLOPE2];
      sum[11] += weight * a[SLOPE4];
      sum[12] += weight * a[SLOPE2] * b[SLOPE2];
      sum[13] += weight * a[SLOPE2] * b[PHI2];
      sum[14] += weight * a[SLOPE2_PHI2];
    }
    boolean many = c >= 0;
    return new FourPointMoments(
        sum[0],
        sum[1],
        sum[2],
        sum[3],
        many ? sum[4] : 0,
        many ? sum[5] : 0,
        sum[6],
        sum[7],
        sum[8] / q,
        // E u φ′(u)φ(v) = q(E φ″(u)φ(v) + c E φ′(u)φ′(v)) by Stein's lemma: no φ″ is needed.
        sum[9] / q - c * sum[7],
        sum[10],
        sum[11],
        sum[12],
        sum[13],
        sum[14]);
  }

  private static final int PHI = 0;
  private static final int PHI2 = 1;
  private static final int PHI3 = 2;
  private static final int PHI4 = 3;
  private static final int SLOPE = 4;
  private static final int SLOPE2 = 5;
  private static final int SLOPE4 = 6;
  private static final int SLOPE_X = 7;
  private static final int PHI_SLOPE_X = 8;
  private static final int SLOPE2_PHI2 = 9;

  /** Moments of one input given the shared normal. */
  private static double[] conditional(Activation f, double mean, double scale, double step, int n) {
    double[] out = new double[10];
    // Where the own part is below rounding the inputs are equal.
    double own = scale < 1e-9 * Math.abs(mean) ? 0 : scale;
    for (int j = own == 0 ? 0 : -n; j < (own == 0 ? 1 : n); j++) {
      double t = (j + 0.5) * step;
      double x = mean + own * t;
      double weight = own == 0 ? 1 : step * Erf.normalDensity(t);
      double value = f.value(x);
      double slope = f.derivative(x);
      double value2 = value * value;
      double slope2 = slope * slope;
      out[PHI] += weight * value;
      out[PHI2] += weight * value2;
      out[PHI3] += weight * value2 * value;
      out[PHI4] += weight * value2 * value2;
      out[SLOPE] += weight * slope;
      out[SLOPE2] += weight * slope2;
      out[SLOPE4] += weight * slope2 * slope2;
      out[SLOPE_X] += weight * slope * x;
      out[PHI_SLOPE_X] += weight * value * slope * x;
      out[SLOPE2_PHI2] += weight * slope2 * value2;
    }
    return out;
  }
}
