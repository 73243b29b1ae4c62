package org.phasemap.theory.precision;

import org.phasemap.network.Erf;

/** Range of a floating-point format, and the depth at which signals leave it (IEEE 754). */
public enum FloatFormat {
  /** IEEE binary16. */
  FP16(-14, -24, 65504),
  /** bfloat16. */
  BF16(-126, -133, 0x1.FEp127),
  /** IEEE binary32; its largest number to the 8 digits of the standard's tables. */
  FP32(-126, -149, 3.4028235e38);

  private static final double LN_2 = Math.log(2);

  private final int minNormalExponent;
  private final int minSubnormalExponent;
  private final double largest;

  FloatFormat(int minNormalExponent, int minSubnormalExponent, double largest) {
    this.minNormalExponent = minNormalExponent;
    this.minSubnormalExponent = minSubnormalExponent;
    this.largest = largest;
  }

  /** Smallest positive normal number. */
  public double minNormal() {
    return Math.scalb(1.0, minNormalExponent);
  }

  /** Smallest positive number. */
  public double minSubnormal() {
    return Math.scalb(1.0, minSubnormalExponent);
  }

  /** Largest magnitude that rounds to 0: half the smallest number ties with 0, which is even. */
  public double largestFlushed() {
    return 0.5 * minSubnormal();
  }

  /** Largest finite number. */
  public double largest() {
    return largest;
  }

  /**
   * Depth, not rounded, at which the RMS signal of a homogeneous network falls to the smallest
   * normal number from 1: ln(min)/ln √χ, χ = σ_w²(1 + a²)/2 &lt; 1; infinite from χ = 1.
   */
  public double depthToMinNormal(double chi) {
    return depthTo(minNormalExponent * LN_2, chi);
  }

  /** The same to the smallest subnormal number, where everything is 0. */
  public double depthToMinSubnormal(double chi) {
    return depthTo(minSubnormalExponent * LN_2, chi);
  }

  /** First whole depth at which the RMS signal, growing by a factor per layer from 1, overflows. */
  public double overflowDepth(double factor) {
    return factor > 1
        ? Math.floor(Math.log(largest) / Math.log(factor)) + 1
        : Double.POSITIVE_INFINITY;
  }

  /** The smallest χ = σ_w²(1 + a²)/2 that keeps the RMS signal normal over L layers. */
  public double smallestChi(int depth) {
    return Math.exp(2 * minNormalExponent * LN_2 / depth);
  }

  /** P(|z| &lt; smallest normal), z ~ N(0, σ²). */
  public double fractionBelowNormal(double sigma) {
    return Erf.erf(minNormal() / (sigma * Math.sqrt(2)));
  }

  private static double depthTo(double lnTarget, double chi) {
    return chi < 1 ? lnTarget / (0.5 * Math.log(chi)) : Double.POSITIVE_INFINITY;
  }
}
