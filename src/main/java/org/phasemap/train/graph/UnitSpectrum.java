package org.phasemap.train.graph;

import org.phasemap.kernel.graph.parameter.SpectralNorm;

/**
 * Spectral norm: W = s V/σ_max(V), with σ_max converged and part of the gradient (Miyato et al.
 * 2018, eq. 8 and 12). A convolution is the matrix C_out × (C_in k^d), its groups one below the
 * other.
 */
final class UnitSpectrum implements WeightRule {
  private final int rows;
  private final int columns;
  private final int groups;
  private final double scale;
  private float[] weights = {};
  private SpectralNorm.Triplet leading = new SpectralNorm.Triplet(0, new double[0], new double[0]);

  /**
   * @param rows of a group
   * @param columns of a group
   * @param groups of channels
   * @param scale s
   */
  UnitSpectrum(int rows, int columns, int groups, double scale) {
    this.rows = rows;
    this.columns = columns;
    this.groups = groups;
    this.scale = scale;
  }

  @Override
  public float[] weights(float[] numbers) {
    float[] stacked = new float[numbers.length];
    for (int at = 0; at < numbers.length; at++) {
      stacked[right(at) * rows * groups + left(at)] = numbers[at];
    }
    leading = SpectralNorm.triplet(stacked, rows * groups);
    weights = new float[numbers.length];
    double factor = factor();
    for (int at = 0; at < numbers.length; at++) {
      weights[at] = (float) (factor * numbers[at]);
    }
    return weights.clone();
  }

  /** s/σ (G − (G·W/s) uvᵀ), as σ changes by uᵀ dV v. */
  @Override
  public void pullBack(float[] gradient) {
    double along = 0;
    for (int at = 0; at < gradient.length; at++) {
      along += (double) gradient[at] * weights[at];
    }
    double factor = factor();
    double norm = scale == 0 ? 0 : along / scale;
    for (int at = 0; at < gradient.length; at++) {
      double change = leading.left()[left(at)] * leading.right()[right(at)];
      gradient[at] = (float) (factor * (gradient[at] - norm * change));
    }
  }

  private double factor() {
    return leading.sigma() == 0 ? 0 : scale / leading.sigma();
  }

  /** Row of an entry in the matrix. */
  private int left(int at) {
    return at / rows / columns * rows + at % rows;
  }

  /** Column of an entry in the matrix. */
  private int right(int at) {
    return at / rows % columns;
  }
}
