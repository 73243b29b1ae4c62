package org.phasemap.theory.architecture.norm.field;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.phasemap.theory.OutsideDomainException;

/**
 * E[g^m F(x)] of centred Gaussians x of N numbers, g = N/|x|², as integrals over Gaussians of other
 * covariances (Yang et al. 2019, arXiv 1902.08129, §D):
 *
 * <pre>
 * E[g^m F] = N^m/Γ(m) ∫ t^{m−1} E[F e^{−t|x|²}] dt,
 * E[F e^{−t|x|²}] = Π (1 + 2tλ)^{−1/2} E[F of covariance with eigenvalues λ/(1 + 2tλ)]
 * </pre>
 *
 * by equal steps of s, ln t = s − e^{−s} in units of 1/tr. Relative error 1e-9.
 */
final class Tilts {
  private static final double STEP = 0.25;
  private static final double FROM = -3.75;
  private static final double TO = 40;
  private static final double NEGLIGIBLE = 1e-11;

  private final PairAlgebra algebra;
  private final PairAlgebra.Modes modes;
  private final double[] t;

  /** ln of Π (1 + 2tλ)^{−1/2} times the step of ln t. */
  private final double[] lnWeight;

  Tilts(PairAlgebra algebra, PairAlgebra.Modes modes) {
    this.algebra = algebra;
    this.modes = modes;
    double trace = modes.trace();
    int most = (int) ((TO - FROM) / STEP);
    double[] at = new double[most];
    double[] ln = new double[most];
    double largest = 0;
    int n = 0;
    boolean isDone = false;
    for (; n < most && !isDone; n++) {
      double s = FROM + STEP * n;
      at[n] = Math.exp(s - Math.exp(-s)) / trace;
      ln[n] = lnDeterminant(at[n]) + Math.log(STEP * (1 + Math.exp(-s)));
      // Moments of gradients fall as slowly as this.
      double size = at[n] * trace * Math.exp(ln[n]);
      largest = Math.max(largest, size);
      isDone = size < NEGLIGIBLE * largest;
    }
    OutsideDomainException.unless(
        isDone, "no second moment under batch norm: too few directions of a batch are left");
    t = Arrays.copyOf(at, n);
    lnWeight = Arrays.copyOf(ln, n);
  }

  private double lnDeterminant(double t) {
    double ln = 0;
    for (int i = 0; i < modes.values().length; i++) {
      ln -= 0.5 * modes.multiplicities()[i] * Math.log1p(2 * t * modes.values()[i]);
    }
    return ln;
  }

  int count() {
    return t.length;
  }

  /** The Gaussian of a tilt, times a factor. */
  Law law(int n, double factor, Law.Weights weights) {
    double[] values =
        Arrays.stream(modes.values()).map(x -> factor * x / (1 + 2 * t[n] * x)).toArray();
    double[] covariance = modes.from(modes.ofValues(values));
    return new Law(values, covariance, algebra.diagonal(covariance), weights);
  }

  /** What E F of a tilt counts in E[g^m F], m > 0. */
  double weight(int n, double power) {
    return Math.exp(
        power * Math.log(algebra.numbers() * t[n]) - Gamma.logGamma(power) + lnWeight[n]);
  }
}
