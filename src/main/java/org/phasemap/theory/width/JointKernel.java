package org.phasemap.theory.width;

import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.width.moment.SingleMoments;

/**
 * The kernel of a finite layer's pre-activations over inputs of any variances and correlations, to
 * first order in 1/n (Roberts, Yaida and Hanin 2022, §4.3): n times the covariances of its entries
 * and their expected distance from infinite width. {@link FiniteLayer} without its symmetries.
 * Weights are normal, or orthogonal with at least as many rows as columns.
 */
final class JointKernel {
  private final LayerLaw law;
  private final WeightLaw weights;
  private final KernelEntries entries;

  /** At infinite width: the pre-activations' covariance, m × m. */
  final double[][] limit;

  /** n Cov, by entries. */
  final double[][] cov;

  /** Gram covariance that orthogonal weights do not have; zero for normal ones. */
  final double[][] fixed;

  /** n times the expected distance from the limit, by entries. */
  final double[] shift;

  /** n Cov of the averages over units of z_az_b, by entries. */
  private final double[][] observed;

  private JointKernel(
      LayerLaw law,
      WeightLaw weights,
      KernelEntries entries,
      double[][] limit,
      double[][] cov,
      double[] shift) {
    this.law = law;
    this.weights = weights;
    this.entries = entries;
    this.limit = limit;
    this.cov = cov;
    this.shift = shift;
    int size = entries.size();
    fixed = weights == WeightLaw.ORTHOGONAL ? wishart(law.sigmaB2()) : new double[size][size];
    observed = wishart(0);
    for (int e = 0; e < size; e++) {
      for (int f = 0; f < size; f++) {
        observed[e][f] += cov[e][f] - fixed[e][f];
      }
    }
  }

  /** Of the first layer: it is the data's, so nothing fluctuates yet. */
  static JointKernel first(
      LayerLaw law, WeightLaw weights, KernelEntries entries, double[][] limit) {
    int size = entries.size();
    return new JointKernel(law, weights, entries, limit, new double[size][size], new double[size]);
  }

  /** Of the next layer, given its limit and what φ does at this one. */
  JointKernel next(JointMoments at, double[][] nextLimit) {
    double w = law.sigmaW2();
    int size = entries.size();
    double[][] felt = new double[size][size];
    double[][] half = new double[size][size];
    double[] drawn = new double[size];
    for (int f = 0; f < size; f++) {
      for (int e = 0; e < size; e++) {
        drawn[e] = cov[f][e] - fixed[f][e];
        felt[f][e] = cov[f][e] + spread(f, e);
      }
      for (int e = 0; e < size; e++) {
        half[e][f] = image(at, e, drawn);
      }
    }
    double[][] nextCov = new double[size][size];
    double[] nextShift = new double[size];
    for (int e = 0; e < size; e++) {
      for (int f = 0; f < size; f++) {
        nextCov[e][f] = image(at, f, half[e]) + w * w * at.products[e][f];
      }
      double bent =
          at.curvature == null
              ? at.single[e].curvature() * felt[e][e]
              : at.curvature.dot(entries.first(e), entries.second(e), felt, entries);
      nextShift[e] = image(at, e, shift) + 0.5 * w * bent;
    }
    return new JointKernel(law, weights, entries, nextLimit, nextCov, nextShift);
  }

  /** What a small change of the kernel does to an entry of the next. */
  private double image(JointMoments at, int entry, double[] change) {
    int a = entries.first(entry);
    int b = entries.second(entry);
    double w = law.sigmaW2();
    return a == b
        ? w * at.growth(a) * change[a]
        : w
            * (at.slopes[a][b] * change[entry]
                + 0.5 * (at.bend[a][b] * change[a] + at.bend[b][a] * change[b]));
  }

  /** Covariance of averages of products of normal vectors whose kernel lacks a constant. */
  private double[][] wishart(double constant) {
    int size = entries.size();
    double[][] wishart = new double[size][size];
    for (int e = 0; e < size; e++) {
      double[] a = limit[entries.first(e)];
      double[] b = limit[entries.second(e)];
      for (int f = 0; f < size; f++) {
        int c = entries.first(f);
        int d = entries.second(f);
        wishart[e][f] =
            (a[c] - constant) * (b[d] - constant) + (a[d] - constant) * (b[c] - constant);
      }
    }
    return wishart;
  }

  /**
   * What a single unit's products have beyond the kernel's: a unit of orthogonal weights is a
   * normal one whose squared radius, of variance 2/n, has been divided out.
   */
  double spread(int e, int f) {
    return weights == WeightLaw.ORTHOGONAL ? -2 * ofWeights(e) * ofWeights(f) : 0;
  }

  /** An entry's share that comes from weights, not biases. */
  double ofWeights(int entry) {
    return limit[entries.first(entry)][entries.second(entry)] - law.sigmaB2();
  }

  /** ln of the mean of z² over units and inputs. */
  FirstOrder lnQ() {
    double sum = 0;
    double variance = 0;
    double shifts = 0;
    for (int a = 0; a < limit.length; a++) {
      sum += limit[a][a];
      shifts += shift[a];
      for (int b = 0; b < limit.length; b++) {
        variance += observed[a][b];
      }
    }
    variance /= sum * sum;
    return new FirstOrder(Math.log(sum / limit.length), shifts / sum - 0.5 * variance, variance);
  }

  /**
   * The mean of φ over units and inputs.
   *
   * @param mean at infinite width
   */
  FirstOrder meanPhi(JointMoments at, double mean) {
    int m = limit.length;
    double shifts = 0;
    double variance = 0;
    for (int a = 0; a < m; a++) {
      SingleMoments own = at.single[a];
      double felt = cov[a][a] + spread(a, a);
      shifts += own.phiGrowth() * shift[a] + 0.5 * own.phiCurvature() * felt;
      for (int b = 0; b < m; b++) {
        double drawn = cov[a][b] - fixed[a][b];
        variance += at.values[a][b] + own.phiGrowth() * at.single[b].phiGrowth() * drawn;
      }
    }
    return new FirstOrder(mean, shifts / m, variance / (m * m));
  }

  /** n Var K_aa/q_a², the largest of the inputs'. */
  double relativeVariance() {
    double largest = 0;
    for (int a = 0; a < limit.length; a++) {
      largest = Math.max(largest, cov[a][a] / (limit[a][a] * limit[a][a]));
    }
    return largest;
  }

  /** n Var of ln of the mean of z² over units, of the first input. */
  double varianceOfOne() {
    return observed[0][0] / (limit[0][0] * limit[0][0]);
  }

  /**
   * Cosine of z of two inputs, averaged over pairs. All pairs are entries.
   *
   * @param mean at infinite width
   */
  FirstOrder c(double mean) {
    int m = limit.length;
    double pairs = 0.5 * m * (m - 1);
    double[] slope = new double[entries.size()];
    double shifts = 0;
    for (int a = 0; a < m; a++) {
      double qa = limit[a][a];
      for (int b = 0; b < a; b++) {
        int ab = entries.of(a, b);
        double qb = limit[b][b];
        double root = Math.sqrt(qa) * Math.sqrt(qb);
        double c = limit[a][b] / root;
        slope[ab] = 1 / (pairs * root);
        slope[a] -= 0.5 * c / (pairs * qa);
        slope[b] -= 0.5 * c / (pairs * qb);
        double norms = observed[a][a] / (qa * qa) + observed[b][b] / (qb * qb);
        double crossed = observed[ab][a] / (qa * root) + observed[ab][b] / (qb * root);
        double bent = c * (0.375 * norms + 0.25 * observed[a][b] / (qa * qb)) - 0.5 * crossed;
        shifts += bent / pairs;
      }
    }
    double variance = 0;
    for (int e = 0; e < slope.length; e++) {
      shifts += slope[e] * shift[e];
      for (int f = 0; f < slope.length; f++) {
        variance += slope[e] * slope[f] * observed[e][f];
      }
    }
    return new FirstOrder(mean, shifts, variance);
  }

  /** n times {@link Reliability#ofPairs} of the mean pair. All pairs are entries. */
  double pairs() {
    int m = limit.length;
    double pairs = 0.5 * m * (m - 1);
    double square = 0;
    double variance = 0;
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < a; b++) {
        int[] at = {entries.of(a, b), a, b};
        double root = Math.sqrt(limit[a][a]) * Math.sqrt(limit[b][b]);
        double c = limit[a][b] / root;
        double[] slope = {1 / root, -0.5 * c / limit[a][a], -0.5 * c / limit[b][b]};
        square += c * c / pairs;
        for (int e = 0; e < 3; e++) {
          for (int f = 0; f < 3; f++) {
            variance += slope[e] * slope[f] * observed[at[e]][at[f]] / pairs;
          }
        }
      }
    }
    return Reliability.ofPairs(Math.sqrt(square), variance, m);
  }
}
