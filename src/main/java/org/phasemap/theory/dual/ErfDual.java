package org.phasemap.theory.dual;

/** Dual of erf: the arcsine kernel (Williams 1997, eq. 11). */
record ErfDual(double q) implements DualActivation {
  @Override
  public double secondMoment() {
    // asin(2q/(1 + 2q)), with the digits of its distance from π/2 too.
    return 2 / Math.PI * Math.atan2(2 * q, Math.sqrt(1 + 4 * q));
  }

  @Override
  public double deficit(double oneMinusC) {
    double a = 2 * q / (1 + 2 * q);
    double b = a * (1 - oneMinusC);
    double cosA = Math.sqrt(1 + 4 * q) / (1 + 2 * q);
    double cosB = Math.sqrt((1 + 2 * q * oneMinusC) * (1 + 2 * q * (2 - oneMinusC))) / (1 + 2 * q);
    // asin a − asin b by its sine a cos B − b cos A, where b > 0 (a² − b²)/(a cos B + b cos A).
    double sine = b > 0 ? a * oneMinusC * (a + b) / (a * cosB + b * cosA) : a * cosB - b * cosA;
    return 2 / Math.PI * Math.atan2(sine, cosA * cosB + a * b);
  }

  @Override
  public double derivative(double oneMinusC) {
    // (1 + 2q)² − 4q²c² as a product of positive factors.
    return 4 / Math.PI / Math.sqrt((1 + 2 * q * oneMinusC) * (1 + 2 * q * (2 - oneMinusC)));
  }
}
