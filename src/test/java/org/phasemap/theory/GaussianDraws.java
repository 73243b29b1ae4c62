package org.phasemap.theory;

import java.util.Arrays;
import java.util.Random;

/** Gaussian vectors and weight matrices, and what simulations do with them. */
final class GaussianDraws {
  private final Random random;

  GaussianDraws(Random random) {
    this.random = random;
  }

  double[] gaussian(int n, double sigma) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = sigma * random.nextGaussian();
    }
    return x;
  }

  double[][] weights(int rows, int columns, double sigmaW2) {
    double[][] w = new double[rows][];
    for (int i = 0; i < rows; i++) {
      w[i] = gaussian(columns, Math.sqrt(sigmaW2 / columns));
    }
    return w;
  }

  static double[] times(double[][] w, double[] x) {
    return Arrays.stream(w).mapToDouble(row -> DenseNetwork.dot(row, x)).toArray();
  }

  static double[] relu(double[] z) {
    return Arrays.stream(z).map(v -> Math.max(v, 0)).toArray();
  }

  static double meanSquare(double[] x) {
    return DenseNetwork.dot(x, x) / x.length;
  }
}
