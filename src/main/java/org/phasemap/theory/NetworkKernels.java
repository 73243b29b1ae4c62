package org.phasemap.theory;

/**
 * NNGP and NTK of networks with L hidden layers and a linear scalar read-out of the same law, on
 * any set of m inputs (Neal 1996; Lee et al. 2018; Jacot, Gabriel and Hongler 2018).
 *
 * @param nngp m × m, covariance of the read-out over random networks
 * @param ntk m × m
 */
@SuppressWarnings("ArrayRecordComponent") // matrices that their maker hands over
public record NetworkKernels(double[][] nngp, double[][] ntk) {

  /**
   * NTK parameterisation.
   *
   * @param inputGram m × m, x_a·x_b/n₀, symmetric with a positive diagonal
   * @throws IllegalArgumentException where it is neither
   */
  public static NetworkKernels ntkParameterisation(LayerLaw law, double[][] inputGram, int depth) {
    return of(law, inputGram, depth, Double.NaN, Double.NaN);
  }

  /**
   * Standard parameterisation: weights count as they are, biases where there are any.
   *
   * @param width n of every hidden layer
   * @param inputDimension n₀
   */
  public static NetworkKernels standardParameterisation(
      LayerLaw law, double[][] inputGram, int depth, double width, double inputDimension) {
    return of(law, inputGram, depth, width, inputDimension);
  }

  private static NetworkKernels of(
      LayerLaw law, double[][] gram, int depth, double width, double inputDimension) {
    check(gram);
    int m = gram.length;
    double w = law.sigmaW2();
    double b = law.sigmaB2();
    double bias = b > 0 ? 1 : 0;
    boolean standard = !Double.isNaN(width);
    double[] q = new double[m];
    double[][] delta = new double[m][m];
    double[][] theta = new double[m][m];
    for (int i = 0; i < m; i++) {
      q[i] = w * gram[i][i] + b;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        double k = w * gram[i][j] + b;
        delta[i][j] = i == j ? 0 : oneMinusC(q[i], q[j], k);
        theta[i][j] = standard ? inputDimension * gram[i][j] + bias : k;
      }
    }
    double[][] nngp = new double[m][m];
    for (int l = 1; l <= depth; l++) {
      double[] nextQ = new double[m];
      double[][] nextDelta = new double[m][m];
      for (int i = 0; i < m; i++) {
        nextQ[i] = SignalMaps.nextQ(law, q[i]);
      }
      for (int i = 0; i < m; i++) {
        for (int j = 0; j <= i; j++) {
          CrossDual dual = CrossDual.of(law.activation(), q[i], q[j]);
          double d = delta[i][j];
          double product = dual.product(d);
          double k = w * product + b;
          double own = standard ? width * product + bias : k;
          theta[i][j] = own + w * dual.derivative(d) * theta[i][j];
          theta[j][i] = theta[i][j];
          nngp[i][j] = k;
          nngp[j][i] = k;
          nextDelta[i][j] =
              q[i] == q[j]
                  ? LayerStatistics.of(law, q[i]).nextOneMinusC(d)
                  : oneMinusC(nextQ[i], nextQ[j], k);
          nextDelta[j][i] = nextDelta[i][j];
        }
      }
      q = nextQ;
      delta = nextDelta;
    }
    return new NetworkKernels(nngp, theta);
  }

  private static double oneMinusC(double qa, double qb, double covariance) {
    double root = Math.sqrt(qa * qb);
    return Math.max(0, Math.min(2, (root - covariance) / root));
  }

  private static void check(double[][] gram) {
    for (int i = 0; i < gram.length; i++) {
      if (gram[i].length != gram.length || !(gram[i][i] > 0)) {
        throw new IllegalArgumentException(
            "the Gram matrix must be square with a positive diagonal: row " + i);
      }
      for (int j = 0; j < i; j++) {
        if (!(Math.abs(gram[i][j] - gram[j][i]) <= 1e-9 * Math.sqrt(gram[i][i] * gram[j][j]))) {
          throw new IllegalArgumentException(
              "the Gram matrix must be symmetric: entries " + i + ", " + j);
        }
      }
    }
  }
}
