package org.phasemap.theory.dual;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Exponentials;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * Dual of ELU and SELU, s(x⁺ + α(exp(min(x, 0)) − 1)): by quadrant where u and v are apart, else by
 * their difference. With R = v − u and S = u + v, independent of variances ρ² = 2q(1 − c) and σ² =
 * 2q(1 + c), the sector u, v &lt; 0 is a single integral over R of a scaled complementary error
 * function, and u &lt; 0 &lt; v a small smooth double one; every term is positive.
 */
final class ExponentialLinearDual implements DualActivation {
  private static final double REACH = 9.5;

  /** E (u − v)² from which E φφ is as exact as the differences. */
  private static final double APART = 1;

  private static final double[] NO_KINKS = {};
  private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

  private final Activation activation;
  private final double q;
  private final double scale;
  private final double alpha;
  private Values last = new Values(Double.NaN, 0, 0);

  /** Both answers at one 1 − c: they share every exponential, and callers ask for both. */
  private record Values(double oneMinusC, double deficit, double derivative) {}

  ExponentialLinearDual(Activation activation, double q) {
    this.activation = activation;
    this.q = q;
    scale = activation.derivative(1);
    alpha = activation.derivative(-Double.MIN_VALUE) / scale;
  }

  @Override
  public double secondMoment() {
    return new GaussianMoments(activation, q).secondMoment();
  }

  @Override
  public double deficit(double oneMinusC) {
    return isOpposite(oneMinusC)
        ? new PolarDual(activation, q).deficit(oneMinusC)
        : values(oneMinusC).deficit();
  }

  @Override
  public double derivative(double oneMinusC) {
    return isOpposite(oneMinusC)
        ? new PolarDual(activation, q).derivative(oneMinusC)
        : values(oneMinusC).derivative();
  }

  /** Whether c &lt; 0 at a q where neither of the other ways has all digits. */
  private boolean isOpposite(double oneMinusC) {
    return oneMinusC > 1 && 2 * q * oneMinusC <= APART;
  }

  private Values values(double oneMinusC) {
    Values known = last;
    if (known.oneMinusC() != oneMinusC) {
      boolean apart = 2 * q * oneMinusC > APART;
      known = apart ? byQuadrant(oneMinusC) : byDifference(oneMinusC);
      last = known;
    }
    return known;
  }

  /** From E φφ, where u and v are so far apart that differences do not cancel. */
  private Values byQuadrant(double oneMinusC) {
    HomogeneousDual relu = new HomogeneousDual(0, 1, q);
    ExponentialQuadrants.Averages e = new ExponentialQuadrants(q, oneMinusC).averages();
    double bothBelow = relu.derivative(oneMinusC);
    double reluOnly = 0.5 * Math.sqrt(q / (2 * Math.PI)) * oneMinusC;
    double square = alpha * alpha * ExponentialQuadrants.halfSquareOfExpm1(q);
    double product =
        2 * alpha * (e.ramp() - reluOnly) + alpha * alpha * (e.both() - 2 * e.beside() + bothBelow);
    double deficit = relu.deficit(oneMinusC) + square - product;
    double derivative = bothBelow + 2 * alpha * e.across() + alpha * alpha * e.both();
    return new Values(oneMinusC, scale * scale * deficit, scale * scale * derivative);
  }

  private Values byDifference(double oneMinusC) {
    double theta = HomogeneousDual.angle(oneMinusC);
    double rho = Math.sqrt(2 * q * oneMinusC);
    double sigma = Math.sqrt(2 * q * (2 - oneMinusC));
    HomogeneousDual relu = new HomogeneousDual(0, 1, q);
    double deficit = relu.deficit(oneMinusC) - mixedRelu(theta);
    double derivative = (Math.PI - theta) / (2 * Math.PI);

    double[] breaks = GaussianRule.breaks(NO_KINKS, Math.min(8 / rho, 1e6), REACH);
    GaussLegendre gauss = GaussLegendre.OF_12;
    for (int piece = 0; piece + 1 < breaks.length; piece++) {
      double half = 0.5 * (breaks[piece + 1] - breaks[piece]);
      double middle = 0.5 * (breaks[piece + 1] + breaks[piece]);
      for (int i = 0; i < gauss.node.length; i++) {
        double y = middle + half * gauss.node[i];
        double weight = half * gauss.weight[i] * INV_SQRT_2PI * Math.exp(-0.5 * y * y);
        double r = rho * y;
        double below =
            alpha
                * alpha
                * Math.exp(-0.5 * r * r / (sigma * sigma))
                * Erf.erfcx((r + sigma * sigma) / (sigma * Math.sqrt(2)));
        double loss = Exponentials.expm1(-r);
        deficit += weight * 0.5 * loss * loss * below;
        derivative += weight * (1 + loss) * below;
        double[] across = across(r, sigma);
        deficit += weight * across[0];
        derivative += weight * across[1];
      }
    }
    return new Values(oneMinusC, scale * scale * deficit, scale * scale * derivative);
  }

  /**
   * ∫ over u in (−r, 0), v = r + u, of (v − α expm1(u))² and 2α exp(u) under the law of S = 2u + r;
   * twice the density of R is in the factor 2 of dS = 2 du.
   */
  private double[] across(double r, double sigma) {
    double squares = 0;
    double slopes = 0;
    double width = Math.min(3, sigma);
    double from = 0;
    GaussLegendre gauss = GaussLegendre.OF_12;
    while (from < r) {
      double to = Math.min(r, from + width);
      double half = 0.5 * (to - from);
      double middle = 0.5 * (to + from);
      for (int i = 0; i < gauss.node.length; i++) {
        double u = -(middle + half * gauss.node[i]);
        double s = (r + 2 * u) / sigma;
        double weight = half * gauss.weight[i] * Math.exp(-0.5 * s * s);
        double drop = Exponentials.expm1(u);
        double jump = r + u - alpha * drop;
        squares += weight * jump * jump;
        slopes += weight * (1 + drop);
      }
      from = to;
      width = Math.min(2 * width, sigma);
    }
    double density = 2 * INV_SQRT_2PI / sigma;
    return new double[] {density * squares, density * 2 * alpha * slopes};
  }

  /** E[v²; u &lt; 0 &lt; v], which the ReLU's deficit counts and {@link #across} counts again. */
  private double mixedRelu(double theta) {
    double x = 2 * theta;
    double x2 = x * x;
    double xMinusSine =
        x < 0.1 ? x * x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72))) : x - Math.sin(x);
    return q * xMinusSine / (4 * Math.PI);
  }
}
