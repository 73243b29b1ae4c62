package org.phasemap.theory.architecture.norm.field;

/**
 * Of ψ(u) = γ(max(u, 0) + a·min(u, 0)), so that χ = ψ (Cho and Saul 2009). ψ″ is γ(1 − a) times a
 * delta function.
 *
 * @param value E ψψ
 * @param slope E ψ′ψ′
 * @param radialBend E ψ(u)ψ″(v)
 */
record HomogeneousPair(double value, double slope, double radialBend) implements PairMoments {
  /**
   * Integrates.
   *
   * @param a slope on the negative side
   * @param gamma γ
   * @param q variance of u
   * @param r variance of v
   * @param product their covariance
   */
  static HomogeneousPair of(double a, double gamma, double q, double r, double product) {
    double root = Math.sqrt(q * r);
    double c = root > 0 ? Math.max(-1, Math.min(1, product / root)) : 0;
    double theta = Math.acos(c);
    double sine = Math.sqrt((1 - c) * (1 + c));
    double bend = (1 - a) * (1 - a) / (2 * Math.PI);
    double factor = gamma * gamma;
    return new HomogeneousPair(
        factor * root * (bend * (sine + (Math.PI - theta) * c) + a * c),
        factor * (bend * (Math.PI - theta) + a),
        r > 0 ? factor * bend * Math.sqrt(q / r) * sine : 0);
  }

  @Override
  public double radial() {
    return value;
  }

  @Override
  public double radialSlope() {
    return slope;
  }

  @Override
  public double radialSlopes() {
    return slope;
  }

  @Override
  public double radialCurve() {
    return radialBend;
  }
}
