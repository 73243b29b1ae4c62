package org.phasemap.theory.gauss;

import org.jspecify.annotations.Nullable;

/**
 * Normalised Hermite polynomials He_k(z)/√k! times the Gaussian weight of a trapezoidal rule, so
 * that a Hermite coefficient is a dot product. A table of K polynomials serves functions analytic
 * in the strip |Im z| &lt; 24/√K: their coefficients fall as exp(−strip √k) (Boyd 1984), and the
 * step resolves both them and the K-th polynomial.
 */
public final class HermiteTable {
  private static final double REACH = 13;
  private static final double DIGITS = 48;
  private static final int SMALLEST = 64;
  private static final int LEVELS = 6;

  /** Filled on first use; entries never change. */
  private static final @Nullable HermiteTable[] TABLES = new HermiteTable[LEVELS];

  /** z ≥ 0. */
  public final double[] node;

  /** [k][i], with the weight of −z in that of z. */
  public final double[][] weighted;

  /** Weights of f(z) + f(−z), without a polynomial. */
  public final double[] weight;

  private HermiteTable(int terms) {
    double root = Math.sqrt(terms);
    double step = 2 * Math.PI / (2.7 * root + 4);
    int n = (int) Math.ceil(REACH / step) + 1;
    node = new double[n];
    weight = new double[n];
    weighted = new double[terms][n];
    for (int i = 0; i < n; i++) {
      double z = i * step;
      node[i] = z;
      weight[i] = step * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) * (i == 0 ? 1 : 2);
      double previous = 0;
      double current = weight[i];
      for (int k = 0; k < terms; k++) {
        weighted[k][i] = current;
        double next = (z * current - Math.sqrt(k) * previous) / Math.sqrt(k + 1.0);
        previous = current;
        current = next;
      }
    }
  }

  /** Number of polynomials that a strip needs. */
  public static double termsFor(double strip) {
    double root = DIGITS / (2 * strip);
    return root * root;
  }

  public static boolean covers(double strip) {
    return termsFor(strip) <= SMALLEST << (LEVELS - 1);
  }

  /** The smallest table for a strip. */
  public static HermiteTable forStrip(double strip) {
    double terms = termsFor(strip);
    int level = 0;
    while (terms > SMALLEST << level) {
      level++;
    }
    synchronized (TABLES) {
      HermiteTable table = TABLES[level];
      if (table == null) {
        table = new HermiteTable(SMALLEST << level);
        TABLES[level] = table;
      }
      return table;
    }
  }
}
