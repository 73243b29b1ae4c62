package org.phasemap.network;

/** x exp(−x²), which the product does not have: no more than the three formulas. */
public final class Bump extends Activation {
  /** The only one. */
  public static final Bump INSTANCE = new Bump();

  private Bump() {
    super(Traits.of("bump"));
  }

  @Override
  public double value(double x) {
    return x * Math.exp(-x * x);
  }

  @Override
  public double derivative(double x) {
    return (1 - 2 * x * x) * Math.exp(-x * x);
  }

  @Override
  public double secondDerivative(double x) {
    return 2 * x * (2 * x * x - 3) * Math.exp(-x * x);
  }

  /** E φ(u)φ(v) = s/Δ^{3/2}, Δ = (1 + 2q_a)(1 + 2q_b) − 4s², s = E uv: a Gaussian integral. */
  public static double product(double qa, double qb, double s) {
    return s * Math.pow((1 + 2 * qa) * (1 + 2 * qb) - 4 * s * s, -1.5);
  }

  /** E φ′(u)φ′(v), the same differentiated by s (Price). */
  public static double slopes(double qa, double qb, double s) {
    double delta = (1 + 2 * qa) * (1 + 2 * qb) - 4 * s * s;
    return Math.pow(delta, -1.5) + 12 * s * s * Math.pow(delta, -2.5);
  }
}
