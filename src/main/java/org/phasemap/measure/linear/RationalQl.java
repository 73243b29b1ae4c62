package org.phasemap.measure.linear;

/**
 * About the eigenvalues of a symmetric tridiagonal matrix, by Reinsch's rational QL iterations
 * (1973, "tqlrat" of EISPACK): off by some 1e-16 of the largest. What is beside the diagonal counts
 * as zero where it is rounding of the largest entry, not of its neighbours, so that many zeros are
 * no obstacle.
 */
final class RationalQl {
  private static final double EPSILON = 0x1p-52;
  private static final int MOST_SWEEPS = 30;

  private final double[] d;
  private final double[] e;

  /** Sum of the shifts so far. */
  private double shifted;

  /** Numbers beside the diagonal that are rounding, and their squares. */
  private double least;

  private double leastSquare;

  private RationalQl(double[] diagonal, double[] beside) {
    int n = diagonal.length;
    d = diagonal.clone();
    e = new double[n];
    System.arraycopy(beside, 1, e, 0, n - 1);
  }

  /**
   * In ascending order; far off where the iteration found no end.
   *
   * @param beside the squares of the numbers beside the diagonal, index i between i − 1 and i
   */
  static double[] of(double[] diagonal, double[] beside) {
    RationalQl iteration = new RationalQl(diagonal, beside);
    double largest = 0;
    for (int l = 0; l < diagonal.length; l++) {
      double entry = Math.abs(iteration.d[l]) + Math.sqrt(iteration.e[l]);
      if (entry >= largest) {
        largest = entry;
        iteration.least = largest * EPSILON;
        iteration.leastSquare = iteration.least * iteration.least;
      }
      iteration.find(l);
    }
    return iteration.d;
  }

  /** Finds an eigenvalue and sorts it among those before it. */
  private void find(int l) {
    int m = l;
    while (e[m] > leastSquare) {
      m++;
    }
    if (m > l) {
      int sweeps = 0;
      do {
        shift(l);
      } while (sweep(l, m) && ++sweeps < MOST_SWEEPS);
    }
    double value = d[l] + shifted;
    int place = l;
    for (; place > 0 && d[place - 1] > value; place--) {
      d[place] = d[place - 1];
    }
    d[place] = value;
  }

  /** Subtracts the eigenvalue of the first two rows that is nearer to the first entry. */
  private void shift(int l) {
    double s = Math.sqrt(e[l]);
    double first = d[l];
    double p = (d[l + 1] - first) / (2 * s);
    d[l] = s / (p + Math.copySign(Math.sqrt(1 + p * p), p));
    double h = first - d[l];
    for (int i = l + 1; i < d.length; i++) {
      d[i] -= h;
    }
    shifted += h;
  }

  /** A sweep over rows l to m; whether another one is needed. */
  private boolean sweep(int l, int m) {
    double g = d[m] == 0 ? least : d[m];
    double h = g;
    double s = 0;
    for (int i = m - 1; i >= l; i--) {
      double p = g * h;
      double r = p + e[i];
      e[i + 1] = s * r;
      s = e[i] / r;
      d[i + 1] = h + s * (h + d[i]);
      g = d[i] - e[i] / g;
      if (g == 0) {
        g = least;
      }
      h = g * p / r;
    }
    e[l] = s * g * h;
    d[l] = h;
    return e[l] > leastSquare;
  }
}
