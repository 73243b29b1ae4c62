package org.phasemap.theory.dual;

import org.phasemap.network.Activation;

/**
 * The dual activation of φ at variance q (Daniely, Frostig and Singer 2016): E φ(u)φ(v) and E
 * φ′(u)φ′(v) for Gaussian u, v of variance q and correlation c, as functions of 1 − c in [0, 2], so
 * that nothing is lost where c is within 1e-16 of 1 (REFERENCE A1, A5).
 */
public sealed interface DualActivation
    permits HomogeneousDual,
        ErfDual,
        SinDual,
        GeluDual,
        HardTanhDual,
        HermiteDual,
        ExponentialLinearDual,
        LocalDual,
        SigmoidDual,
        ArctanDual,
        SoftsignDual,
        PolarDual {
  /** Half of it, at half the argument and ½ up, is sigmoid. */
  Activation TANH = Activation.of(Activation.Kind.TANH);

  /** Above this the Hermite series of arctan, with poles at ±i, is long. */
  double LARGE_FOR_SERIES = 2;

  /** The fastest exact method for φ at q &gt; 0. */
  static DualActivation of(Activation activation, double q) {
    if (activation.isHomogeneous()) {
      return new HomogeneousDual(activation.homogeneousSlope(), 1, q);
    }
    return switch (activation.kind()) {
      case ERF -> new ErfDual(q);
      case SIN -> new SinDual(q);
      case HARD_TANH -> new HardTanhDual(q);
      case SOFTSIGN -> new SoftsignDual(q);
      case SIGMOID -> new SigmoidDual(of(TANH, q / 4));
      case GELU, SILU, SOFTPLUS, MISH, ELU, SELU -> {
        if (!(q < GaussianMoments.HOMOGENEOUS_LIMIT)) {
          yield new HomogeneousDual(0, activation.derivative(Double.MAX_VALUE), q);
        }
        yield activation.kind() == Activation.Kind.GELU ? new GeluDual(q) : general(activation, q);
      }
      default -> general(activation, q);
    };
  }

  private static DualActivation general(Activation activation, double q) {
    if (ExponentialLinearDual.covers(activation)) {
      return new ExponentialLinearDual(activation, q);
    }
    if (LocalDual.covers(activation, q)) {
      return new LocalDual(activation, q);
    }
    if (activation.kind() == Activation.Kind.ARCTAN && q > LARGE_FOR_SERIES) {
      return new ArctanDual(q);
    }
    return HermiteDual.covers(activation, q)
        ? new HermiteDual(activation, q)
        : new PolarDual(activation, q);
  }

  /** V = E φ(u)², the value at c = 1. */
  double secondMoment();

  /** E φ(u)² − E φ(u)φ(v) = ½ E(φ(u) − φ(v))², without cancellation. */
  double deficit(double oneMinusC);

  /** E φ′(u)φ′(v). */
  double derivative(double oneMinusC);

  /** E φ(u)φ(v). */
  default double product(double oneMinusC) {
    return secondMoment() - deficit(oneMinusC);
  }
}
