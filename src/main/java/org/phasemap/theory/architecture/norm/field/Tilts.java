package org.phasemap.theory.architecture.norm.field;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.EigenDecomposition;
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
 * by equal steps of s, ln t = s − e^{−s} in units of 1/tr. Of m = 1, 2, 3 and batches of many
 * directions a Gauss rule of that measure has fewer points: F is smooth in t/(1 + 2tλ_max).
 */
final class Tilts {
  private static final double STEP = 0.25;
  private static final double FROM = -3.75;
  private static final double TO = 40;
  private static final double NEGLIGIBLE = 1e-11;

  /** Of the Gauss rule; errors are 1e-5 where there are as many directions as is asked for. */
  private static final int POINTS = 8;

  private static final double LEAST_DIRECTIONS = 6;

  private final PairAlgebra algebra;
  private final PairAlgebra.Modes modes;
  private final double[] t;

  /** N Π (1 + 2tλ)^{−1/2} dt. */
  private final double[] weight;

  /** The same of the Gauss rule. */
  private final double[] fewT;

  private final double[] fewWeight;

  Tilts(PairAlgebra algebra, PairAlgebra.Modes modes) {
    this.algebra = algebra;
    this.modes = modes;
    double trace = modes.trace();
    int most = (int) ((TO - FROM) / STEP);
    double[] at = new double[most];
    double[] own = new double[most];
    double largest = 0;
    int n = 0;
    boolean isDone = false;
    for (; n < most && !isDone; n++) {
      double s = FROM + STEP * n;
      at[n] = Math.exp(s - Math.exp(-s)) / trace;
      own[n] = algebra.numbers() * at[n] * determinant(at[n]) * STEP * (1 + Math.exp(-s));
      largest = Math.max(largest, own[n]);
      isDone = own[n] < NEGLIGIBLE * largest; // moments of gradients fall as slowly
    }
    OutsideDomainException.unless(
        isDone, "no second moment under batch norm: too few directions of a batch are left");
    t = Arrays.copyOf(at, n);
    weight = Arrays.copyOf(own, n);
    boolean isWide = modes.directions() >= LEAST_DIRECTIONS;
    fewT = isWide ? new double[POINTS] : t;
    fewWeight = isWide ? new double[POINTS] : weight;
    if (isWide) {
      thin();
    }
  }

  /** Π (1 + 2tλ)^{−1/2}. */
  private double determinant(double at) {
    double ln = 0;
    for (int i = 0; i < modes.values().length; i++) {
      ln -= 0.5 * modes.multiplicities()[i] * Math.log1p(2 * at * modes.values()[i]);
    }
    return Math.exp(ln);
  }

  /** The Gauss rule: Lanczos' recursion, and eigenvectors (Golub and Welsch 1969). */
  private void thin() {
    double twice = 2 * Arrays.stream(modes.values()).max().orElseThrow();
    double[] s = Arrays.stream(t).map(x -> x / (1 + twice * x)).toArray();
    double total = Arrays.stream(weight).sum();
    double[] before = new double[s.length];
    double[] now = Arrays.stream(weight).map(x -> Math.sqrt(x / total)).toArray();
    double[] main = new double[POINTS];
    double[] beside = new double[POINTS];
    for (int k = 0; k < POINTS; k++) {
      double[] next = new double[s.length];
      for (int n = 0; n < s.length; n++) {
        main[k] += s[n] * now[n] * now[n];
      }
      for (int n = 0; n < s.length; n++) {
        next[n] = (s[n] - main[k]) * now[n] - (k == 0 ? 0 : beside[k - 1] * before[n]);
      }
      beside[k] = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
      for (int n = 0; n < s.length; n++) {
        next[n] /= beside[k];
      }
      before = now;
      now = next;
    }
    EigenDecomposition eigen = new EigenDecomposition(main, Arrays.copyOf(beside, POINTS - 1));
    for (int i = 0; i < POINTS; i++) {
      double at = eigen.getRealEigenvalue(i);
      double first = eigen.getEigenvector(i).getEntry(0);
      fewT[i] = at / (1 - twice * at);
      fewWeight[i] = total * first * first;
    }
  }

  /** How many directions a batch has in effect. */
  double directions() {
    return modes.directions();
  }

  /** Whether all positions are. */
  boolean areAlike() {
    return algebra.kinds() == 1;
  }

  /** How many Gaussians there are. */
  int count() {
    return fewT.length;
  }

  /** The Gaussian of a tilt, times a factor. */
  Law law(int n, double factor, Law.Weights weights) {
    double[] values = values(fewT[n], factor);
    double[] covariance = modes.matrix(values);
    return new Law(values, covariance, algebra.diagonal(covariance), weights);
  }

  /** The Gaussian itself, times a factor. */
  Law untilted(double factor, Law.Weights weights) {
    double[] values = values(0, factor);
    double[] covariance = modes.matrix(values);
    return new Law(values, covariance, algebra.diagonal(covariance), weights);
  }

  private double[] values(double at, double factor) {
    return Arrays.stream(modes.values()).map(x -> factor * x / (1 + 2 * at * x)).toArray();
  }

  /** What E F of a tilt counts in E[g^m F], m ≥ 1. */
  double weight(int n, int power) {
    return fewWeight[n] * Math.pow(algebra.numbers() * fewT[n], power - 1) / Gamma.gamma(power);
  }

  /** E[√g F], by kind of position, from E F at variances. */
  double[] meansOfRoots(DoubleUnaryOperator mean) {
    double[] means = new double[algebra.kinds()];
    for (int n = 0; n < t.length; n++) {
      double own = weight[n] / Math.sqrt(algebra.numbers() * t[n] * Math.PI);
      double[] variance = modes.diagonal(values(t[n], 1));
      for (int k = 0; k < means.length; k++) {
        means[k] += own * mean.applyAsDouble(variance[k]);
      }
    }
    return means;
  }
}
