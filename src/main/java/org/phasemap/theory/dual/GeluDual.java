package org.phasemap.theory.dual;

import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Dual of the exact GELU xΦ(x) (Tsuchida, Pearce, van der Heide, Roosta and Gallagher 2021, arXiv
 * 2002.08517).
 */
record GeluDual(double q) implements DualActivation {
  @Override
  public double secondMoment() {
    return closedProduct(0);
  }

  /** By Price's theorem below c = 0.5 from 1, where a difference would cancel. */
  @Override
  public double deficit(double oneMinusC) {
    if (q * oneMinusC > 0.5 && oneMinusC > 0.01) {
      return secondMoment() - closedProduct(oneMinusC);
    }
    double sum = 0;
    double from = 0;
    // E φ′φ′ is analytic up to c = 1 + 1/q: pieces that double keep clear of that point.
    for (double to = Math.min(oneMinusC, 1 / q);
        from < oneMinusC;
        to = Math.min(2 * to, oneMinusC)) {
      sum += GaussLegendre.OF_12.integrate(this::derivative, from, to);
      from = to;
    }
    return q * sum;
  }

  @Override
  public double derivative(double oneMinusC) {
    double s = q * (1 - oneMinusC);
    double d2 = (1 + q * oneMinusC) * (1 + q * (2 - oneMinusC));
    double root = Math.sqrt(d2);
    return 0.25
        + Math.atan2(s, root) / (2 * Math.PI)
        + s / (2 * Math.PI * root) * (1 / d2 + 2 / (1 + q));
  }

  /** dV/dq. */
  double secondMomentSlope() {
    double r = 1 / (1 + q);
    double t = 1 / Math.sqrt(1 + 2 * q);
    double curve = q * r * t * (5 - 2 * q * r - 2 * q * t * t) + Math.atan2(q, 1 / t);
    return 0.25 + curve / (2 * Math.PI);
  }

  private double closedProduct(double oneMinusC) {
    double s = q * (1 - oneMinusC);
    double p = (1 + q) * (1 + q);
    double d2 = (1 + q * oneMinusC) * (1 + q * (2 - oneMinusC));
    double root = Math.sqrt(d2);
    double curve = (s * s + q * q * d2) / (p * root) + s * Math.atan2(s, root);
    return 0.25 * s + curve / (2 * Math.PI);
  }
}
