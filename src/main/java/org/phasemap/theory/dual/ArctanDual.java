package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.MillsRatio;

/**
 * Dual of arctan, one integral over an angle. With φ(x) = ∫₀^∞ e^−k sin(kx)/k dk the expectations
 * are double integrals over k and l of exp(−k − l − q(k² + l²)/2) times sinh(cqkl)/(kl) or
 * cosh(cqkl); in polar coordinates the radial one is closed: with a∓ = q(1 ∓ c sin 2θ)/2, b = sin θ
 * + cos θ and w = 1 − √π x erfcx x at x = b/(2√a) it is w/(2a) for φ′φ′, and the integral of w over
 * ln x between x₊ and x₋ for φφ.
 */
record ArctanDual(double q) implements DualActivation {
  private static final double WIDEST = 1.5;

  /** Below this the series of erfcx is short. */
  private static final double SMALL = 0.25;

  private static final int TERMS = 20;

  @Override
  public double secondMoment() {
    return new GaussianMoments(Activations.ARCTAN, q).secondMoment();
  }

  @Override
  public double deficit(double oneMinusC) {
    if (oneMinusC > 1) {
      return 2 * secondMoment() - deficit(2 - oneMinusC);
    }
    return integrate(0.5 / Math.sqrt(q), psi -> 2 * spread(psi, oneMinusC) / Math.cos(2 * psi));
  }

  @Override
  public double derivative(double oneMinusC) {
    double distance = Math.min(oneMinusC, 2 - oneMinusC);
    double finest = 0.5 * Math.max(Math.sqrt(distance / 2), 1 / Math.sqrt(q));
    return integrate(
        finest,
        psi -> {
          double minus = minus(psi, distance);
          double plus = plus(psi, distance);
          double b = Math.sqrt(2) * Math.cos(psi);
          return 0.5 * (w(b, minus) / minus + w(b, plus) / plus);
        });
  }

  /** ∫ w d ln x, from c = 1 to c, of the two exponents; ψ is the angle from the diagonal. */
  private double spread(double psi, double oneMinusC) {
    double b = Math.sqrt(2) * Math.cos(psi);
    double sine = Math.cos(2 * psi);
    double half = Math.sin(psi);
    double fromMinus = b / (2 * Math.sqrt(minus(psi, oneMinusC)));
    double fromPlus = b / (2 * Math.sqrt(plus(psi, 0)));
    return overLogarithm(fromMinus, 0.5 * Math.log1p(oneMinusC * sine / (2 * half * half)))
        + overLogarithm(fromPlus, -0.5 * Math.log1p(-oneMinusC * sine / (1 + sine)));
  }

  /**
   * Small x by the series of erfcx, Σ (−x)^n/Γ(n/2 + 1), the rest by pieces. Lengths below x are
   * pieces too: there the series is a difference that loses digits.
   */
  private static double overLogarithm(double x, double length) {
    if (x > SMALL || length < Math.min(x, WIDEST)) {
      return inPieces(x, length);
    }
    double part = Math.min(length, Math.log(SMALL / x));
    double end = x * Math.exp(part);
    double series = Math.sqrt(Math.PI) * (integralOfErfcx(end) - integralOfErfcx(x));
    return part - series + inPieces(end, length - part);
  }

  private static double inPieces(double x, double length) {
    int pieces = (int) Math.ceil(length / WIDEST);
    double sum = 0;
    for (int i = 0; i < pieces; i++) {
      sum +=
          GaussLegendre.OF_12.integrate(
              t -> MillsRatio.complement(Math.sqrt(2) * x * Math.exp(t)),
              length * i / pieces,
              length * (i + 1) / pieces);
    }
    return sum;
  }

  /** ∫₀^x erfcx for x ≤ {@link #SMALL}. */
  private static double integralOfErfcx(double x) {
    double even = x;
    double odd = -2 / Math.sqrt(Math.PI) * x * x;
    double sum = 0;
    for (int n = 0; n < TERMS && sum + even != sum; n += 2) {
      sum += even / (n + 1) + odd / (n + 2);
      even *= 2 * x * x / (n + 2);
      odd *= 2 * x * x / (n + 3);
    }
    return sum;
  }

  private double minus(double psi, double oneMinusC) {
    double half = Math.sin(psi);
    return 0.5 * q * (2 * half * half + oneMinusC * Math.cos(2 * psi));
  }

  private double plus(double psi, double oneMinusC) {
    double sine = Math.cos(2 * psi);
    return 0.5 * q * (1 + sine - oneMinusC * sine);
  }

  private static double w(double b, double a) {
    return MillsRatio.complement(b / Math.sqrt(2 * a));
  }

  /** ∫ over ψ from 0 to π/4, in pieces that grow with ψ. */
  private static double integrate(double finest, DoubleUnaryOperator f) {
    double sum = 0;
    double width = Math.min(finest, 0.3);
    for (double from = 0; from < Math.PI / 4; ) {
      double to = Math.min(Math.PI / 4, from + width);
      sum += GaussLegendre.OF_12.integrate(f, from, to);
      from = to;
      width = Math.min(1.5 * from, 0.3);
    }
    return sum;
  }
}
