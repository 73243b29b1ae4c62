package org.phasemap.theory.dual;

/**
 * Arc-cosine kernels of φ(x) = s(max(x, 0) + a min(x, 0)) (Cho and Saul 2009, eqs. 3–6; Tsuchida et
 * al. 2018 for a ≠ 0).
 */
public record HomogeneousDual(double a, double scale, double q) implements DualActivation {
  private static final double SERIES_LIMIT = 1e-2;

  @Override
  public double secondMoment() {
    return q * derivative(0);
  }

  @Override
  public double deficit(double oneMinusC) {
    return q * relativeDeficit(oneMinusC);
  }

  /** The deficit over q, finite also where q is not. */
  public double relativeDeficit(double oneMinusC) {
    double theta = angle(oneMinusC);
    double bend = kappa() * sineMinusCosine(theta);
    return scale * scale * (0.5 * (1 + a * a) * oneMinusC - bend);
  }

  /** Without cancellation also where u and v are nearly opposite. */
  @Override
  public double product(double oneMinusC) {
    if (oneMinusC <= 1) {
      return secondMoment() - deficit(oneMinusC);
    }
    double bend = kappa() * sineMinusCosine(angle(2 - oneMinusC));
    return scale * scale * q * (bend + a * (1 - oneMinusC));
  }

  @Override
  public double derivative(double oneMinusC) {
    return scale
        * scale
        * (oneMinusC <= 1
            ? 0.5 * (1 + a * a) - kappa() * angle(oneMinusC)
            : a + kappa() * angle(2 - oneMinusC));
  }

  private double kappa() {
    return (1 - a) * (1 - a) / (2 * Math.PI);
  }

  static double angle(double oneMinusC) {
    return 2 * Math.asin(Math.sqrt(0.5 * oneMinusC));
  }

  /** sin θ − θ cos θ, which starts as θ³/3. */
  private static double sineMinusCosine(double theta) {
    if (theta < SERIES_LIMIT) {
      double t2 = theta * theta;
      return theta * t2 / 3 * (1 - t2 / 10 * (1 - t2 / 28));
    }
    return Math.sin(theta) - theta * Math.cos(theta);
  }
}
