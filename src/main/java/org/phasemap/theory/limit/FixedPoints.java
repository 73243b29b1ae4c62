package org.phasemap.theory.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.dual.OneSidedSlopes;
import org.phasemap.theory.gauss.Roots;

/** Fixed points of the variance map q → σ_w² V(q) + σ_b², attracting and repelling. */
public final class FixedPoints {
  private static final double SMALLEST_Q = 1e-10;
  private static final double LARGEST_Q = 1e8;

  /** Here an unbounded φ is homogeneous enough for the sign of q′ − q to be final. */
  private static final double ASYMPTOTIC = 1e6;

  private static final int SCAN = 320;
  private static final int MAX_STEPS = 500;

  /** A map that misses the diagonal by less than this share of q touches it: σ² has 8 digits. */
  private static final double TOUCH = 1e-8;

  /** What a map's value may be off by, as a share of q. */
  private static final double ROUNDING = 2e-15;

  private static final double[] SCANNED = scanned();

  /** V at {@link #SCANNED}, of the activations that need it. */
  private static final Map<Activation, double[]> MOMENTS = new ConcurrentHashMap<>();

  private FixedPoints() {}

  private static double[] scanned() {
    double[] q = new double[SCAN];
    double ratio = Math.pow(LARGEST_Q / SMALLEST_Q, 1.0 / (SCAN - 1));
    for (int i = 0; i < SCAN; i++) {
      q[i] = SMALLEST_Q * Math.pow(ratio, i);
    }
    return q;
  }

  private static double[] secondMoments(Activation activation) {
    return Arrays.stream(SCANNED)
        .map(q -> new GaussianMoments(activation, q).secondMoment())
        .toArray();
  }

  /**
   * Every fixed point with q* in {0} ∪ [1e-10, 1e8], ascending, those where the map only touches
   * the diagonal included. Empty for homogeneous functions where every q is fixed.
   */
  public static List<FixedPoint> all(LayerLaw law) {
    List<FixedPoint> found = new ArrayList<>();
    if (isFixedAtZero(law)) {
      found.add(FixedPoint.at(law, 0));
    }
    if (law.activation().isHomogeneous()) {
      double chi = LayerStatistics.of(law, 1).chi1();
      if (law.sigmaB2() > 0 && chi < 1) {
        found.add(FixedPoint.at(law, law.sigmaB2() / (1 - chi)));
      }
      return chi == 1 ? List.of() : found;
    }
    if (law.activation().hasOneAttractor()) {
      attractor(law, 1).filter(p -> p.q() > 0).ifPresent(found::add);
      return found;
    }
    DoubleUnaryOperator excess = q -> SignalMaps.nextQ(law, q) - q;
    double[] q = SCANNED;
    double[] moment = MOMENTS.computeIfAbsent(law.activation(), FixedPoints::secondMoments);
    double[] h = new double[SCAN];
    int last = -1;
    for (int i = 0; i < SCAN; i++) {
      h[i] = law.sigmaW2() * moment[i] + law.sigmaB2() - q[i];
      if (Math.abs(h[i]) <= ROUNDING * q[i]) {
        continue;
      }
      if (last >= 0 && h[last] > 0 != h[i] > 0) {
        found.add(FixedPoint.at(law, Roots.brent(excess, q[last], q[i])));
      } else if (i >= 2 && dips(h[i - 2] / q[i - 2], h[i - 1] / q[i - 1], h[i] / q[i])) {
        found.addAll(pair(law, q[i - 2], q[i]));
      }
      last = i;
    }
    return withoutTouchingPairs(law, found);
  }

  private static boolean isFixedAtZero(LayerLaw law) {
    return SignalMaps.nextQ(law, 0) == 0;
  }

  /** Whether signals die out from everywhere, because V(q)/q is largest at 0 and σ_w² too small. */
  private static boolean diesOut(LayerLaw law) {
    double slope = law.sigmaW2() * OneSidedSlopes.atZero(law.activation()).meanSquareSlope();
    return isFixedAtZero(law)
        && law.activation().hasOneAttractor()
        && (slope < 1 || FixedPoint.isOne(slope));
  }

  /** Whether q′ &gt; q for all large q, but for what σ_b² has to outweigh. */
  private static boolean growsAtLarge(LayerLaw law) {
    return law.activation().isRectifier()
        && law.sigmaW2() * OneSidedSlopes.atInfinity(law.activation()).meanSquareSlope() >= 1;
  }

  /**
   * The fixed point that q flows to from q0 &gt; 0; empty where it diverges.
   *
   * <p>Newton's method on σ_w² V + σ_b² − q, in steps that stop at every change of sign; the map is
   * monotone, so no fixed point is passed.
   */
  public static Optional<FixedPoint> attractor(LayerLaw law, double q0) {
    if (law.activation().isHomogeneous()) {
      return homogeneousAttractor(law, q0);
    }
    if (diesOut(law)) {
      return Optional.of(FixedPoint.at(law, 0));
    }
    boolean grows = growsAtLarge(law);
    if (grows && law.activation().hasOneAttractor()) {
      return Optional.empty();
    }
    DoubleUnaryOperator excess = x -> SignalMaps.nextQ(law, x) - x;
    double q = q0;
    SignalMaps.Tangent map = SignalMaps.tangent(law, q);
    double h = map.value() - q;
    boolean vanishes = isFixedAtZero(law) && FixedPoint.at(law, 0).stable();
    for (int i = 0; i < MAX_STEPS; i++) {
      if (Math.abs(h) <= ROUNDING * q / 4) {
        return Optional.of(FixedPoint.at(law, q));
      }
      if (!Double.isFinite(h) || (grows && h > 0 && q > ASYMPTOTIC)) {
        return Optional.empty();
      }
      if (vanishes && q < SMALLEST_Q) {
        return Optional.of(FixedPoint.at(law, 0));
      }
      double slope = map.slope();
      if (Math.abs(h) <= TOUCH * q && Math.abs(slope - 1) < 1e-3) {
        Optional<FixedPoint> touching = touching(law, q * 0.9, q * 1.1);
        if (touching.isPresent()) {
          return touching;
        }
      }
      double next = slope < 1 ? q + h / (1 - slope) : stride(q, h);
      next = Math.max(q / 4, Math.min(4 * q, next));
      map = SignalMaps.tangent(law, next);
      double nextH = map.value() - next;
      if (next == q) {
        return Optional.of(FixedPoint.at(law, q));
      }
      if (nextH > 0 != h > 0) {
        double root = nextH == 0 ? next : bracketed(excess, q, h, next, nextH);
        return Optional.of(FixedPoint.at(law, root));
      }
      q = next;
      h = nextH;
    }
    return Optional.empty();
  }

  /** A step where Newton's points the wrong way, short where fixed points may come in pairs. */
  private static double stride(double q, double h) {
    double factor = q < 100 ? 1.3 : 4;
    return h > 0 ? q * factor : q / factor;
  }

  private static double bracketed(DoubleUnaryOperator f, double a, double fa, double b, double fb) {
    return Math.abs(fb) <= ROUNDING * b
        ? b
        : Math.abs(fa) <= ROUNDING * a ? a : Roots.brent(f, a, b);
  }

  private static Optional<FixedPoint> homogeneousAttractor(LayerLaw law, double q0) {
    double chi = LayerStatistics.of(law, 1).chi1();
    if (chi == 1 && law.sigmaB2() == 0) {
      return Optional.of(new FixedPoint(q0, 1, 1, Stability.NEUTRAL));
    }
    return chi < 1
        ? Optional.of(new FixedPoint(law.sigmaB2() / (1 - chi), chi, chi, Stability.ATTRACTING))
        : Optional.empty();
  }

  private static boolean dips(double before, double at, double after) {
    return Math.abs(at) < 0.2
        && before > 0 == at > 0
        && Math.abs(at) <= Math.abs(before)
        && Math.abs(at) <= Math.abs(after);
  }

  /** Where the distance from the diagonal is least between two points: no root, one or two. */
  private static List<FixedPoint> pair(LayerLaw law, double from, double to) {
    Optional<FixedPoint> touching = touching(law, from, to);
    if (touching.isPresent()) {
      return List.of(touching.get());
    }
    DoubleUnaryOperator excess = q -> SignalMaps.nextQ(law, q) - q;
    OptionalDouble parallel = parallel(law, from, to);
    if (parallel.isEmpty()
        || excess.applyAsDouble(parallel.getAsDouble()) > 0 == excess.applyAsDouble(from) > 0) {
      return List.of();
    }
    double middle = parallel.getAsDouble();
    return List.of(
        FixedPoint.at(law, Roots.brent(excess, from, middle)),
        FixedPoint.at(law, Roots.brent(excess, middle, to)));
  }

  /** Two roots between which the map only touches the diagonal are one. */
  private static List<FixedPoint> withoutTouchingPairs(LayerLaw law, List<FixedPoint> found) {
    List<FixedPoint> merged = new ArrayList<>();
    for (FixedPoint p : found) {
      FixedPoint before = merged.isEmpty() ? p : merged.get(merged.size() - 1);
      Optional<FixedPoint> touching =
          before.q() > 0 && before.q() < p.q() && p.q() < 1.1 * before.q()
              ? touching(law, before.q(), p.q())
              : Optional.empty();
      if (touching.isPresent()) {
        merged.set(merged.size() - 1, touching.get());
      } else {
        merged.add(p);
      }
    }
    return merged;
  }

  /** The point between two others where the map runs parallel to the diagonal, if it touches it. */
  private static Optional<FixedPoint> touching(LayerLaw law, double from, double to) {
    OptionalDouble parallel = parallel(law, from, to);
    if (parallel.isEmpty()) {
      return Optional.empty();
    }
    double q = parallel.getAsDouble();
    double miss = SignalMaps.nextQ(law, q) - q;
    return Math.abs(miss) <= TOUCH * q ? Optional.of(FixedPoint.at(law, q)) : Optional.empty();
  }

  private static OptionalDouble parallel(LayerLaw law, double from, double to) {
    DoubleUnaryOperator tilt = q -> SignalMaps.slope(law, q) - 1;
    return tilt.applyAsDouble(from) > 0 == tilt.applyAsDouble(to) > 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Roots.brent(tilt, from, to));
  }
}
