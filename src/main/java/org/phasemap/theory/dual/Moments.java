package org.phasemap.theory.dual;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.activation.ExponentialLinear;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Formulas for E φ, E φ² with its slope, and E φ′² at 0 &lt; q &lt; ∞: by quadrature, for any φ
 * with a scale, where nothing better is known.
 */
interface Moments {
  Activation activation();

  default double mean(double q) {
    return new GaussianIntegral(activation(), q).of(activation()::value);
  }

  default double secondMoment(double q) {
    return secondMomentAndSlope(q)[0];
  }

  default double secondMomentSlope(double q) {
    return secondMomentAndSlope(q)[1];
  }

  default double[] secondMomentAndSlope(double q) {
    return new GaussianIntegral(activation(), q).ofSquareAndSlope();
  }

  default double derivativeSecondMoment(double q) {
    return new GaussianIntegral(activation(), q)
        .ofEvenPart(x -> square(activation().derivative(x)));
  }

  /** None is closed. */
  record Integrated(Activation activation) implements Moments {}

  /** Second moments are closed, one by one. */
  interface Closed extends Moments {
    @Override
    default double[] secondMomentAndSlope(double q) {
      return new double[] {secondMoment(q), secondMomentSlope(q)};
    }

    @Override
    double secondMoment(double q);

    @Override
    double secondMomentSlope(double q);
  }

  record OfErf() implements Closed {
    @Override
    public Activation activation() {
      return Activations.ERF;
    }

    @Override
    public double secondMoment(double q) {
      return new ErfDual(q).secondMoment();
    }

    @Override
    public double secondMomentSlope(double q) {
      return 4 / Math.PI / ((1 + 2 * q) * Math.sqrt(1 + 4 * q));
    }

    @Override
    public double derivativeSecondMoment(double q) {
      return 4 / Math.PI / Math.sqrt(1 + 4 * q);
    }
  }

  record OfSin() implements Closed {
    @Override
    public Activation activation() {
      return Activations.SIN;
    }

    @Override
    public double secondMoment(double q) {
      return -0.5 * Math.expm1(-2 * q);
    }

    @Override
    public double secondMomentSlope(double q) {
      return Math.exp(-2 * q);
    }

    @Override
    public double derivativeSecondMoment(double q) {
      return 0.5 * (1 + Math.exp(-2 * q));
    }
  }

  record OfGelu() implements Closed {
    @Override
    public Activation activation() {
      return Activations.GELU;
    }

    @Override
    public double mean(double q) {
      return q / Math.sqrt(2 * Math.PI * (1 + q));
    }

    @Override
    public double secondMoment(double q) {
      return new GeluDual(q).secondMoment();
    }

    @Override
    public double secondMomentSlope(double q) {
      return new GeluDual(q).secondMomentSlope();
    }

    @Override
    public double derivativeSecondMoment(double q) {
      return new GeluDual(q).derivative(0);
    }
  }

  record OfHardTanh() implements Closed {
    private static final double SQRT_HALF = Math.sqrt(0.5);

    @Override
    public Activation activation() {
      return Activations.HARD_TANH;
    }

    @Override
    public double secondMoment(double q) {
      double h = 1 / Math.sqrt(q);
      double tail = Erf.erfc(h * SQRT_HALF);
      // q P(|z| < 1) − … cancels where q is large; E[min(1, x²)] = 1 − E[(1 − x²)⁺] does not.
      return q < 1
          ? q * Erf.erf(h * SQRT_HALF) - 2 * Math.sqrt(q) * Erf.normalDensity(h) + tail
          : 1
              - GaussLegendre.OF_24.integrate(
                  z -> 2 * (1 - q * z * z) * Erf.normalDensity(z), 0, h);
    }

    @Override
    public double secondMomentSlope(double q) {
      return new GaussianIntegral(activation(), q).slopeOfSquare();
    }

    @Override
    public double derivativeSecondMoment(double q) {
      return Erf.erf(SQRT_HALF / Math.sqrt(q));
    }
  }

  /** Of ELU and SELU. */
  record OfExponentialLinear(ExponentialLinear activation) implements Closed {
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double SMALL_EXPONENT = 0.05;

    /** The closed form loses its digits where q is small. */
    @Override
    public double secondMoment(double q) {
      if (q < SMALL_EXPONENT) {
        return new GaussianIntegral(activation, q).ofSquare();
      }
      double below = square(left()) * ExponentialQuadrants.halfSquareOfExpm1(q);
      return 0.5 * q * square(activation.derivative(1)) + below;
    }

    /** E φ′² + E φφ″. */
    @Override
    public double secondMomentSlope(double q) {
      double once = square(left()) * Erf.erfcx(SQRT_HALF * Math.sqrt(q));
      double twice = square(left()) * Erf.erfcx(2 * SQRT_HALF * Math.sqrt(q));
      return 0.5 * square(activation.derivative(1)) + twice - 0.5 * once;
    }

    @Override
    public double derivativeSecondMoment(double q) {
      double right = activation.derivative(1);
      return 0.5 * (right * right + square(left()) * Erf.erfcx(2 * SQRT_HALF * Math.sqrt(q)));
    }

    /** φ′ just left of 0. */
    private double left() {
      return activation.derivative(-Double.MIN_VALUE);
    }
  }

  record OfSigmoid() implements Moments {
    @Override
    public Activation activation() {
      return Activations.SIGMOID;
    }

    @Override
    public double mean(double q) {
      return 0.5;
    }
  }

  private static double square(double x) {
    return x * x;
  }
}
