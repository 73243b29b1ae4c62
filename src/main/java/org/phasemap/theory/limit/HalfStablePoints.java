package org.phasemap.theory.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.gauss.Roots;

/**
 * Points with χ₁ = χ_q = 1, where q* &gt; 0 attracts from one side (Roberts, Yaida and Hanin 2022,
 * §5.3.4): the ends of the stable part of an edge of chaos.
 */
public final class HalfStablePoints {
  private static final double SMALLEST_Q = 1e-3;
  private static final double LARGEST_Q = 1e4;
  private static final int SCAN = 200;

  /** χ_q/χ₁ − 1 below this is no sign: hard tanh is linear to rounding at small q. */
  private static final double ROUNDING = 1e-10;

  private HalfStablePoints() {}

  /** Every half-stable point with q* in [1e-3, 1e4] and σ_b² ≥ 0, by ascending q*. */
  public static List<CriticalPoint> of(Activation activation) {
    List<CriticalPoint> points = new ArrayList<>();
    if (activation.isHomogeneous()) {
      return points;
    }
    DoubleUnaryOperator tilt =
        q -> {
          GaussianMoments m = new GaussianMoments(activation, q);
          return m.secondMomentSlope() / m.derivativeSecondMoment() - 1;
        };
    double ratio = Math.pow(LARGEST_Q / SMALLEST_Q, 1.0 / (SCAN - 1));
    double before = 0;
    double lastQ = 0;
    for (int i = 0; i < SCAN; i++) {
      double q = SMALLEST_Q * Math.pow(ratio, i);
      double at = tilt.applyAsDouble(q);
      if (Math.abs(at) < ROUNDING) {
        continue;
      }
      if (before > 0 != at > 0 && lastQ > 0) {
        double root = Roots.brent(tilt, lastQ, q);
        double sigmaB2 = EdgeOfChaos.criticalBias(activation, root);
        if (sigmaB2 >= 0) {
          points.add(CriticalPoint.at(new GaussianMoments(activation, root), sigmaB2));
        }
      }
      before = at;
      lastQ = q;
    }
    return points;
  }
}
