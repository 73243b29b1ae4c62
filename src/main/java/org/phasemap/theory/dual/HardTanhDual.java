package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Dual of hard tanh. φ″ is a pair of point masses, so by Price's theorem d/dc E φ′φ′ = q E φ″φ″ is
 * a bivariate normal density, and one smooth integral over the angle arcsin c is left.
 */
record HardTanhDual(double q) implements DualActivation {
  @Override
  public double secondMoment() {
    return new GaussianMoments(Activations.HARD_TANH, q).secondMoment();
  }

  @Override
  public double deficit(double oneMinusC) {
    // By parts: ∫_c^1 E φ′φ′ = (1 − c) E φ′φ′(c) + ∫_c^1 (1 − t) d E φ′φ′(t), all terms positive
    // for c ≥ 0.
    if (oneMinusC > 1) {
      return secondMoment() + product(2 - oneMinusC);
    }
    double theta = HomogeneousDual.angle(oneMinusC);
    double bend = integrate(theta, 1);
    return q * (oneMinusC * derivative(oneMinusC) + bend);
  }

  @Override
  public double derivative(double oneMinusC) {
    double distance = Math.min(oneMinusC, 2 - oneMinusC);
    double atOne = Erf.erf(Math.sqrt(0.5 / q));
    double theta = HomogeneousDual.angle(distance);
    if (theta < 1) {
      return atOne - integrate(theta, 0);
    }
    double alpha = Math.asin(1 - distance);
    double rest = pieces(0, alpha, t -> density(Math.PI / 2 - t));
    return atOne * atOne + rest;
  }

  /** ∫₀^θ (1 − cos t)^power density(t) dt. */
  private double integrate(double theta, int power) {
    return pieces(
        0, theta, t -> density(t) * (power == 0 ? 1 : 2 * Math.sin(t / 2) * Math.sin(t / 2)));
  }

  /** d E φ′φ′ over the angle t = arccos c. */
  private double density(double t) {
    double half = Math.sin(t / 2);
    double other = Math.cos(t / 2);
    double same = Math.exp(-0.5 / (q * other * other));
    double opposite = half == 0 ? 0 : Math.exp(-0.5 / (q * half * half));
    return (same - opposite) / Math.PI;
  }

  private double pieces(double from, double to, DoubleUnaryOperator f) {
    double sum = 0;
    double start = from;
    double width = Math.min(0.25 / Math.sqrt(q), 0.4);
    while (start < to) {
      double end = Math.min(to, start + width);
      sum += GaussLegendre.OF_12.integrate(f, start, end);
      start = end;
      width = Math.min(2 * width, 0.4);
    }
    return sum;
  }
}
