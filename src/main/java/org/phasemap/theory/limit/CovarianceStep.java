package org.phasemap.theory.limit;

/**
 * E φ(u)φ(v) and E φ′(u)φ′(v) of all pairs of m inputs at one layer after the other. Relative
 * errors are below 1e-8; where norms differ, c is above 0.95, and φ has a kink or q is large, they
 * are up to 1e-5 and 2e-3.
 */
final class CovarianceStep {
  private final LayerLaw law;
  private final int m;
  private final double[][] product;
  private final double[][] derivative;

  /** Where the two above were last computed. */
  private final double[][] delta;

  private final double[] q;

  private final UnequalPairs unequal;

  CovarianceStep(LayerLaw law, int m) {
    this.law = law;
    this.m = m;
    product = new double[m][m];
    derivative = new double[m][m];
    delta = new double[m][m];
    q = new double[m];
    unequal = new UnequalPairs(law.activation());
  }

  /** E φ(u_a)φ(u_b). */
  double product(int a, int b) {
    return product[Math.max(a, b)][Math.min(a, b)];
  }

  /** E φ′(u_a)φ′(u_b). */
  double derivative(int a, int b) {
    return derivative[Math.max(a, b)][Math.min(a, b)];
  }

  /** Goes to a layer; pairs that are as they were in the layer before keep their numbers. */
  void at(double[] nextQ, LayerStatistics[] statistics, double[][] nextDelta) {
    boolean[] same = new boolean[m];
    for (int i = 0; i < m; i++) {
      same[i] = q[i] == nextQ[i] && q[i] > 0;
      q[i] = nextQ[i];
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double d = nextDelta[i][j];
        if (!(same[i] && same[j] && d == delta[i][j])) {
          delta[i][j] = d;
          pair(i, j, statistics);
        }
      }
    }
  }

  private void pair(int i, int j, LayerStatistics[] statistics) {
    double d = delta[i][j];
    if (q[i] == q[j]) {
      LayerStatistics both = statistics[i];
      product[i][j] = d == 0 ? both.secondMomentPhi() : both.productPhi(d);
      derivative[i][j] = d == 0 ? both.derivativeSecondMoment() : both.derivative(d);
    } else if (q[i] == 0 || q[j] == 0) {
      product[i][j] = statistics[i].meanPhi() * statistics[j].meanPhi();
      derivative[i][j] = 0; // an input of norm 0 without biases: Θ_l of the pair is 0 below
    } else {
      unequal(i, j, d);
    }
  }

  private void unequal(int i, int j, double d) {
    UnequalPairs.Value value = unequal.of(q[i], q[j], d);
    product[i][j] = value.product();
    derivative[i][j] = value.derivative();
  }
}
