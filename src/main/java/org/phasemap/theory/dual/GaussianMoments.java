package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;

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

  private static final double SMALL_EXPONENT = 0.05;

  private static final double SQRT_HALF = Math.sqrt(0.5);

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
    return switch (activation.kind()) {
      case GELU -> q / Math.sqrt(2 * Math.PI * (1 + q));
      case SIGMOID -> 0.5;
      default -> expect(activation::value);
    };
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
      return isUnbounded(activation) ? q : Double.NaN;
    }
    return switch (activation.kind()) {
      case ERF, SIN, GELU, HARD_TANH -> closedSecondMoment();
      case ELU, SELU -> exponentialSecondMoment();
      default -> secondMomentAndSlope()[0];
    };
  }

  /** D(q) = E φ′². */
  public double derivativeSecondMoment() {
    if (activation.isHomogeneous()) {
      return homogeneousPower(2);
    }
    if (q == 0) {
      return 0.5 * (square(activation.derivative(-Double.MIN_VALUE)) + square(slopeRightOfZero()));
    }
    if (isUnbounded(activation) && !(q < HOMOGENEOUS_LIMIT)) {
      return OneSidedSlopes.atInfinity(activation).meanSquareSlope();
    }
    return switch (activation.kind()) {
      case ERF -> 4 / Math.PI / Math.sqrt(1 + 4 * q);
      case SIN -> 0.5 * (1 + Math.exp(-2 * q));
      case GELU -> new GeluDual(q).derivative(0);
      case HARD_TANH -> Erf.erf(SQRT_HALF / Math.sqrt(q));
      case ELU, SELU -> {
        double right = activation.derivative(1);
        yield 0.5 * (right * right + square(left()) * Erf.erfcx(2 * SQRT_HALF * Math.sqrt(q)));
      }
      default -> expectEvenPart(x -> square(activation.derivative(x)));
    };
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
    if (isUnbounded(activation) && !(q < HOMOGENEOUS_LIMIT)) {
      return OneSidedSlopes.atInfinity(activation).meanSquareSlope();
    }
    return switch (activation.kind()) {
      case ERF -> 4 / Math.PI / ((1 + 2 * q) * Math.sqrt(1 + 4 * q));
      case SIN -> Math.exp(-2 * q);
      case GELU -> new GeluDual(q).secondMomentSlope();
      case ELU, SELU -> {
        // E φ′² + E φφ″.
        double once = square(left()) * Erf.erfcx(SQRT_HALF * Math.sqrt(q));
        double twice = square(left()) * Erf.erfcx(2 * SQRT_HALF * Math.sqrt(q));
        yield 0.5 * square(activation.derivative(1)) + twice - 0.5 * once;
      }
      case HARD_TANH -> {
        DoubleUnaryOperator f = x -> square(activation.value(x));
        yield GaussianRule.of(activation, q).expectHermite2(f, q) / (2 * q);
      }
      default -> secondMomentAndSlope()[1];
    };
  }

  /**
   * {@link #secondMoment} and {@link #secondMomentSlope}, from one quadrature where one is needed.
   */
  public double[] secondMomentAndSlope() {
    boolean quadrature =
        switch (activation.kind()) {
          case TANH, SILU, SOFTPLUS, MISH, SIGMOID, SOFTSIGN, ARCTAN -> true;
          default -> false;
        };
    boolean limit = isUnbounded(activation) && !(q < HOMOGENEOUS_LIMIT);
    if (!quadrature || q == 0 || limit || !(q < Double.POSITIVE_INFINITY)) {
      return new double[] {secondMoment(), secondMomentSlope()};
    }
    DoubleUnaryOperator f = x -> square(activation.value(x));
    double[] both = GaussianRule.of(activation, q).expectBoth(f, q, activation.isOdd());
    return new double[] {both[0], both[1] / (2 * q)};
  }

  /** φ′ just left of 0. */
  private double left() {
    return activation.derivative(-Double.MIN_VALUE);
  }

  /** E f(√q Z) for an f built from φ and its derivatives. */
  public double expect(DoubleUnaryOperator f) {
    return q == 0 ? f.applyAsDouble(0) : GaussianRule.of(activation, q).expect(f, q);
  }

  private double expectEvenPart(DoubleUnaryOperator f) {
    GaussianRule rule = GaussianRule.of(activation, q);
    return activation.isOdd() ? rule.expectEven(f, q) : rule.expect(f, q);
  }

  /** Of ELU and SELU; the closed form loses its digits where q is small. */
  private double exponentialSecondMoment() {
    if (q < SMALL_EXPONENT) {
      return expectEvenPart(x -> square(activation.value(x)));
    }
    return 0.5 * q * square(activation.derivative(1)) + square(left()) * halfSquareOfExpm1(q);
  }

  /** E[(e^x − 1)²; x &lt; 0], which loses digits where q is small. */
  static double halfSquareOfExpm1(double q) {
    double s = SQRT_HALF * Math.sqrt(q);
    return 0.5 * (Erf.erfcx(2 * s) - 2 * Erf.erfcx(s) + 1);
  }

  private double closedSecondMoment() {
    return switch (activation.kind()) {
      case ERF -> new ErfDual(q).secondMoment();
      case SIN -> -0.5 * Math.expm1(-2 * q);
      case GELU -> new GeluDual(q).secondMoment();
      default -> {
        double h = 1 / Math.sqrt(q);
        double tail = Erf.erfc(h * SQRT_HALF);
        // q P(|z| < 1) − … cancels where q is large; E[min(1, x²)] = 1 − E[(1 − x²)⁺] does not.
        yield q < 1
            ? q * Erf.erf(h * SQRT_HALF) - 2 * Math.sqrt(q) * Erf.normalDensity(h) + tail
            : 1
                - GaussLegendre.OF_24.integrate(
                    z -> 2 * (1 - q * z * z) * Erf.normalDensity(z), 0, h);
      }
    };
  }

  /** E of the k-th power of the slopes: (1 + a^k)/2. */
  private double homogeneousPower(int k) {
    return 0.5 * (1 + Math.pow(activation.homogeneousSlope(), k));
  }

  private double slopeRightOfZero() {
    return activation.derivative(Double.MIN_VALUE);
  }

  /** Whether φ has a scale and is a rectifier far beyond it. */
  public static boolean isUnbounded(Activation f) {
    return switch (f.kind()) {
      case GELU, SILU, SOFTPLUS, ELU, SELU, MISH -> true;
      default -> false;
    };
  }

  private static double square(double x) {
    return x * x;
  }
}
