package org.phasemap.measure.linear;

import java.util.Arrays;

/**
 * The largest modulus of the eigenvalues of a square matrix, by Householder's reflections to an
 * upper Hessenberg matrix and Francis' QR steps with two shifts at once (Golub and Van Loan 2013,
 * §7.4.3 and §7.5). Eigenvalues alone are found, which takes a third of what their vectors would.
 */
public final class SpectralRadius {
  /** Steps without an eigenvalue: a dozen is many. */
  private static final int PATIENCE = 100;

  /** After so many the shifts are others, which no symmetry of the matrix can hold fast. */
  private static final int STUCK = 10;

  private static final double ROUNDING = Math.ulp(1.0);

  private final int n;

  /** Row by row. */
  private final double[] h;

  private double largest;

  /** At least as large as each eigenvalue that was not found. */
  private double unknown;

  private SpectralRadius(double[] h, int n) {
    this.h = h;
    this.n = n;
  }

  /**
   * Of a matrix; 0 of an empty one, and NaN where the matrix has a NaN or an infinity, or where the
   * steps find no end of a part of it that may have the largest.
   *
   * @param rows n × n entries, row by row
   */
  public static double of(double[] rows, int n) {
    double scale = Arrays.stream(rows).limit((long) n * n).map(Math::abs).reduce(0, Math::max);
    if (scale == 0) {
      return 0;
    }
    if (!Double.isFinite(scale)) {
      return Double.NaN;
    }
    SpectralRadius matrix =
        new SpectralRadius(
            Arrays.stream(rows).limit((long) n * n).map(x -> x / scale).toArray(), n);
    matrix.toHessenberg();
    matrix.deflate();
    return scale * (matrix.largest >= matrix.unknown ? matrix.largest : Double.NaN);
  }

  private double at(int row, int column) {
    return h[row * n + column];
  }

  private void toHessenberg() {
    double[] v = new double[n];
    double[] products = new double[n];
    for (int k = 0; k < n - 2; k++) {
      double square = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = at(i, k);
        square += v[i] * v[i];
      }
      double norm = Math.sqrt(square);
      if (norm == 0) {
        continue;
      }
      v[k + 1] += v[k + 1] < 0 ? -norm : norm;
      // vᵀv = 2 (norm² + |first| norm).
      double beta = 1 / (square + norm * Math.abs(at(k + 1, k)));
      Arrays.fill(products, k, n, 0);
      for (int i = k + 1; i < n; i++) {
        for (int j = k; j < n; j++) {
          products[j] += v[i] * at(i, j);
        }
      }
      for (int i = k + 1; i < n; i++) {
        double factor = beta * v[i];
        for (int j = k; j < n; j++) {
          h[i * n + j] -= factor * products[j];
        }
      }
      for (int i = 0; i < n; i++) {
        double product = 0;
        for (int j = k + 1; j < n; j++) {
          product += at(i, j) * v[j];
        }
        for (int j = k + 1; j < n; j++) {
          h[i * n + j] -= beta * product * v[j];
        }
      }
      for (int i = k + 2; i < n; i++) {
        h[i * n + k] = 0;
      }
    }
  }

  /** Takes eigenvalues off the lower end, one or two at a time, or a block that has no end. */
  private void deflate() {
    int end = n - 1;
    int steps = 0;
    while (end >= 0) {
      int start = start(end);
      if (start == end) {
        largest = Math.max(largest, Math.abs(at(end, end)));
      } else if (start == end - 1) {
        largest = Math.max(largest, ofPair(end));
      } else if (++steps > PATIENCE) {
        unknown = Math.max(unknown, rowSum(start, end));
      } else {
        step(start, end, steps % STUCK == 0);
        continue;
      }
      end = start - 1;
      steps = 0;
    }
  }

  /** The largest sum of moduli over a row of a block: no eigenvalue of it is larger. */
  private double rowSum(int start, int end) {
    double most = 0;
    for (int i = start; i <= end; i++) {
      most = Math.max(most, Arrays.stream(h, i * n + start, i * n + end + 1).map(Math::abs).sum());
    }
    return most;
  }

  /** First row of the last block that nothing below the diagonal splits. */
  private int start(int end) {
    for (int l = end; l > 0; l--) {
      double beside = Math.abs(at(l - 1, l - 1)) + Math.abs(at(l, l));
      if (Math.abs(at(l, l - 1)) <= ROUNDING * (beside == 0 ? 1 : beside)) {
        h[l * n + l - 1] = 0;
        return l;
      }
    }
    return 0;
  }

  /** Of the last two rows of a block. */
  private double ofPair(int end) {
    double half = 0.5 * (at(end - 1, end - 1) + at(end, end));
    double apart = 0.5 * (at(end - 1, end - 1) - at(end, end));
    double square = apart * apart + at(end - 1, end) * at(end, end - 1);
    return square >= 0
        ? Math.abs(half) + Math.sqrt(square)
        : Math.sqrt(half * half - square); // |half ± i√−square|
  }

  private void step(int start, int end, boolean isStuck) {
    double sum = at(end - 1, end - 1) + at(end, end);
    double product = at(end - 1, end - 1) * at(end, end) - at(end - 1, end) * at(end, end - 1);
    if (isStuck) {
      double size = Math.abs(at(end, end - 1)) + Math.abs(at(end - 1, end - 2));
      sum = 1.5 * size;
      product = size * size;
    }
    double x =
        at(start, start) * (at(start, start) - sum)
            + at(start, start + 1) * at(start + 1, start)
            + product;
    double y = at(start + 1, start) * (at(start, start) + at(start + 1, start + 1) - sum);
    double z = at(start + 1, start) * at(start + 2, start + 1);
    for (int k = start; k < end; k++) {
      int rows = Math.min(3, end - k + 1);
      reflect(start, end, k, rows, new double[] {x, y, rows == 3 ? z : 0});
      if (k < end - 1) {
        x = at(k + 1, k);
        y = at(k + 2, k);
        z = k < end - 2 ? at(k + 3, k) : 0;
      }
    }
  }

  /** H ← P H P, P the reflection of rows k, k + 1, … that takes v to its first axis. */
  private void reflect(int start, int end, int k, int rows, double[] v) {
    double norm = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    if (norm == 0) {
      return;
    }
    double beta = 1 / (norm * (norm + Math.abs(v[0])));
    v[0] += v[0] < 0 ? -norm : norm;
    for (int j = Math.max(start, k - 1); j <= end; j++) {
      double product = 0;
      for (int i = 0; i < rows; i++) {
        product += v[i] * at(k + i, j);
      }
      for (int i = 0; i < rows; i++) {
        h[(k + i) * n + j] -= beta * product * v[i];
      }
    }
    for (int i = start; i <= Math.min(k + 3, end); i++) {
      double product = 0;
      for (int j = 0; j < rows; j++) {
        product += v[j] * at(i, k + j);
      }
      for (int j = 0; j < rows; j++) {
        h[i * n + k + j] -= beta * product * v[j];
      }
    }
    for (int i = 1; k > start && i < rows; i++) {
      h[(k + i) * n + k - 1] = 0;
    }
  }
}
