package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;

/**
 * One-dimensional Gaussian expectations of φ and its derivatives at pre-activation variance q:
 * E_q[f] = E f(√q Z), Z ~ N(0, 1) (REFERENCE A1, A5). Relative error 1e-13.
 *
 * @param activation φ
 * @param q variance of the pre-activation, ≥ 0
 */
public record GaussianMoments(Activation activation, double q) {
  /** Above this every unbounded φ but the linear one has become its own homogeneous limit. */
  public static final double HOMOGENEOUS_LIMIT = 1e30;

  /** A difference from 1 that has lost three digits. */
  private static final double CANCELS = 1e-3;

  /** m(q) = E φ. */
  public double mean() {
    if (activation.isOdd()) {
      return 0;
    }
    if (q == 0) {
      return activation.value(0);
    }
    if (activation.isHomogeneous()) {
      return (1 - activation.homogeneousSlope()) * Math.sqrt(q / (2 * Math.PI));
    }
    return KnownMoments.of(activation).mean(q);
  }

  /** V(q) = E φ². */
  public double secondMoment() {
    if (q == 0) {
      double atZero = activation.value(0);
      return atZero * atZero;
    }
    if (activation.isHomogeneous()) {
      return q * homogeneousPower(2);
    }
    if (!(q < Double.POSITIVE_INFINITY)) {
      return activation.isRectifier() ? q : Double.NaN;
    }
    if (isLimit()) {
      return q * OneSidedSlopes.atInfinity(activation).meanSquareSlope();
    }
    return KnownMoments.of(activation).secondMoment(q);
  }

  /** D(q) = E φ′². */
  public double derivativeSecondMoment() {
    if (activation.isHomogeneous()) {
      return homogeneousPower(2);
    }
    if (q == 0) {
      return 0.5 * (square(activation.derivative(-Double.MIN_VALUE)) + square(slopeRightOfZero()));
    }
    if (isLimit()) {
      return OneSidedSlopes.atInfinity(activation).meanSquareSlope();
    }
    return KnownMoments.of(activation).derivativeSecondMoment(q);
  }

  /** E φ⁴, which sets the fluctuation of a finite layer's kernel. */
  public double fourthMoment() {
    if (activation.isHomogeneous()) {
      return 3 * q * q * homogeneousPower(4);
    }
    if (q == 0) {
      return square(secondMoment());
    }
    return expectEvenPart(x -> square(square(activation.value(x))));
  }

  /** μ_k = E φ′^{2k} (Pennington, Schoenholz, Ganguli 2017, eq. 17). */
  public double derivativeMoment(int k) {
    if (activation.isHomogeneous()) {
      return homogeneousPower(2 * k);
    }
    if (q == 0) {
      return 0.5
          * (Math.pow(activation.derivative(-Double.MIN_VALUE), 2 * k)
              + Math.pow(slopeRightOfZero(), 2 * k));
    }
    return expectEvenPart(x -> Math.pow(activation.derivative(x), 2 * k));
  }

  /** Var φ′²/(E φ′²)², without cancellation where φ′ hardly varies. */
  public double derivativeSpread() {
    double mean = derivativeMoment(1);
    double spread = derivativeMoment(2) / (mean * mean) - 1;
    return spread > CANCELS || q == 0 || activation.isHomogeneous()
        ? spread
        : expectEvenPart(x -> square(square(activation.derivative(x)) / mean - 1));
  }

  /** E φ″² away from kinks. */
  public double secondDerivativeSecondMoment() {
    if (activation.isHomogeneous()) {
      return 0;
    }
    return q == 0
        ? square(activation.secondDerivative(0))
        : expectEvenPart(x -> square(activation.secondDerivative(x)));
  }

  /**
   * dV/dq = E[(Z² − 1) φ²]/(2q), which needs no derivative of φ; at q = 0 its limit. Times σ_w² it
   * is χ_q (Roberts, Yaida and Hanin 2022, §5.1: χ_∥).
   */
  public double secondMomentSlope() {
    if (activation.isHomogeneous()) {
      return homogeneousPower(2);
    }
    if (q == 0) {
      return derivativeSecondMoment() + activation.value(0) * activation.secondDerivative(0);
    }
    if (isLimit()) {
      return OneSidedSlopes.atInfinity(activation).meanSquareSlope();
    }
    return KnownMoments.of(activation).secondMomentSlope(q);
  }

  /**
   * {@link #secondMoment} and {@link #secondMomentSlope}, from one quadrature where one is needed.
   */
  public double[] secondMomentAndSlope() {
    return activation.isHomogeneous() || q == 0 || isLimit() || !(q < Double.POSITIVE_INFINITY)
        ? new double[] {secondMoment(), secondMomentSlope()}
        : KnownMoments.of(activation).secondMomentAndSlope(q);
  }

  /** E f(√q Z) for an f built from φ and its derivatives. */
  public double expect(DoubleUnaryOperator f) {
    return q == 0 ? f.applyAsDouble(0) : new GaussianIntegral(activation, q).of(f);
  }

  private double expectEvenPart(DoubleUnaryOperator f) {
    return new GaussianIntegral(activation, q).ofEvenPart(f);
  }

  /** Whether φ has become its own homogeneous limit. */
  private boolean isLimit() {
    return activation.isRectifier() && !(q < HOMOGENEOUS_LIMIT);
  }

  /** E of the k-th power of the slopes: (1 + a^k)/2. */
  private double homogeneousPower(int k) {
    return 0.5 * (1 + Math.pow(activation.homogeneousSlope(), k));
  }

  private double slopeRightOfZero() {
    return activation.derivative(Double.MIN_VALUE);
  }

  private static double square(double x) {
    return x * x;
  }
}
