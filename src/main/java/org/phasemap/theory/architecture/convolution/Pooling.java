package org.phasemap.theory.architecture.convolution;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;
import org.phasemap.theory.gauss.GaussLegendre;

/** Pooling over p positions, whose pre-activations have unit variance and one correlation. */
public final class Pooling {
  private static final double REACH = 10;
  private static final double WIDEST = 0.5;
  private static final double FINEST = 1e-9;

  private Pooling() {}

  /**
   * E of the squared mean of p units φ: V/p + (1 − 1/p) F(c); for ReLU ½(1/p + (1 − 1/p) κ₁(c)).
   *
   * @throws OutsideDomainException where p positions cannot have that correlation
   */
  public static double averageSecondMoment(Activation activation, int window, double c) {
    check(window, c);
    DualActivation dual = Duals.of(activation, 1);
    double share = 1.0 / window;
    return share * dual.secondMoment() + (1 - share) * dual.product(1 - c);
  }

  /**
   * M_p = E relu(max of p)²: the max pool after ReLU keeps the second moment at σ_w² = 1/M_p. Given
   * the maximum m of p independent normals, √ρ g + √(1 − ρ) m is normal, so M_p = ∫ p n(m) Φ(m)^{p−1}
   * E(√ρ g + √(1 − ρ) m)₊² dm. Two units have (π + θ + sin θ)/(2π), cos θ = ρ. Relative error 1e-12.
   *
   * @throws OutsideDomainException for more than two units of ρ &lt; 0
   */
  public static double maxSecondMoment(int window, double rho) {
    check(window, rho);
    if (window == 1 || rho == 1) {
      return 0.5;
    }
    if (window == 2) {
      double theta = Math.acos(rho);
      return (Math.PI + theta + Math.sin(theta)) / (2 * Math.PI);
    }
    OutsideDomainException.unless(
        rho >= 0, "no formula for the maximum of " + window + " units of negative correlation");
    double own = Math.sqrt(1 - rho);
    double common = Math.sqrt(rho);
    double width = Math.max(FINEST, common / own);
    double sum = 0;
    double from = 0;
    double length = Math.min(width, WIDEST);
    while (from < REACH) {
      double to = Math.min(REACH, from + length);
      sum +=
          GaussLegendre.OF_24.integrate(
              m ->
                  maximumDensity(window, m) * positiveSquare(own * m, common)
                      + maximumDensity(window, -m) * positiveSquare(-own * m, common),
              from,
              to);
      from = to;
      length = Math.min(WIDEST, 2 * length);
    }
    return sum;
  }

  private static double maximumDensity(int window, double m) {
    return window * Erf.normalDensity(m) * Math.pow(Erf.normalCdf(m), window - 1);
  }

  /** E (mean + s g)₊². */
  private static double positiveSquare(double mean, double s) {
    if (s == 0) {
      return mean > 0 ? mean * mean : 0;
    }
    double t = mean / s;
    return (mean * mean + s * s) * Erf.normalCdf(t) + mean * s * Erf.normalDensity(t);
  }

  private static void check(int window, double correlation) {
    OutsideDomainException.unless(
        window == 1 || correlation * (window - 1) >= -1,
        "no " + window + " units have the correlation " + correlation + " each with each");
  }
}
