package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * Second derivatives of E φ_aφ_b with respect to the kernel of two inputs of any variances, as
 * {@link CovarianceCurvature}.
 */
final class JointCurvature {
  private static final double NEAR_ONE = 1e-3;
  private static final double TINY = 1e-300;

  private final Activation activation;
  private final JointMoments moments;

  /** φ″ at the points, without jumps of φ′. */
  private final double[][] second;

  /** What φ′ jumps by at 0. */
  private final double jump;

  /**
   * @param activation whose φ′ jumps nowhere but at 0
   */
  JointCurvature(Activation activation, JointMoments moments, int inputs) {
    this.activation = activation;
    this.moments = moments;
    jump = activation.derivative(TINY) - activation.derivative(-TINY);
    second = new double[inputs][GaussianSample.SIZE];
    for (int a = 0; a < inputs; a++) {
      double[] x = moments.x(a);
      for (int i = 0; i < GaussianSample.SIZE; i++) {
        second[a][i] = activation.secondDerivative(x[i]);
      }
    }
  }

  static boolean covers(Activation activation) {
    return activation.kind() != Activation.Kind.HARD_TANH;
  }

  /** d²/dq² E φ² of an input. */
  double ofSquare(int a) {
    return jump == 0
        ? kk(a, a) * 1.5 + 2 * third(a, a, kk(a, a)) + 0.5 * fourth(a, a, kk(a, a))
        : moments.single[a].curvature();
  }

  /**
   * Σ second derivatives of E φ_aφ_b times covariances of the kernel's entries.
   *
   * @param cov of entries
   */
  double dot(int a, int b, double[][] cov, KernelEntries entries) {
    int ab = entries.of(a, b);
    double qa = moments.covariance(a, a);
    double qb = moments.covariance(b, b);
    double root = Math.sqrt(qa * qb);
    if (jump != 0 && root - Math.abs(moments.covariance(a, b)) < NEAR_ONE * root) {
      return 0.5 * (ofSquare(a) * cov[a][a] + ofSquare(b) * cov[b][b]);
    }
    double kk = kk(a, b);
    return kk * cov[ab][ab]
        + third(a, b, kk) * cov[ab][a]
        + third(b, a, kk) * cov[ab][b]
        + 0.25 * fourth(a, b, kk) * cov[a][a]
        + 0.25 * fourth(b, a, kk) * cov[b][b]
        + 0.5 * kk * cov[a][b];
  }

  /** E φ″_aφ″_b. */
  private double kk(int a, int b) {
    double smooth = GaussianSample.mean(second[a], second[b]);
    if (jump == 0) {
      return smooth;
    }
    double qa = moments.covariance(a, a);
    double qb = moments.covariance(b, b);
    double k = moments.covariance(a, b);
    double own = qa * qb - k * k;
    double both = jump * jump / (2 * Math.PI * Math.sqrt(own));
    double one = atZero(own / qa) / Math.sqrt(qa) + atZero(own / qb) / Math.sqrt(qb);
    return smooth + both + jump * one / Math.sqrt(2 * Math.PI);
  }

  /** E φ″ of an input of some variance left when another is 0. */
  private double atZero(double variance) {
    double scale = Math.sqrt(variance / moments.covariance(0, 0));
    double[] x = moments.x(0);
    double sum = 0;
    for (int i = 0; i < GaussianSample.SIZE; i++) {
      sum += activation.secondDerivative(scale * x[i]);
    }
    return sum / GaussianSample.SIZE;
  }

  /** E φ‴_aφ′_b by Stein's lemma; at a jump u φ″(u) is 0. */
  private double third(int a, int b, double kk) {
    double bent = mean(moments.x(a), second[a], moments.slope(b));
    return (bent - moments.covariance(a, b) * kk) / moments.covariance(a, a);
  }

  /** E φ⁗_aφ_b. */
  private double fourth(int a, int b, double kk) {
    double qa = moments.covariance(a, a);
    double k = moments.covariance(a, b);
    double[] bent = JointMoments.times(moments.x(a), second[a]);
    double twice =
        GaussianSample.mean(JointMoments.times(moments.x(a), bent), moments.value(b));
    double once = GaussianSample.mean(bent, moments.slope(b));
    double thirdX = (twice - k * once) / qa - moments.bend[a][b];
    return (thirdX - k * (once - k * kk) / qa) / qa;
  }

  private static double mean(double[] f, double[] g, double[] h) {
    return GaussianSample.mean(JointMoments.times(f, g), h);
  }
}
