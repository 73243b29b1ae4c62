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
      for (int column = 0, first = 0; column < columns; column++, first += channels) {
        if (areRows) {
          for (int c = 0; c < channels; c++) {
            sums[c] += a[first + c];
          }
        } else {
          sums[column] = sum(a, first);
        }
      }
      return overSize(sums);
    }

    double[] meanProducts(float[] a, float[] b) {
      double[] sums = new double[count];
      for (int column = 0, first = 0; column < columns; column++, first += channels) {
        if (areRows) {
          for (int c = 0; c < channels; c++) {
            sums[c] += (double) a[first + c] * b[first + c];
          }
        } else {
          sums[column] = product(a, b, first);
        }
      }
      return overSize(sums);
    }

    // Four sums of a column, so that additions do not wait for one another.

    private double sum(float[] a, int first) {
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      int i = first;
      for (; i < first + channels - 3; i += 4) {
        sum0 += a[i];
        sum1 += a[i + 1];
        sum2 += a[i + 2];
        sum3 += a[i + 3];
      }
      for (; i < first + channels; i++) {
        sum0 += a[i];
      }
      return sum0 + sum1 + (sum2 + sum3);
    }

    private double product(float[] a, float[] b, int first) {
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      int i = first;
      for (; i < first + channels - 3; i += 4) {
        sum0 += (double) a[i] * b[i];
        sum1 += (double) a[i + 1] * b[i + 1];
        sum2 += (double) a[i + 2] * b[i + 2];
        sum3 += (double) a[i + 3] * b[i + 3];
      }
      for (; i < first + channels; i++) {
        sum0 += (double) a[i] * b[i];
      }
      return sum0 + sum1 + (sum2 + sum3);
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
