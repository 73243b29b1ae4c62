package org.phasemap.theory.dual;

import java.util.function.DoubleBinaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Dual of an analytic φ that is a {@link SmoothStep} g but for a ψ close to 0, fast at any q that
 * is not small. E φφ = E gg + 2 E gψ + E ψψ: the first is closed, the second a sum over the places
 * of ψ, because E g(v) given u is closed, and the third a sum over a lattice. With R = u − v and M
 * = (u + v)/2, independent of variances 2q(1 − c) and q(1 + c)/2, the trapezoidal rule has all
 * digits in both (Trefethen and Weideman 2014, theorem 5.1), and ψ is read from a table. For c &lt;
 * 0 the lattice is one of u and −v.
 */
public final class LocalDual implements DualActivation {
  /** Below this Hermite series are as fast. */
  private static final double SMALLEST_Q = 3;

  /** Standard deviation of u − v below which its moments take the place of a sum. */
  private static final double NARROW = 0.1;

  /** There E φ′φ′ is a polynomial in 1 − c, of degree 7 to all digits. */
  private static final GaussLegendre FEW = new GaussLegendre(4);

  /** Points of a power series in (u − v)². */
  private static final int TERMS = 7;

  /** Grid points between them. */
  private static final int SERIES_STRIDE = 2;

  /** A normal density is below 1e-17 of its peak here. */
  private static final double REACH = 9;

  private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

  private final double q;
  private final LocalDifference psi;
  private final DualActivation reference;

  /** Weights of a trapezoidal rule over u, where ψ is and the density of u: 2 steps + 1 of them. */
  private final double[] weight;

  /** E ψ² + 2 E gψ, all at one input. */
  private final double extra;

  LocalDual(Activation activation, double q) {
    this.q = q;
    psi = LocalDifference.of(activation);
    reference = psi.step.dual(q);
    weight = weights(q);
    extra = sum(psi.value, (x, value) -> value + 2 * psi.step.value(x));
  }

  static boolean covers(Activation activation, double q) {
    return q > SMALLEST_Q && LocalDifference.exists(activation);
  }

  /** E φ. */
  public double mean() {
    return psi.step.averageValue(0, q) + sum(psi.value, (x, value) -> 1);
  }

  @Override
  public double secondMoment() {
    return reference.secondMoment() + extra;
  }

  /** Of nearly equal inputs by Price's theorem, q ∫ E φ′φ′ d(1 − c), where a difference cancels. */
  @Override
  public double deficit(double oneMinusC) {
    if (2 * q * oneMinusC < NARROW * NARROW) {
      return q * FEW.integrate(this::derivative, 0, oneMinusC);
    }
    double c = 1 - oneMinusC;
    double variance = q * oneMinusC * (2 - oneMinusC);
    double mixed = sum(psi.value, (x, value) -> psi.step.averageValue(c * x, variance));
    return reference.deficit(oneMinusC) + extra - 2 * mixed - lattice(psi.value, oneMinusC);
  }

  @Override
  public double derivative(double oneMinusC) {
    double c = 1 - oneMinusC;
    double variance = q * oneMinusC * (2 - oneMinusC);
    double mixed = sum(psi.slope, (x, slope) -> psi.step.averageSlope(c * x, variance));
    return reference.derivative(oneMinusC) + 2 * mixed + lattice(psi.slope, oneMinusC);
  }

  /** E f(u)g(u) of a table f. */
  private double sum(double[] f, DoubleBinaryOperator g) {
    int steps = weight.length / 2;
    double sum = 0;
    for (int i = -steps; i <= steps; i++) {
      double value = f[psi.reach + i * psi.stride];
      sum += weight[steps + i] * value * g.applyAsDouble(i * step(), value);
    }
    return sum;
  }

  /** E f(u)f(v). */
  private double lattice(double[] f, double oneMinusC) {
    boolean opposite = oneMinusC > 1;
    double distance = opposite ? 2 - oneMinusC : oneMinusC;
    double sd = Math.sqrt(2 * q * distance);
    double[] middle = weights(0.5 * q * (2 - distance));
    if (sd < NARROW) {
      return series(f, opposite, middle, sd);
    }
    double widest = psi.step.step(sd) / 2 * LocalDifference.PER_UNIT;
    int shift = Math.max(1, (int) Math.min(psi.stride, widest));
    double width = 2.0 * shift / LocalDifference.PER_UNIT;
    int most = Math.min(psi.reach / shift, (int) (REACH * sd / width));
    double sum = 0.5 * density(0, sd * sd) * both(f, opposite, middle, 0);
    for (int j = 1; j <= most; j++) {
      sum += density(j * width, sd * sd) * both(f, opposite, middle, j * shift);
    }
    return sum * width;
  }

  /**
   * E over M is an even power series in u − v: fitted to seven of its values, then averaged term by
   * term.
   */
  private double series(double[] f, boolean opposite, double[] middle, double sd) {
    double unit = 2.0 * SERIES_STRIDE / LocalDifference.PER_UNIT;
    double[] difference = new double[TERMS];
    for (int j = 0; j < TERMS; j++) {
      difference[j] = 0.5 * both(f, opposite, middle, j * SERIES_STRIDE);
    }
    // Newton's divided differences at x = 0, 1, 4, 9, …, the squares.
    for (int order = 1; order < TERMS; order++) {
      for (int j = TERMS - 1; j >= order; j--) {
        double gap = j * j - (double) (j - order) * (j - order);
        difference[j] = (difference[j] - difference[j - 1]) / gap;
      }
    }
    double[] power = new double[TERMS];
    for (int k = TERMS - 1; k >= 0; k--) {
      for (int j = TERMS - 1; j > 0; j--) {
        power[j] = power[j - 1] - k * (double) k * power[j];
      }
      power[0] = difference[k] - k * (double) k * power[0];
    }
    double moment = 1;
    double sum = power[0];
    for (int k = 1; k < TERMS; k++) {
      moment *= (2 * k - 1) * (sd / unit) * (sd / unit);
      sum += power[k] * moment;
    }
    return sum;
  }

  /** E over M of f(u)f(v) at u − v = ±2 shift, summed over the sign. */
  private double both(double[] f, boolean opposite, double[] middle, int shift) {
    int n = f.length - 1;
    int centre = middle.length / 2;
    int steps = Math.min(centre, (psi.reach - shift) / psi.stride);
    double sum = 0;
    for (int i = -steps; i <= steps; i++) {
      int at = psi.reach + i * psi.stride;
      double product =
          opposite
              ? f[at + shift] * f[n - at + shift] + f[at - shift] * f[n - at - shift]
              : 2 * f[at + shift] * f[at - shift];
      sum += middle[centre + i] * product;
    }
    return sum;
  }

  /** A trapezoidal rule's, from 0 out to where ψ or the density of a variance ends. */
  private double[] weights(double variance) {
    double reach = Math.min(psi.reach, REACH * Math.sqrt(variance) * LocalDifference.PER_UNIT);
    int steps = (int) reach / psi.stride;
    double[] weights = new double[2 * steps + 1];
    for (int i = 0; i <= steps; i++) {
      weights[steps + i] = step() * density(i * step(), variance);
      weights[steps - i] = weights[steps + i];
    }
    return weights;
  }

  private double step() {
    return (double) psi.stride / LocalDifference.PER_UNIT;
  }

  private static double density(double x, double variance) {
    return INV_SQRT_2PI / Math.sqrt(variance) * Math.exp(-0.5 * x * x / variance);
  }
}
