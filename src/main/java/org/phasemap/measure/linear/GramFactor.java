package org.phasemap.measure.linear;

import java.util.Arrays;

/**
 * K = RᵀR of a symmetric positive semi-definite K, m × m, by Cholesky's method in float64. A column
 * whose remainder falls below {@link #CUT} of its square depends on the others: its row of R is
 * zero, and it has no direction of its own.
 *
 * <p>Pivots are taken in the columns' order unless another remainder is much larger, which keeps
 * rounding errors from growing: so a column draws the same random numbers in networks that differ a
 * little.
 *
 * <p>Full pivoting would let neighbouring cells give the same random numbers to different inputs.
 * No pivoting would let rounding grow into directions that are not there.
 */
public final class GramFactor {
  /** Columns are float32: their Gram matrix is known to about 1e-14 of its diagonal. */
  public static final double CUT = 1e-13;

  private static final double WELL_CONDITIONED = 1e-6;

  /** An error of 1e-6 in K is then one of 1e-4 in R. */
  private static final double ENOUGH_FOR_FLOAT32 = 1e-2;

  private static final double SMALL = 1e-30;
  private static final double MOSTLY_ROUNDING = 1e-3;

  /** Share of the largest remainder that a pivot has at least. */
  private static final double PIVOT = 0.05;

  private final int m;
  private final double[] r;
  private final boolean[] independent;

  /** Independent columns in the order in which they were taken. */
  private final int[] order;

  private int rank;

  /** Whether all columns' squares are far from the ends of float32's range. */
  private boolean inRange = true;

  /** The least share of an independent column's square that those before it leave over. */
  private double leastRemainder = 1;

  private GramFactor(int m, double[] r, boolean[] independent) {
    this.m = m;
    this.r = r;
    this.independent = independent;
    order = new int[m];
  }

  /**
   * Factors K; NaN and infinite numbers give NaN.
   *
   * @param cut remainder, as a share of its column's square, below which a column is dependent
   * @param allowed columns that may be independent
   * @param maxRank most independent columns
   */
  public static GramFactor of(double[] k, int m, double cut, boolean[] allowed, int maxRank) {
    double[] r = new double[m * m];
    boolean[] independent = new boolean[m];
    GramFactor factor = new GramFactor(m, r, independent);
    double[] remainder = new double[m];
    boolean[] open = allowed.clone();
    for (int a = 0; a < m; a++) {
      remainder[a] = k[a * m + a];
      if (!(remainder[a] < Double.POSITIVE_INFINITY)) {
        Arrays.fill(r, Double.NaN);
        return factor;
      }
    }
    while (factor.rank < maxRank) {
      double largest = 0;
      for (int a = 0; a < m; a++) {
        open[a] &= remainder[a] > cut * k[a * m + a];
        largest = open[a] ? Math.max(largest, remainder[a]) : largest;
      }
      int pivot = 0;
      while (pivot < m && !(open[pivot] && remainder[pivot] >= PIVOT * largest)) {
        pivot++;
      }
      if (pivot == m) {
        break;
      }
      factor.take(pivot, k, remainder);
      open[pivot] = false;
    }
    return factor;
  }

  /**
   * Factors QᵀQ of Q = H X, which is the identity but for the rounding of Q, in this factor's
   * order: the columns that rounding hurts most come last. One that is mostly rounding is dropped.
   */
  public GramFactor again(double[] k) {
    GramFactor factor = new GramFactor(m, new double[m * m], new boolean[m]);
    double[] remainder = new double[m];
    for (int a = 0; a < m; a++) {
      remainder[a] = k[a * m + a];
    }
    for (int t = 0; t < rank; t++) {
      if (remainder[order[t]] > MOSTLY_ROUNDING * k[order[t] * m + order[t]]) {
        factor.take(order[t], k, remainder);
      }
    }
    return factor;
  }

  private void take(int pivot, double[] k, double[] remainder) {
    double own = remainder[pivot];
    leastRemainder = Math.min(leastRemainder, own / k[pivot * m + pivot]);
    inRange &= own > SMALL && own < 1 / SMALL;
    double root = Math.sqrt(own);
    double inverse = 1 / root;
    double[] known = new double[m];
    SquareProducts.addRows(r, pivot, m, order, 0, rank, r, m, known);
    for (int b = 0; b < m; b++) {
      if (!independent[b] && b != pivot) {
        double entry = (k[pivot * m + b] - known[b]) * inverse;
        r[pivot * m + b] = entry;
        remainder[b] -= entry * entry;
      }
    }
    r[pivot * m + pivot] = root;
    independent[pivot] = true;
    order[rank++] = pivot;
  }

  /** Whether H X keeps its digits in float32: its error is about 6e-8/√(least remainder). */
  public boolean isWellConditioned() {
    return leastRemainder > WELL_CONDITIONED && inRange;
  }

  /** Whether every column has so much of its own that K may have been summed in float32. */
  public boolean allowsFloat32() {
    return rank == m && leastRemainder > ENOUGH_FOR_FLOAT32 && inRange;
  }

  /** Whether a column has a direction that those before it have not. */
  public boolean[] independent() {
    return independent;
  }

  /** The number of independent columns. */
  public int rank() {
    return rank;
  }

  /** √K_aa. */
  public double length(int column) {
    double square = 0;
    for (int a = 0; a < m; a++) {
      square += r[a * m + column] * r[a * m + column];
    }
    return Math.sqrt(square);
  }

  /** R, m × m, row by row. */
  public double[] r() {
    return r;
  }

  /**
   * X, m × m, row by row: R X is the identity on the independent columns, and zero elsewhere. The
   * columns of H X are then orthonormal, if K is HᵀH.
   */
  public double[] inverse() {
    double[] x = new double[m * m];
    if (Double.isNaN(r[0])) {
      Arrays.fill(x, Double.NaN);
    }
    for (int i = rank - 1; i >= 0; i--) {
      int a = order[i];
      double inverse = 1 / r[a * m + a];
      double[] row = new double[m];
      SquareProducts.addRows(r, a * m, 1, order, i + 1, rank, x, m, row);
      for (int b = 0; b < m; b++) {
        x[a * m + b] = -row[b] * inverse;
      }
      x[a * m + a] = inverse;
    }
    return x;
  }
}
