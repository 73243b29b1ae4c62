package org.phasemap.theory.dual;

/**
 * Dual of the logistic function ½ + ½ tanh(x/2).
 *
 * @param tanh the dual of tanh at a quarter of the variance
 */
record SigmoidDual(DualActivation tanh) implements DualActivation {
  @Override
  public double secondMoment() {
    return 0.25 * (1 + tanh.secondMoment());
  }

  @Override
  public double deficit(double oneMinusC) {
    return 0.25 * tanh.deficit(oneMinusC);
  }

  @Override
  public double derivative(double oneMinusC) {
    return 0.0625 * tanh.derivative(oneMinusC);
  }
}
