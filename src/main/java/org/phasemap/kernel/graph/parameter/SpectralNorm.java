package org.phasemap.kernel.graph.parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The largest singular value of a matrix in float64, by the lengths of what Golub and Kahan (1965,
 * §2) make of a vector step by step: the largest singular value of the bidiagonal matrix that they
 * form converges far faster than a power iteration.
 */
public final class SpectralNorm {
  /** Relative change from one step to the next that ends the search. */
  private static final double CONVERGED = 1e-9;

  /** Beyond as many as exact arithmetic takes. */
  private static final int MORE_STEPS = 20;

  /** Bits of a float64, and some. */
  private static final int HALVINGS = 60;

  /** The same for singular vectors, whose error is of the order of its root. */
  private static final double CONVERGED_VECTORS = 1e-14;

  private static final int INVERSE_ITERATIONS = 4;

  /** By how much inverse iteration stays beyond σ², so that no pivot vanishes. */
  private static final double SHIFT = 1e-10;

  private final float[] matrix;
  private final int rows;
  private final int columns;

  /** Left vectors of the steps. */
  private final List<double[]> lefts = new ArrayList<>();

  private final double[] diagonal;
  private final double[] beside;

  private SpectralNorm(float[] matrix, int rows) {
    this.matrix = matrix;
    this.rows = rows;
    columns = matrix.length / rows;
    int most = Math.min(rows, columns) + MORE_STEPS;
    diagonal = new double[most];
    beside = new double[most];
  }

  /**
   * σ_max, relative error about 1e-8.
   *
   * @param matrix column by column
   */
  static double of(float[] matrix, int rows) {
    return new SpectralNorm(matrix, rows).largest(CONVERGED);
  }

  /**
   * The largest singular value with its vectors, Av = σu; of a simple one.
   *
   * @param sigma σ
   * @param left u, of length 1
   * @param right v, of length 1
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  public record Triplet(double sigma, double[] left, double[] right) {}

  /**
   * The leading triplet, relative error about 1e-6; NaN of a matrix that is not finite, and zeros
   * of zeros.
   *
   * @param matrix column by column
   */
  public static Triplet triplet(float[] matrix, int rows) {
    SpectralNorm norm = new SpectralNorm(matrix, rows);
    for (float entry : matrix) {
      if (!Float.isFinite(entry)) {
        return new Triplet(Double.NaN, unknown(rows), unknown(norm.columns));
      }
    }
    norm.largest(CONVERGED_VECTORS);
    double[] left = norm.left();
    double[] right = norm.transposedTimes(left);
    return new Triplet(normalise(right), left, right);
  }

  private static double[] unknown(int size) {
    double[] entries = new double[size];
    Arrays.fill(entries, Double.NaN);
    return entries;
  }

  private double largest(double converged) {
    double[] right = new double[columns];
    for (int j = 0; j < columns; j++) {
      right[j] = 1 + 0.5 * Math.sin(j + 1.0);
    }
    normalise(right);
    double[] left = new double[rows];
    double before = 0;
    double beta = 0;
    for (int step = 0; step < diagonal.length; step++) {
      double[] sent = times(right);
      add(-beta, left, sent);
      diagonal[step] = normalise(sent);
      left = sent;
      lefts.add(left);
      double[] back = transposedTimes(left);
      add(-diagonal[step], right, back);
      beta = normalise(back);
      beside[step] = beta;
      right = back;
      double largest = ofBidiagonal(diagonal, beside, step + 1);
      if (beta == 0 || (step > 4 && largest - before <= converged * largest)) {
        return largest;
      }
      before = largest;
    }
    return before;
  }

  /** u = Σ x_i u_i of the steps' left vectors, x the leading eigenvector of BBᵀ. */
  private double[] left() {
    int size = lefts.size();
    double[] x = new double[size];
    Arrays.setAll(x, i -> 1 + 0.5 * Math.sin(i + 1.0));
    double largest = ofBidiagonal(diagonal, beside, size);
    double shift = largest * largest * (1 + SHIFT);
    for (int i = 0; i < INVERSE_ITERATIONS && shift > 0; i++) {
      solve(shift, x);
      normalise(x);
    }
    double[] left = new double[rows];
    for (int i = 0; i < size; i++) {
      add(x[i], lefts.get(i), left);
    }
    normalise(left);
    return left;
  }

  /** (shift − BBᵀ) y = x by elimination, in place; it is positive definite beyond σ². */
  private void solve(double shift, double[] x) {
    double[] pivots = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      pivots[i] = shift - diagonal[i] * diagonal[i] - beside[i] * beside[i];
      if (i > 0) {
        double factor = -beside[i - 1] * diagonal[i] / pivots[i - 1];
        pivots[i] += factor * beside[i - 1] * diagonal[i];
        x[i] -= factor * x[i - 1];
      }
    }
    for (int i = x.length - 1; i >= 0; i--) {
      double above = i + 1 < x.length ? beside[i] * diagonal[i + 1] * x[i + 1] : 0;
      x[i] = (x[i] + above) / pivots[i];
    }
  }

  private double[] times(double[] x) {
    double[] y = new double[rows];
    for (int j = 0, at = 0; j < columns; j++) {
      double factor = x[j];
      for (int i = 0; i < rows; i++, at++) {
        y[i] += factor * matrix[at];
      }
    }
    return y;
  }

  private double[] transposedTimes(double[] y) {
    double[] x = new double[columns];
    for (int j = 0, at = 0; j < columns; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++, at++) {
        sum += y[i] * matrix[at];
      }
      x[j] = sum;
    }
    return x;
  }

  private static void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  /** Returns the length that it had. */
  private static double normalise(double[] x) {
    double square = 0;
    for (double entry : x) {
      square += entry * entry;
    }
    double length = Math.sqrt(square);
    for (int i = 0; length > 0 && i < x.length; i++) {
      x[i] /= length;
    }
    return length;
  }

  /** By halving, on the tridiagonal matrix BBᵀ: d_i² + e_i² on its diagonal, e_i d_{i+1} beside. */
  private static double ofBidiagonal(double[] diagonal, double[] beside, int size) {
    double most = 0;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, Math.max(diagonal[i], beside[i]));
    }
    double low = 0;
    double high = 4 * most * most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (hasEigenvalueAbove(middle, diagonal, beside, size)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt((low + high) / 2);
  }

  private static boolean hasEigenvalueAbove(
      double x, double[] diagonal, double[] beside, int size) {
    double pivot = 1;
    for (int i = 0; i < size; i++) {
      double own = diagonal[i] * diagonal[i] + beside[i] * beside[i] - x;
      double off = i == 0 ? 0 : beside[i - 1] * diagonal[i];
      pivot = own - (i == 0 ? 0 : off * off / pivot);
      if (pivot > 0) {
        return true;
      }
    }
    return false;
  }
}
