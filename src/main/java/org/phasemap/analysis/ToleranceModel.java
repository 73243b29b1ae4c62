package org.phasemap.analysis;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The law of a column's outcomes. P(trained) of any one network is logistic in ln L. Networks of
 * one replicate share random numbers, so their outcomes move together: a network is trained where
 * √ρ b + √(1 − ρ) e &lt; Φ⁻¹(P), with b normal and common to the replicate, e normal and its own (a
 * one-factor Gaussian copula; Li 2000). ρ = 0 is independent cells, ρ → 1 a tolerance that each
 * replicate has once.
 */
final class ToleranceModel {
  /** The values of ρ; the last is as close to 1 as the quadrature over b resolves. */
  private static final double[] SHARES = {0, 0.24, 0.48, 0.72, 0.96};

  private static final int[] INDEPENDENT = {0};

  private static final int[] SHARED = {1, 2, 3, 4};

  /**
   * What is thought of them beforehand. The last stands for all from 0.84 to 1; independence is
   * known where it is true, so it is not thought of elsewhere.
   */
  private static final double[] PRIOR = {1, 1, 1, 1, 2};

  private static final double REACH = 4;

  /** Points of b. Φ((z − √ρ b)/√(1 − ρ)) is smooth over √(1 − ρ)/√ρ: the trapezoid is exact. */
  private static final int[] POINTS = {1, 13, 13, 17, 41};

  /** P is kept this far from 0 and 1, so that no outcome is ruled out. */
  private static final double LEAST = 1e-9;

  /** The logit, tabulated to ± this, where P is {@link #LEAST}. */
  private static final double END = 20.7;

  private static final int PER_UNIT = 20;

  /** By share, point of b and logit: P(trained | b). */
  private static final double[][][] TABLE = new double[SHARES.length][][];

  private static final double[][] WEIGHTS = new double[SHARES.length][];

  static {
    for (int r = 0; r < SHARES.length; r++) {
      tabulate(r);
    }
  }

  private final Outcomes outcomes;
  private final int[] shares;
  private final int[] at;
  private final double[] beyond;
  private final double[] chances;
  private final double[] sums;

  ToleranceModel(Outcomes outcomes) {
    this.outcomes = outcomes;
    shares = outcomes.areIndependent() ? INDEPENDENT : SHARED;
    int depths = outcomes.lnDepths().length;
    at = new int[depths];
    beyond = new double[depths];
    chances = new double[2 * depths];
    sums = new double[outcomes.counts().length];
  }

  private static void tabulate(int r) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    int points = POINTS[r];
    double[] b = new double[points];
    Arrays.setAll(b, j -> points == 1 ? 0 : -REACH + 2 * REACH * j / (points - 1));
    double[] density = Arrays.stream(b).map(x -> Math.exp(-x * x / 2)).toArray();
    double total = Arrays.stream(density).sum();
    WEIGHTS[r] = Arrays.stream(density).map(w -> w / total).toArray();
    TABLE[r] = new double[points][2 * (int) Math.ceil(END * PER_UNIT) + 1];
    int middle = TABLE[r][0].length / 2;
    for (int i = 0; i < TABLE[r][0].length; i++) {
      double logit = (double) (i - middle) / PER_UNIT;
      double z = normal.inverseCumulativeProbability(1 / (1 + Math.exp(-logit)));
      for (int j = 0; j < points; j++) {
        double own = (z - Math.sqrt(SHARES[r]) * b[j]) / Math.sqrt(1 - SHARES[r]);
        double p = normal.cumulativeProbability(own);
        TABLE[r][j][i] = Math.min(1 - LEAST, Math.max(LEAST, p));
      }
    }
  }

  /** How many values of ρ there are. */
  int shares() {
    return shares.length;
  }

  /**
   * ln of the probability of all outcomes, times the prior of each ρ.
   *
   * @param middle ln L where P = ½
   * @param scale of the logistic curve
   * @param result by index of ρ
   */
  void lnLikelihood(double middle, double scale, double[] result) {
    int last = TABLE[0][0].length - 1;
    for (int d = 0; d < at.length; d++) {
      double logit = (middle - outcomes.lnDepths()[d]) / scale;
      double place = Math.min(last - 1e-6, Math.max(0, logit * PER_UNIT + last / 2.0));
      at[d] = (int) place;
      beyond[d] = place - at[d];
    }
    for (int i = 0; i < shares.length; i++) {
      int r = shares[i];
      Arrays.fill(sums, 0);
      for (int j = 0; j < WEIGHTS[r].length; j++) {
        add(TABLE[r][j], WEIGHTS[r][j]);
      }
      double sum = Math.log(PRIOR[r]);
      for (int k = 0; k < sums.length; k++) {
        sum += outcomes.counts()[k] * Math.log(sums[k]);
      }
      result[i] = sum;
    }
  }

  private void add(double[] table, double weight) {
    for (int d = 0; d < at.length; d++) {
      double p = table[at[d]] + beyond[d] * (table[at[d] + 1] - table[at[d]]);
      chances[2 * d] = 1 - p;
      chances[2 * d + 1] = p;
    }
    for (int k = 0; k < sums.length; k++) {
      double product = weight;
      for (int outcome : outcomes.kinds()[k]) {
        product *= chances[outcome];
      }
      sums[k] += product;
    }
  }
}
