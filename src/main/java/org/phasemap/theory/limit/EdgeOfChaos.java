package org.phasemap.theory.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.dual.OneSidedSlopes;
import org.phasemap.theory.gauss.Roots;

/**
 * The edge of chaos χ₁ = 1 (Poole et al. 2016; Hayou, Doucet and Rousseau 2019, §3): eliminating
 * σ_w² = 1/D(q) leaves one scalar equation q = V(q)/D(q) + σ_b².
 */
public final class EdgeOfChaos {
  private static final double SMALLEST_Q = 1e-8;
  private static final double LARGEST_Q = 1e4;
  private static final int SCAN = 240;

  /** What q − V/D may be off by, as a share of q. */
  private static final double ROUNDING = 1e-14;

  private EdgeOfChaos() {}

  /**
   * Every critical point at a bias variance, by ascending q*; empty when there is none, as for
   * softplus. Without bias, functions with φ(0) = 0 are critical at q* = 0 too ({@link
   * OneSidedSlopes}); homogeneous functions are critical at 2/(1 + a²) for any σ_b².
   *
   * @throws IllegalArgumentException for a σ_b² that is negative or not finite
   */
  public static List<CriticalPoint> points(Activation activation, double sigmaB2) {
    return curve(activation, new double[] {sigmaB2}).get(0);
  }

  /** {@link #points} for many bias variances at once; one scan of V/D serves them all. */
  public static List<List<CriticalPoint>> curve(Activation activation, double[] sigmaB2) {
    List<List<CriticalPoint>> curve = new ArrayList<>();
    double[] q = new double[SCAN];
    double[] bias = new double[SCAN];
    if (!activation.isHomogeneous()) {
      double ratio = Math.pow(LARGEST_Q / SMALLEST_Q, 1.0 / (SCAN - 1));
      for (int i = 0; i < SCAN; i++) {
        q[i] = SMALLEST_Q * Math.pow(ratio, i);
        bias[i] = criticalBias(activation, q[i]);
      }
    }
    for (double b : sigmaB2) {
      if (!(b >= 0 && b < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("sigma_b2 must be finite and >= 0: " + b);
      }
      curve.add(
          activation.isHomogeneous()
              ? List.of(homogeneous(activation, b))
              : scanned(activation, b, q, bias));
    }
    return curve;
  }

  /** The σ_b² for which q is a fixed point with χ₁ = 1: q − V/D; negative when there is none. */
  public static double criticalBias(Activation activation, double q) {
    GaussianMoments m = new GaussianMoments(activation, q);
    return q - m.secondMoment() / m.derivativeSecondMoment();
  }

  private static CriticalPoint homogeneous(Activation activation, double sigmaB2) {
    double a = activation.homogeneousSlope();
    return new CriticalPoint(2 / (1 + a * a), sigmaB2, Double.NaN, 1, Stability.NEUTRAL);
  }

  private static List<CriticalPoint> scanned(
      Activation activation, double sigmaB2, double[] q, double[] bias) {
    List<CriticalPoint> points = new ArrayList<>();
    double atZero = OneSidedSlopes.atZero(activation).criticalSigmaW2();
    if (sigmaB2 == 0 && OneSidedSlopes.isFixed(activation) && Double.isFinite(atZero)) {
      points.add(new CriticalPoint(atZero, 0, 0, 1, Stability.atCriticality(activation)));
    }
    DoubleUnaryOperator excess = x -> criticalBias(activation, x) - sigmaB2;
    int last = -1;
    for (int i = 0; i < q.length; i++) {
      if (Math.abs(bias[i] - sigmaB2) <= ROUNDING * q[i]) {
        continue;
      }
      int before = last;
      last = i;
      if (before < 0 || bias[before] > sigmaB2 == bias[i] > sigmaB2) {
        continue;
      }
      double root = Roots.brent(excess, q[before], q[i]);
      points.add(CriticalPoint.at(new GaussianMoments(activation, root), sigmaB2));
    }
    return points;
  }
}
