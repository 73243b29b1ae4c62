package org.phasemap.measure.linear;

import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * What Golub and Kahan's bidiagonalisation (1965, §2) knows of a matrix A after k steps: U_kᵀ A V_k
 * = B, with α_i on the diagonal and β_i beside it.
 */
public final class Bidiagonal {
  /** Relative, and well below the n^{−2/3} by which edges of spectra differ between networks. */
  private static final double TOLERANCE = 1e-4;

  private static final int MOST_STEPS = 300;

  /**
   * In exact arithmetic n steps find everything. Many times as many are of no use: in slopes below
   * float32's normal range a step down is not the transpose of the step up, and nothing converges.
   */
  private static final int MOST_STEPS_OF_ONE = 24;

  private static final int MORE_STEPS = 4;

  private final int mostSteps;

  private double[] alpha = new double[0];
  private double[] beta = new double[0];
  private double largest = Double.NaN;
  private boolean done;

  /**
   * Of a matrix.
   *
   * @param n its rows and columns
   */
  public Bidiagonal(int n) {
    mostSteps = Math.min(MOST_STEPS, MOST_STEPS_OF_ONE + MORE_STEPS * (n - 1));
  }

  /**
   * A step: the next entry of the diagonal, and the one beside it.
   *
   * @param alpha length of A v_k without its part along u_{k−1}
   * @param beta length of Aᵀu_k without its part along v_k
   */
  public void add(double alpha, double beta) {
    int k = this.alpha.length + 1;
    this.alpha = Arrays.copyOf(this.alpha, k);
    this.beta = Arrays.copyOf(this.beta, k);
    this.alpha[k - 1] = alpha;
    this.beta[k - 1] = beta;
    if (!Double.isFinite(alpha + beta)) {
      done = true;
      return;
    }
    // B Bᵀ is tridiagonal.
    double[] diagonal = new double[k];
    double[] beside = new double[k - 1];
    for (int i = 0; i < k; i++) {
      diagonal[i] = this.alpha[i] * this.alpha[i];
      if (i + 1 < k) {
        diagonal[i] += this.beta[i] * this.beta[i];
        beside[i] = this.beta[i] * this.alpha[i + 1];
      }
    }
    EigenDecomposition squares = new EigenDecomposition(diagonal, beside);
    double value = Math.sqrt(Math.max(0, squares.getRealEigenvalue(0)));
    // A singular value of A is no further away than this.
    double residual = beta * Math.abs(squares.getEigenvector(0).getEntry(k - 1));
    if (residual <= TOLERANCE * value) {
      largest = value;
      done = true;
    } else {
      done = k == mostSteps;
    }
  }

  /** Whether further steps are of no use. */
  public boolean isDone() {
    return done;
  }

  /** The largest singular value; NaN where it was not found. */
  public double largest() {
    return largest;
  }
}
