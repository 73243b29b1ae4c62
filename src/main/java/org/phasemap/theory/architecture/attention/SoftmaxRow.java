package org.phasemap.theory.architecture.attention;

import org.phasemap.theory.OutsideDomainException;

/**
 * Moments of a softmax over T independent N(0, v) logits, A_j = e^{s_j}/Σe^{s_k}, exact at any T:
 * 1/Z^k is ∫t^{k−1}e^{−tZ}dt/Γ(k), so all follow from f(t) = E exp(−te^s). The trapezoidal rule on
 * ln t converges geometrically. Relative error 1e-12.
 *
 * @param entropy E −Σ A ln A, in nats
 * @param squares P₂ = E Σ A²
 * @param cubes E Σ A³
 * @param squareOfSquares E(Σ A²)²
 */
public record SoftmaxRow(double entropy, double squares, double cubes, double squareOfSquares) {
  /** Shares that do not count. */
  private static final double NEGLIGIBLE = 1e-17;

  /** Beyond this one token has all the weight, and integrals over two rows take minutes. */
  private static final double LARGEST_VARIANCE = 1000;

  /**
   * Of T tokens.
   *
   * @param variance v of the logits, given what all of them share
   */
  public static SoftmaxRow of(int tokens, double variance) {
    checked(tokens, variance);
    if (tokens == 1) {
      return new SoftmaxRow(0, 1, 1, 1);
    }
    LogExponential law = new LogExponential(variance);
    double h = LogExponential.STEP;
    double lnZ = 0;
    double energy = 0;
    double squares = 0;
    double cubes = 0;
    double squareOfSquares = 0;
    double[] m = new double[LogExponential.POWERS + 1];
    double high = high(variance);
    for (double x = low(tokens, variance); x < high; x += h) {
      law.at(x, m);
      double lnF = Math.log(Math.max(m[0], Double.MIN_NORMAL));
      double others = Math.exp((tokens - 1) * lnF);
      lnZ += h * (Math.exp(-Math.exp(x)) - Math.exp(tokens * lnF));
      energy += h * tokens * m[LogExponential.POWERS] * others;
      squares += h * tokens * m[2] * others;
      cubes += h * tokens * m[3] * others / 2;
      double rest = Math.exp((tokens - 2) * lnF);
      squareOfSquares += h * tokens * (m[4] * others + (tokens - 1) * m[2] * m[2] * rest) / 6;
    }
    return new SoftmaxRow(lnZ - energy, squares, cubes, squareOfSquares);
  }

  /** C₃ = E[P − 2ΣA³ + P²]: what the softmax's slope leaves of independent gradients. */
  public double slope() {
    return squares - 2 * cubes + squareOfSquares;
  }

  static void checked(int tokens, double variance) {
    OutsideDomainException.unless(tokens >= 1, "tokens must be >= 1: " + tokens);
    OutsideDomainException.unless(
        variance >= 0 && variance <= LARGEST_VARIANCE,
        "the variance of logits is above " + LARGEST_VARIANCE + ": " + variance);
  }

  /** Below this E u e^{−u} is negligible for all T tokens together. */
  static double low(int tokens, double variance) {
    double digits = Math.log(tokens) - Math.log(NEGLIGIBLE);
    return variance < 2 * digits ? -digits - 0.5 * variance : -Math.sqrt(2 * variance * digits);
  }

  /** Above this e^{−u} is negligible. */
  static double high(double variance) {
    return 4 + Math.sqrt(-2 * variance * Math.log(NEGLIGIBLE));
  }
}
