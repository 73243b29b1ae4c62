package org.phasemap.theory.dual;

/** Dual of sin, from the characteristic function of (u − v, u + v). */
record SinDual(double q) implements DualActivation {
  @Override
  public double secondMoment() {
    return -0.5 * Math.expm1(-2 * q);
  }

  @Override
  public double deficit(double oneMinusC) {
    double shared = Math.exp(-q * (2 - oneMinusC)) * -Math.expm1(-q * oneMinusC);
    return 0.5 * (-Math.expm1(-q * oneMinusC) + shared);
  }

  @Override
  public double derivative(double oneMinusC) {
    return 0.5 * (Math.exp(-q * oneMinusC) + Math.exp(-q * (2 - oneMinusC)));
  }
}
