package org.phasemap.theory.width.moment;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.NormalRule;

/**
 * Gaussian expectations of products of φ and φ′ at up to four inputs of one variance and one
 * pairwise correlation: what the fluctuation of a finite layer is made of. Given a shared normal s
 * the inputs √q(√|c| s + √(1 − |c|) t_i) are independent, so two nested sums do. All entries are
 * averages over one discrete law, so that differences which vanish as c → 1 do so here too. Each is
 * within 1e-3 of the Gaussian one, as a share of what it would be for equal inputs, for q from 1e-6
 * to 1e6.
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
 * @param bends E φ″_aφ″_b
 * @param thirdSlope E φ‴_aφ′_b
 * @param fourthPhi E φ⁗_aφ_b
 */
public record FourPointMoments(
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
    double slope2phi2Same,
    double bends,
    double thirdSlope,
    double fourthPhi) {
  /** Above this a rectifier is its own homogeneous limit to 1e-3. */
  private static final double RECTIFIED = 1e7;

  /** The variance from which the phase of sin is uniform to 1e-20. */
  private static final double UNIFORM_PHASE = 25;

  /**
   * For c &lt; 0 the moments of three or more inputs, which cannot all be so, are 0. At c = ±1 the
   * last three, which may then be infinite, are NaN.
   */
  public static FourPointMoments of(Activation f, double q, double c) {
    if (f.isHomogeneous()) {
      return sums(f, 1, c).scaled(q, 1);
    }
    if (q > RECTIFIED && f.isRectifier()) {
      return sums(Activations.RELU, 1, c).scaled(q, f.derivative(Double.MAX_VALUE));
    }
    if (f.tail() == Tail.WAVE && q > UNIFORM_PHASE) {
      double apart = Math.min(1, q / UNIFORM_PHASE * (1 - Math.abs(c)));
      return sums(f, UNIFORM_PHASE, Math.copySign(1 - apart, c));
    }
    return sums(f, q, c);
  }

  /** Whether neither the variance nor the slopes of φ bend at q, to 1e-3. */
  static boolean isScaleFree(Activation f, double q) {
    return f.isHomogeneous()
        || (q > RECTIFIED && f.isRectifier())
        || (q > UNIFORM_PHASE && f.tail() == Tail.WAVE);
  }

  /** Of s φ at variance q, from a homogeneous φ's at 1. */
  FourPointMoments scaled(double q, double s) {
    double two = s * s;
    double four = two * two;
    return new FourPointMoments(
        two * q * phi2,
        four * q * q * phi4,
        four * q * q * phi2phi2,
        four * q * q * phi3phi,
        four * q * q * phi2phiphi,
        four * q * q * fourPhi,
        two * q * product,
        two * slopes,
        two * growth,
        two * bend,
        two * slope2,
        four * slope4,
        four * slope2slope2,
        four * q * slope2phi2,
        four * q * slope2phi2Same,
        two / q * bends,
        two / q * thirdSlope,
        two / q * fourthPhi);
  }

  /** a times this and b times another. */
  FourPointMoments weighed(double a, FourPointMoments o, double b) {
    return new FourPointMoments(
        a * phi2 + b * o.phi2,
        a * phi4 + b * o.phi4,
        a * phi2phi2 + b * o.phi2phi2,
        a * phi3phi + b * o.phi3phi,
        a * phi2phiphi + b * o.phi2phiphi,
        a * fourPhi + b * o.fourPhi,
        a * product + b * o.product,
        a * slopes + b * o.slopes,
        a * growth + b * o.growth,
        a * bend + b * o.bend,
        a * slope2 + b * o.slope2,
        a * slope4 + b * o.slope4,
        a * slope2slope2 + b * o.slope2slope2,
        a * slope2phi2 + b * o.slope2phi2,
        a * slope2phi2Same + b * o.slope2phi2Same,
        a * bends + b * o.bends,
        a * thirdSlope + b * o.thirdSlope,
        a * fourthPhi + b * o.fourthPhi);
  }

  /** These with another dV/dq. */
  FourPointMoments growing(double other) {
    return new FourPointMoments(
        phi2,
        phi4,
        phi2phi2,
        phi3phi,
        phi2phiphi,
        fourPhi,
        product,
        slopes,
        other,
        bend,
        slope2,
        slope4,
        slope2slope2,
        slope2phi2,
        slope2phi2Same,
        bends,
        thirdSlope,
        fourthPhi);
  }

  private static FourPointMoments sums(Activation f, double q, double c) {
    double shared = Math.sqrt(q * Math.abs(c));
    double own = Math.sqrt(q * (1 - Math.abs(c)));
    NormalRule rule = NormalRule.ofSmoothed(f, shared, own);
    ConditionalMoments[] given = ConditionalMoments.of(f, rule, shared, own);
    double[] sum = new double[18];
    for (int i = 0; i < rule.size(); i++) {
      double weight = rule.weight[i];
      ConditionalMoments a = given[i];
      ConditionalMoments b = c < 0 ? given[rule.size() - 1 - i] : a;
      sum[0] += weight * a.phi2();
      sum[1] += weight * a.phi4();
      sum[2] += weight * a.phi2() * b.phi2();
      sum[3] += weight * a.phi3() * b.phi();
      sum[4] += weight * a.phi2() * a.phi() * a.phi();
      sum[5] += weight * a.phi() * a.phi() * a.phi() * a.phi();
      sum[6] += weight * a.phi() * b.phi();
      sum[7] += weight * a.slope() * b.slope();
      sum[8] += weight * a.phiSlopeX();
      sum[9] += weight * a.slopeX() * b.phi();
      sum[10] += weight * a.slope2();
      sum[11] += weight * a.slope4();
      sum[12] += weight * a.slope2() * b.slope2();
      sum[13] += weight * a.slope2() * b.phi2();
      sum[14] += weight * a.slope2phi2();
      sum[15] += weight * a.bend() * b.bend();
      sum[16] += weight * a.bendX() * b.slope();
      sum[17] += weight * a.bendX2() * b.phi();
    }
    boolean many = c >= 0;
    // Stein's lemma, E u g(u)h(v) = q(E g′(u)h(v) + c E g(u)h′(v)), saves every derivative of φ but
    // the first.
    double bend = sum[9] / q - c * sum[7];
    double thirdSlope = sum[16] / q - c * sum[15];
    double thirdX = sum[17] / q - c * sum[16] - bend;
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
        bend,
        sum[10],
        sum[11],
        sum[12],
        sum[13],
        sum[14],
        sum[15],
        thirdSlope,
        thirdX / q - c * thirdSlope);
  }
}
