package org.phasemap.theory.gauss;

import java.util.Arrays;
import java.util.Random;
import org.phasemap.theory.limit.DenseNetwork;

/** Gaussian vectors and weight matrices, and what simulations do with them. */
public final class GaussianDraws {
  private final Random random;

  public GaussianDraws(Random random) {
    this.random = random;
  }

  public double[] gaussian(int n, double sigma) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = sigma * random.nextGaussian();
    }
    return x;
  }

  public double[][] weights(int rows, int columns, double sigmaW2) {
    double[][] w = new double[rows][];
    for (int i = 0; i < rows; i++) {
      w[i] = gaussian(columns, Math.sqrt(sigmaW2 / columns));
    }
    return w;
  }

  public static double[] times(double[][] w, double[] x) {
    return Arrays.stream(w).mapToDouble(row -> DenseNetwork.dot(row, x)).toArray();
  }

  public static double[] relu(double[] z) {
    return Arrays.stream(z).map(v -> Math.max(v, 0)).toArray();
  }

  public static double meanSquare(double[] x) {
    return DenseNetwork.dot(x, x) / x.length;
  }
}
