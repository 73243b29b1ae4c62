package org.phasemap.measure.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues of a symmetric matrix, good to 1e-15 of the largest: Householder's reflections to a
 * tridiagonal matrix, then bisection by Sturm's counts (Golub and Van Loan 2013, §8.3.1 and
 * §8.4.1). It never fails, where QL iterations (as Commons Math has them) find no end among the
 * many zeros of a ReLU network's Jacobian.
 *
 * <p>Counts at fifty points an eigenvalue would take most of the time. So {@link RationalQl} first
 * says about where the eigenvalues are, and {@link Bisection} then counts at the ends of the
 * interval in which a bisection would have ended: its result has the same bits.
 */
public final class Eigenvalues {
  private Eigenvalues() {}

  /**
   * The ends of a spectrum, equal to the first and the last of {@link #of}.
   *
   * @param smallest the smallest eigenvalue
   * @param largest the largest
   */
  public record Extremes(double smallest, double largest) {}

  /**
   * In ascending order; NaNs where the matrix has one or an infinity.
   *
   * @param rows n × n entries, row by row; made symmetric
   */
  public static double[] of(double[] rows, int n) {
    double[] values = new double[n];
    Tridiagonal matrix = tridiagonal(rows, n);
    if (matrix == null) {
      Arrays.fill(values, Double.NaN);
    } else if (matrix.scale() > 0) {
      int[] all = new int[n];
      Arrays.setAll(all, k -> k);
      values = new Bisection(matrix).eigenvalues(all, about(matrix));
      for (int k = 0; k < n; k++) {
        values[k] *= matrix.scale();
      }
    }
    return values;
  }

  /**
   * The smallest and the largest alone, which takes half the time; NaNs where the matrix has one or
   * an infinity.
   *
   * @param rows n × n entries, row by row; made symmetric
   */
  public static Extremes extremes(double[] rows, int n) {
    Tridiagonal matrix = tridiagonal(rows, n);
    if (matrix == null) {
      return new Extremes(Double.NaN, Double.NaN);
    }
    if (matrix.scale() == 0) {
      return new Extremes(0, 0);
    }
    double[] about = about(matrix);
    double[] ends =
        new Bisection(matrix)
            .eigenvalues(new int[] {0, n - 1}, new double[] {about[0], about[n - 1]});
    return new Extremes(matrix.scale() * ends[0], matrix.scale() * ends[1]);
  }

  private static double[] about(Tridiagonal matrix) {
    return RationalQl.of(matrix.diagonal(), matrix.beside());
  }

  /** Null where the matrix has a NaN or an infinity. */
  private static @Nullable Tridiagonal tridiagonal(double[] rows, int n) {
    double[] a = new double[n * n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double entry = 0.5 * (rows[i * n + j] + rows[j * n + i]);
        a[i * n + j] = entry;
        a[j * n + i] = entry;
        // NaN stays.
        largest = Math.max(largest, Math.abs(entry));
      }
    }
    if (!(largest < Double.POSITIVE_INFINITY)) {
      return null;
    }
    if (largest > 0) {
      for (int i = 0; i < a.length; i++) {
        a[i] /= largest;
      }
    }
    return Tridiagonal.of(a, n, largest);
  }
}
