package org.phasemap.measure.graph;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.phasemap.kernel.Matrix;

/** How alike the positions of a layer's inputs are, from one reading of its value. */
final class PositionSquares {
  private final int channels;
  private final int positions;
  private final float[] entries;

  /** Of each column, over channels of even and of odd number. */
  private final double[] even;

  private final double[] odd;

  /**
   * @param z channels × (inputs · positions)
   */
  PositionSquares(Matrix z, int inputs) {
    channels = z.rows();
    positions = z.columns() / inputs;
    entries = z.read();
    even = new double[z.columns()];
    odd = new double[z.columns()];
    for (int column = 0; column < even.length; column++) {
      add(column);
    }
  }

  /** Two sums each, so that additions do not wait for one another. */
  private void add(int column) {
    int first = column * channels;
    int end = first + channels;
    int i = first;
    double even0 = 0;
    double even1 = 0;
    double odd0 = 0;
    double odd1 = 0;
    for (; i < end - 3; i += 4) {
      even0 += (double) entries[i] * entries[i];
      odd0 += (double) entries[i + 1] * entries[i + 1];
      even1 += (double) entries[i + 2] * entries[i + 2];
      odd1 += (double) entries[i + 3] * entries[i + 3];
    }
    for (; i < end; i++) {
      double square = (double) entries[i] * entries[i];
      if ((i - first) % 2 == 0) {
        even0 += square;
      } else {
        odd0 += square;
      }
    }
    even[column] = even0 + even1;
    odd[column] = odd0 + odd1;
  }

  /**
   * Mean cosine of an input's positions, averaged over inputs; NaN of one position. Σ_{a≠b} û_a·û_b
   * = |Σ û|² − P of unit vectors û: no pair is formed.
   */
  double cosine() {
    if (positions == 1) {
      return Double.NaN;
    }
    double sum = 0;
    for (int first = 0; first < even.length; first += positions) {
      double[] unit = new double[channels];
      for (int column = first; column < first + positions; column++) {
        double inverse = 1 / Math.sqrt(even[column] + odd[column]);
        int at = column * channels;
        for (int c = 0; c < channels; c++) {
          unit[c] += inverse * entries[at + c];
        }
      }
      double length = Arrays.stream(unit).map(x -> x * x).sum();
      sum += (length - positions) / (positions * (positions - 1.0));
    }
    return sum * positions / even.length;
  }

  /**
   * Variance over positions a of q[a] over its squared mean; NaN of one position or channel. A
   * finite number of channels would make that of all of them too large. So it is the covariance of
   * the odd and the even channels' q[a], which are independent given what they read.
   */
  double spread() {
    if (positions == 1 || channels == 1) {
      return Double.NaN;
    }
    double[] evens = overInputs(even);
    double[] odds = overInputs(odd);
    double meanEven = StatUtils.mean(evens);
    double meanOdd = StatUtils.mean(odds);
    double sum = 0;
    for (int a = 0; a < positions; a++) {
      sum += (evens[a] / meanEven - 1) * (odds[a] / meanOdd - 1);
    }
    return sum / positions;
  }

  private double[] overInputs(double[] columns) {
    double[] sums = new double[positions];
    for (int column = 0; column < columns.length; column++) {
      sums[column % positions] += columns[column];
    }
    return sums;
  }
}
