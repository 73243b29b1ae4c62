package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;

/**
 * γ (h − mean)/sd of groups of entries, ε = 0; a group that does not vary becomes 0. Sums are in
 * float64. Its derivative is symmetric within a group of N: (γ/sd)(1 − 11ᵀ/N − uuᵀ/N), without the
 * middle term where no mean is taken off. What it leaves of a gradient is 0 where it is rounding.
 */
final class Normalising implements Step {
  /**
   * What is left of a gradient that the norm takes away as a whole, as of two inputs or of one
   * number for all: the square of four roundings.
   */
  private static final double ROUNDING = 0x1p-44;

  private final Norm norm;
  private final double gamma;
  private final int channels;

  /** h − mean over sd. */
  private float[] u = {};

  /** 1/sd of each group. */
  private double[] inverse = {};

  Normalising(Operation.Normalise operation, int channels) {
    norm = operation.norm();
    gamma = operation.gamma();
    this.channels = channels;
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    u = in.get(0).read();
    Groups groups = new Groups(u.length);
    if (norm != Norm.RMS) {
      groups.subtract(u, groups.means(u));
    }
    inverse = groups.meanProducts(u, u);
    for (int k = 0; k < inverse.length; k++) {
      inverse[k] = inverse[k] == 0 ? 0 : 1 / Math.sqrt(inverse[k]);
    }
    groups.scale(u, inverse, 1);
    float[] values = u.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) gamma;
    }
    out.write(values);
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    backward(in.get(0), 0, out);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    float[] g = gradient.read();
    Groups groups = new Groups(g.length);
    double[] whole = groups.meanProducts(g, g);
    double[] along = groups.meanProducts(g, u);
    if (norm != Norm.RMS) {
      groups.subtract(g, groups.means(g));
    }
    groups.subtract(g, u, along);
    double[] left = groups.meanProducts(g, g);
    double[] factors = inverse.clone();
    for (int k = 0; k < factors.length; k++) {
      factors[k] = left[k] <= ROUNDING * whole[k] ? 0 : factors[k];
    }
    groups.scale(g, factors, gamma);
    out.write(g);
  }

  /** Rows where statistics are those of the batch, columns elsewhere. */
  private final class Groups {
    final int columns;
    final boolean areRows = norm == Norm.BATCH;
    final int count;
    final int size;

    Groups(int entries) {
      columns = entries / channels;
      count = areRows ? channels : columns;
      size = areRows ? columns : channels;
    }

    double[] means(float[] a) {
      double[] sums = new double[count];
      for (int column = 0, i = 0; column < columns; column++) {
        for (int c = 0; c < channels; c++, i++) {
          sums[areRows ? c : column] += a[i];
        }
      }
      return overSize(sums);
    }

    double[] meanProducts(float[] a, float[] b) {
      double[] sums = new double[count];
      for (int column = 0, i = 0; column < columns; column++) {
        for (int c = 0; c < channels; c++, i++) {
          sums[areRows ? c : column] += (double) a[i] * b[i];
        }
      }
      return overSize(sums);
    }

    private double[] overSize(double[] sums) {
      for (int k = 0; k < count; k++) {
        sums[k] /= size;
      }
      return sums;
    }

    void subtract(float[] a, double[] means) {
      for (int column = 0, i = 0; column < columns; column++) {
        for (int c = 0; c < channels; c++, i++) {
          a[i] = (float) (a[i] - means[areRows ? c : column]);
        }
      }
    }

    /** a − b times what belongs to its group. */
    void subtract(float[] a, float[] b, double[] factors) {
      for (int column = 0, i = 0; column < columns; column++) {
        for (int c = 0; c < channels; c++, i++) {
          a[i] = (float) (a[i] - b[i] * factors[areRows ? c : column]);
        }
      }
    }

    void scale(float[] a, double[] factors, double all) {
      for (int column = 0, i = 0; column < columns; column++) {
        for (int c = 0; c < channels; c++, i++) {
          a[i] = (float) (a[i] * (all * factors[areRows ? c : column]));
        }
      }
    }
  }
}
