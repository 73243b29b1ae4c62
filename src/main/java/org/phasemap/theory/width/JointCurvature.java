package org.phasemap.theory.width;

import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussianSample;
import org.phasemap.theory.gauss.NormalRule;
import org.phasemap.theory.width.moment.SingleMoments;

/**
 * Second derivatives of E φ_aφ_b with respect to the kernel of two inputs of any variances, as
 * {@link org.phasemap.theory.width.moment.CovarianceCurvature}; m × m.
 */
final class JointCurvature {
  /** Where φ′ jumps, a pair this close is taken for one input. */
  private static final double NEAR_ONE = 1e-3;

  private static final double TINY = 1e-300;

  /** E φ″_aφ″_b. */
  private final double[][] kk;

  /** E φ‴_aφ′_b. */
  private final double[][] third;

  /** E φ⁗_aφ_b. */
  private final double[][] fourth;

  /**
   * At the points of a sample.
   *
   * @param activation whose φ′ jumps nowhere but at 0
   * @param k covariance of the inputs
   * @param bend E φ″_aφ_b
   */
  JointCurvature(
      Activation activation,
      double[][] k,
      double[][] x,
      double[][] value,
      double[][] slope,
      double[][] bend) {
    int m = k.length;
    kk = new double[m][m];
    third = new double[m][m];
    fourth = new double[m][m];
    double jump = activation.derivative(TINY) - activation.derivative(-TINY);
    double[][] second = new double[m][];
    for (int a = 0; a < m; a++) {
      second[a] = new double[GaussianSample.SIZE];
      for (int i = 0; i < GaussianSample.SIZE; i++) {
        second[a][i] = activation.secondDerivative(x[a][i]);
      }
    }
    for (int a = 0; a < m; a++) {
      double qa = k[a][a];
      double[] bent = GaussianSample.times(x[a], second[a]);
      double[] bentTwice = GaussianSample.times(x[a], bent);
      for (int b = 0; b < m; b++) {
        double root = Math.sqrt(qa * k[b][b]);
        if (jump != 0 && root - Math.abs(k[a][b]) < NEAR_ONE * root) {
          fourth[a][b] = 2 * SingleMoments.of(activation, qa).curvature();
          continue;
        }
        kk[a][b] = GaussianSample.mean(second[a], second[b]);
        if (jump != 0) {
          kk[a][b] += jumps(activation, jump, k, a, b);
        }
        // Stein's lemma, E u g(u)h(v) = q E g′h + K E g h′; at a jump of φ′ u φ″(u) is 0.
        double once = GaussianSample.mean(bent, slope[b]);
        third[a][b] = (once - k[a][b] * kk[a][b]) / qa;
        double twice = GaussianSample.mean(bentTwice, value[b]);
        double thirdX = (twice - k[a][b] * once) / qa - bend[a][b];
        fourth[a][b] = (thirdX - k[a][b] * third[a][b]) / qa;
      }
    }
  }

  static boolean covers(Activation activation) {
    return !activation.hasKinksOffOrigin();
  }

  /** What jumps of φ′ at 0 add to E φ″_aφ″_b: with each other, and with φ″ elsewhere. */
  private static double jumps(Activation activation, double jump, double[][] k, int a, int b) {
    double own = k[a][a] * k[b][b] - k[a][b] * k[a][b];
    double sum = jump / Math.sqrt(2 * Math.PI * own);
    for (int c : new int[] {a, b}) {
      // The other input's variance where this one is 0.
      sum += meanSecond(activation, own / k[c][c]) / Math.sqrt(k[c][c]);
    }
    return sum * jump / Math.sqrt(2 * Math.PI);
  }

  /** E φ″ without jumps of φ′. */
  private static double meanSecond(Activation activation, double q) {
    double mean = 0;
    if (!activation.isHomogeneous()) {
      NormalRule rule = NormalRule.of(activation, 0, Math.sqrt(q));
      for (int i = 0; i < rule.size(); i++) {
        mean += rule.weight[i] * activation.secondDerivative(Math.sqrt(q) * rule.node[i]);
      }
    }
    return mean;
  }

  /**
   * Σ second derivatives of E φ_aφ_b times covariances of the kernel's entries; also for a = b.
   *
   * @param cov by entries
   */
  double dot(int a, int b, double[][] cov, KernelEntries entries) {
    int ab = entries.of(a, b);
    return kk[a][b] * (cov[ab][ab] + 0.5 * cov[a][b])
        + third[a][b] * cov[ab][a]
        + third[b][a] * cov[ab][b]
        + 0.25 * (fourth[a][b] * cov[a][a] + fourth[b][a] * cov[b][b]);
  }
}
