package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * Gaussian expectations of products of φ and φ′ at inputs of any variances and correlations: what
 * the fluctuation of a finite layer is made of. All are averages over one {@link GaussianSample}, so
 * that differences which vanish for equal inputs do so here too. Matrices are m × m.
 */
final class JointMoments {
  private final double[][] covariance;
  private final double[][] x;
  private final double[][] value;
  private final double[][] slope;

  /** Of each input by itself. */
  final SingleMoments[] single;

  /** E φ_aφ_b. */
  final double[][] product;

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

  /**
   * At a layer.
   *
   * @param covariance of the pre-activations
   */
  JointMoments(Activation f, double[][] covariance, KernelEntries entries) {
    this.covariance = covariance;
    int m = covariance.length;
    x = GaussianSample.of(covariance);
    value = new double[m][GaussianSample.SIZE];
    slope = new double[m][GaussianSample.SIZE];
    single = new SingleMoments[m];
    ActivationTable table = ActivationTable.of(f);
    for (int a = 0; a < m; a++) {
      table.read(x[a], GaussianSample.SIZE, value[a], slope[a]);
      single[a] = SingleMoments.of(f, covariance[a][a]);
    }
    double[][] value2 = squares(value);
    double[][] slope2 = squares(slope);
    product = new double[m][m];
    slopes = new double[m][m];
    bend = new double[m][m];
    gain = new double[m][m];
    gainWithSignal = new double[m][m];
    for (int a = 0; a < m; a++) {
      for (int b = 0; b <= a; b++) {
        both(product, a, b, GaussianSample.mean(value[a], value[b]));
        both(slopes, a, b, GaussianSample.mean(slope[a], slope[b]));
      }
    }
    for (int a = 0; a < m; a++) {
      double[] xSlope = times(x[a], slope[a]);
      for (int b = 0; b < m; b++) {
        // Stein's lemma, E u g(u)h(v) = q E g′h + K E g h′, saves φ″ and its jumps.
        double stein = GaussianSample.mean(xSlope, value[b]) - covariance[a][b] * slopes[a][b];
        bend[a][b] = stein / covariance[a][a];
        double squares = slopes[a][a] * slopes[b][b];
        gain[a][b] = GaussianSample.mean(slope2[a], slope2[b]) / squares;
        gainWithSignal[a][b] =
            GaussianSample.mean(slope2[a], value2[b]) / slopes[a][a] - product[b][b];
      }
    }
    products = products(entries);
  }

  /** dV/dq of an input. */
  double growth(int a) {
    return slopes[a][a] + bend[a][a];
  }

  /** E φ′²φ² of an input, over the product of the means. */
  double slopeTilt(int a) {
    return 1 + gainWithSignal[a][a] / product[a][a];
  }

  /** Inputs' values of φ, for further moments. */
  double[] value(int a) {
    return value[a];
  }

  /** Of φ′. */
  double[] slope(int a) {
    return slope[a];
  }

  /** The pre-activations themselves. */
  double[] x(int a) {
    return x[a];
  }

  /** Their covariance. */
  double covariance(int a, int b) {
    return covariance[a][b];
  }

  private double[][] products(KernelEntries entries) {
    double[][] centred = new double[entries.size()][];
    for (int e = 0; e < centred.length; e++) {
      int a = entries.first(e);
      int b = entries.second(e);
      centred[e] = times(value[a], value[b]);
      for (int i = 0; i < GaussianSample.SIZE; i++) {
        centred[e][i] -= product[a][b];
      }
    }
    double[][] cov = new double[centred.length][centred.length];
    for (int e = 0; e < centred.length; e++) {
      for (int f = 0; f <= e; f++) {
        both(cov, e, f, GaussianSample.mean(centred[e], centred[f]));
      }
    }
    return cov;
  }

  private static void both(double[][] symmetric, int a, int b, double entry) {
    symmetric[a][b] = entry;
    symmetric[b][a] = entry;
  }

  private static double[][] squares(double[][] f) {
    double[][] squares = new double[f.length][];
    for (int a = 0; a < f.length; a++) {
      squares[a] = times(f[a], f[a]);
    }
    return squares;
  }

  static double[] times(double[] f, double[] g) {
    double[] product = new double[f.length];
    for (int i = 0; i < f.length; i++) {
      product[i] = f[i] * g[i];
    }
    return product;
  }
}
