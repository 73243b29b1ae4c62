package org.phasemap.theory.limit;

/**
 * NNGP and NTK of networks with L hidden layers and a linear scalar read-out of the same law, on
 * any set of m inputs (Neal 1996; Lee et al. 2018; Jacot, Gabriel and Hongler 2018).
 *
 * @param nngp m × m, covariance of the read-out over random networks
 * @param ntk m × m
 */
@SuppressWarnings("ArrayRecordComponent") // matrices that their maker hands over
record NetworkKernels(double[][] nngp, double[][] ntk) {

  /**
   * NTK parameterisation.
   *
   * @param inputGram m × m, x_a·x_b/n₀, symmetric with a positive diagonal
   */
  static NetworkKernels ntkParameterisation(LayerLaw law, double[][] inputGram, int depth) {
    return of(law, inputGram, depth, Double.NaN, Double.NaN);
  }

  /**
   * Standard parameterisation: weights count as they are, biases where there are any.
   *
   * @param width n of every hidden layer
   * @param inputDimension n₀
   */
  static NetworkKernels standardParameterisation(
      LayerLaw law, double[][] inputGram, int depth, double width, double inputDimension) {
    return of(law, inputGram, depth, width, inputDimension);
  }

  private static NetworkKernels of(
      LayerLaw law, double[][] gram, int depth, double width, double inputDimension) {
    int m = gram.length;
    InputKernels kernels = InputKernels.of(law, gram, width, inputDimension);
    for (int l = 1; l <= depth; l++) {
      kernels.up();
    }
    double[][] nngp = new double[m][m];
    double[][] theta = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        nngp[i][j] = kernels.nngp(i, j);
        theta[i][j] = Double.isNaN(width) ? kernels.ntk(i, j) : kernels.standardNtk(i, j);
      }
    }
    return new NetworkKernels(nngp, theta);
  }
}
