package org.phasemap.theory.width;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.ActivationTable;
import org.phasemap.theory.gauss.GaussianSample;
import org.phasemap.theory.width.moment.SingleMoments;

/**
 * Gaussian expectations of products of φ and φ′ at inputs of any variances and correlations: what
 * the fluctuation of a finite layer is made of. All are averages over one {@link GaussianSample},
 * so that differences which vanish for equal inputs do so here too. Matrices are m × m.
 */
final class JointMoments {
  /** Of the pre-activations. */
  final double[][] covariance;

  /** Of each input by itself. */
  final SingleMoments[] single;

  /** E φ_aφ_b. */
  final double[][] product;

  /** Cov(φ_a, φ_b). */
  final double[][] values;

  /** E φ′_aφ′_b. */
  final double[][] slopes;

  /** E φ″_aφ_b: not symmetric. At a = b, with {@link #slopes} the slope of E φ². */
  final double[][] bend;

  /** E φ′_a²φ′_b² over E φ′_a² E φ′_b². */
  final double[][] gain;

  /** Cov(φ′_a², φ_b²) over E φ′_a²: not symmetric. */
  final double[][] gainWithSignal;

  /** Covariances of the products φ_aφ_b, by entries. */
  final double[][] products;

  /** Null without pairs. */
  final @Nullable JointCurvature curvature;

  /**
   * At a layer.
   *
   * @param covariance of the pre-activations
   */
  JointMoments(Activation f, double[][] covariance, KernelEntries entries) {
    this.covariance = covariance;
    int m = covariance.length;
    double[][] x = GaussianSample.of(covariance);
    double[][] value = new double[m][GaussianSample.SIZE];
    double[][] slope = new double[m][GaussianSample.SIZE];
    double[][] value2 = new double[m][];
    double[][] slope2 = new double[m][];
    double[] mean = new double[m];
    single = new SingleMoments[m];
    ActivationTable table = ActivationTable.of(f);
    for (int a = 0; a < m; a++) {
      table.read(x[a], GaussianSample.SIZE, value[a], slope[a]);
      value2[a] = GaussianSample.times(value[a], value[a]);
      slope2[a] = GaussianSample.times(slope[a], slope[a]);
      mean[a] = Arrays.stream(value[a]).sum() / GaussianSample.SIZE;
      single[a] = SingleMoments.of(f, covariance[a][a]);
    }
    product = GaussianSample.means(value);
    slopes = GaussianSample.means(slope);
    gain = GaussianSample.means(slope2);
    values = new double[m][m];
    bend = new double[m][m];
    gainWithSignal = new double[m][m];
    for (int a = 0; a < m; a++) {
      double[] xSlope = GaussianSample.times(x[a], slope[a]);
      for (int b = 0; b < m; b++) {
        values[a][b] = product[a][b] - mean[a] * mean[b];
        // Stein's lemma, E u g(u)h(v) = q E g′h + K E g h′, saves φ″ and its jumps.
        double stein = GaussianSample.mean(xSlope, value[b]) - covariance[a][b] * slopes[a][b];
        bend[a][b] = stein / covariance[a][a];
        gain[a][b] /= slopes[a][a] * slopes[b][b];
        gainWithSignal[a][b] =
            GaussianSample.mean(slope2[a], value2[b]) / slopes[a][a] - product[b][b];
      }
    }
    products = products(value, entries);
    curvature =
        entries.hasPairs() ? new JointCurvature(f, covariance, x, value, slope, bend) : null;
  }

  private double[][] products(double[][] value, KernelEntries entries) {
    double[][] centred = new double[entries.size()][];
    for (int e = 0; e < centred.length; e++) {
      int a = entries.first(e);
      int b = entries.second(e);
      centred[e] = GaussianSample.times(value[a], value[b]);
      for (int i = 0; i < GaussianSample.SIZE; i++) {
        centred[e][i] -= product[a][b];
      }
    }
    return GaussianSample.means(centred);
  }

  /** dV/dq of an input. */
  double growth(int a) {
    return slopes[a][a] + bend[a][a];
  }

  /** E φ′²φ² of an input, over the product of the means. */
  double slopeTilt(int a) {
    return 1 + gainWithSignal[a][a] / product[a][a];
  }
}
