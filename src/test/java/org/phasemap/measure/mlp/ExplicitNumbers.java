package org.phasemap.measure.mlp;

import java.util.Arrays;
import java.util.Random;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;

/**
 * The random numbers of an explicit network: of unit variance, [layer][column by column], layer 0
 * empty.
 *
 * @param x the inputs, m × n₀
 * @param g weights, 0 where the mask is
 * @param mask of 0 and 1
 * @param readout 0 where it is masked
 * @param tangents v of each input
 */
@SuppressWarnings("ArrayRecordComponent")
record ExplicitNumbers(
    double[][] x,
    double[][] g,
    double[][] bias,
    double[][] mask,
    double[] readout,
    double[][] tangents) {
  private static final double TRUNCATED_AT = 2;

  /** √(1 − 4 φ(2)/erf √2), by 30 digits of mpmath. */
  private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  /** Numbers of Java's generator. */
  static ExplicitNumbers drawn(NetworkConfig network, double[][] x, Random random) {
    int n = network.width();
    int layers = network.depth() + 1;
    double[][] g = new double[layers][];
    double[][] bias = new double[layers][];
    double[][] mask = new double[layers][];
    for (int l = 1; l < layers; l++) {
      int fanIn = l == 1 ? x[0].length : n;
      g[l] = weights(network.weightLaw(), n, fanIn, random);
      mask[l] =
          random.doubles(g[l].length).map(u -> u < network.keepProbability() ? 1 : 0).toArray();
      for (int i = 0; i < g[l].length; i++) {
        g[l][i] *= mask[l][i];
      }
      bias[l] = normal(n, random);
    }
    double[] readout = normal(n, random);
    for (int i = 0; i < n; i++) {
      readout[i] *= random.nextDouble() < network.keepProbability() ? 1 : 0;
    }
    double[][] tangents = new double[x.length][];
    Arrays.setAll(tangents, a -> normal(n, random));
    return new ExplicitNumbers(x, g, bias, mask, readout, tangents);
  }

  /** The same with another read-out. */
  ExplicitNumbers withReadout(double[] other) {
    return new ExplicitNumbers(x, g, bias, mask, other, tangents);
  }

  static double[] normal(int count, Random random) {
    return random.doubles(count).map(u -> random.nextGaussian()).toArray();
  }

  private static double[] weights(WeightLaw law, int rows, int columns, Random random) {
    return switch (law) {
      case NORMAL -> normal(rows * columns, random);
      case UNIFORM ->
          random.doubles((long) rows * columns).map(u -> Math.sqrt(3) * (2 * u - 1)).toArray();
      case TRUNCATED -> random.doubles((long) rows * columns).map(u -> truncated(random)).toArray();
      case ORTHOGONAL -> orthogonal(rows, columns, random);
    };
  }

  private static double truncated(Random random) {
    double x = random.nextGaussian();
    while (Math.abs(x) > TRUNCATED_AT) {
      x = random.nextGaussian();
    }
    return x / TRUNCATED_DEVIATION;
  }

  /**
   * √max(rows, columns) times orthonormal columns, or rows where there are fewer, of Haar's law:
   * each vector is normal, less its part along those before it.
   */
  private static double[] orthogonal(int rows, int columns, Random random) {
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] q = new double[count][];
    for (int k = 0; k < count; k++) {
      q[k] = normal(length, random);
      // Twice is enough (Kahan, in Parlett 1980, §6-9).
      for (int pass = 0; pass < 2; pass++) {
        for (int m = 0; m < k; m++) {
          addTo(q[k], -dot(q[k], q[m]) / length, q[m]);
        }
      }
      double norm = Math.sqrt(dot(q[k], q[k]) / length);
      q[k] = Arrays.stream(q[k]).map(v -> v / norm).toArray();
    }
    double[] g = new double[rows * columns];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        g[j * rows + i] = rows >= columns ? q[j][i] : q[i][j];
      }
    }
    return g;
  }

  private static void addTo(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
