package org.phasemap.theory.limit;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric kernel matrix by Jacobi's method, relative error 1e-14 of the largest:
 * a second method beside the product's.
 */
public final class KernelEigenvalues {
  private static final int MAX_SWEEPS = 60;

  private final double[] ascending;

  private KernelEigenvalues(double[] ascending) {
    this.ascending = ascending;
  }

  /** Of an m × m matrix, which is not changed. */
  public static KernelEigenvalues of(double[][] kernel) {
    int m = kernel.length;
    double[][] a = new double[m][];
    for (int i = 0; i < m; i++) {
      a[i] = kernel[i].clone();
    }
    for (int sweep = 0; sweep < MAX_SWEEPS && offNorm(a) > 0; sweep++) {
      for (int i = 0; i < m; i++) {
        for (int j = i + 1; j < m; j++) {
          rotate(a, i, j);
        }
      }
    }
    double[] values = new double[m];
    for (int i = 0; i < m; i++) {
      values[i] = a[i][i];
    }
    Arrays.sort(values);
    return new KernelEigenvalues(values);
  }

  /** All of them, ascending. */
  public double[] ascending() {
    return ascending.clone();
  }

  /** The largest. */
  public double largest() {
    return ascending[ascending.length - 1];
  }

  /** The smallest. */
  public double smallest() {
    return ascending[0];
  }

  /** Largest over smallest. */
  public double conditionNumber() {
    return largest() / smallest();
  }

  /** 2/λ_max: the largest stable learning rate on half the summed squared error. */
  public double criticalLearningRate() {
    return 2 / largest();
  }

  private static double offNorm(double[][] a) {
    double off = 0;
    double all = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        all += a[i][j] * a[i][j];
        off += i == j ? 0 : a[i][j] * a[i][j];
      }
    }
    return off > 1e-34 * all ? off : 0;
  }

  private static void rotate(double[][] a, int i, int j) {
    if (a[i][j] == 0) {
      return;
    }
    double tau = (a[j][j] - a[i][i]) / (2 * a[i][j]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double x = a[k][i];
      double y = a[k][j];
      a[k][i] = c * x - s * y;
      a[k][j] = s * x + c * y;
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[i][k];
      double y = a[j][k];
      a[i][k] = c * x - s * y;
      a[j][k] = s * x + c * y;
    }
  }
}
