package org.phasemap.train;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.Activation;
import org.phasemap.spec.Loss;
import org.phasemap.train.model.Parameters;

/** The same network written down once more: plain loops in float64, straight from the formulas. */
public final class ReferenceNetwork {
  final Activation activation;

  /** weights[l][i][j] from input j to unit i of layer l; the last layer is the read-out. */
  public final double[][][] weights;

  public final double[][] biases;

  public ReferenceNetwork(Activation activation, double[][][] weights, double[][] biases) {
    this.activation = activation;
    this.weights = weights;
    this.biases = biases;
  }

  public static ReferenceNetwork of(Activation activation, Parameters parameters) {
    int layers = parameters.layers().size();
    double[][][] weights = new double[layers][][];
    double[][] biases = new double[layers][];
    for (int l = 0; l < layers; l++) {
      weights[l] = rows(parameters.layers().get(l).weights().block(0));
      biases[l] = columns(Objects.requireNonNull(parameters.layers().get(l).bias()).block(0))[0];
    }
    return new ReferenceNetwork(activation, weights, biases);
  }

  static ReferenceNetwork random(Activation activation, Random random, int... widths) {
    double[][][] weights = new double[widths.length - 1][][];
    double[][] biases = new double[widths.length - 1][];
    for (int l = 0; l < weights.length; l++) {
      weights[l] = new double[widths[l + 1]][widths[l]];
      biases[l] = random.doubles(widths[l + 1], -0.5, 0.5).toArray();
      for (double[] row : weights[l]) {
        for (int j = 0; j < row.length; j++) {
          row[j] = 1.3 * random.nextGaussian() / Math.sqrt(widths[l]);
        }
      }
    }
    return new ReferenceNetwork(activation, weights, biases);
  }

  public static double[][] columns(Matrix matrix) {
    float[] entries = matrix.read();
    double[][] columns = new double[matrix.columns()][matrix.rows()];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < matrix.rows(); i++) {
        columns[j][i] = entries[j * matrix.rows() + i];
      }
    }
    return columns;
  }

  public static double[][] rows(Matrix matrix) {
    double[][] columns = columns(matrix);
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        rows[i][j] = columns[j][i];
      }
    }
    return rows;
  }

  /** Mean loss over examples x[example][component]. */
  public double loss(double[][] x, int[] labels, Loss loss) {
    double sum = 0;
    for (int e = 0; e < x.length; e++) {
      double[] f = outputs(x[e]);
      if (loss == Loss.CROSS_ENTROPY) {
        sum -= Math.log(softmax(f)[labels[e]]);
      } else {
        for (int k = 0; k < f.length; k++) {
          sum += Math.pow(f[k] - target(x[e], labels[e], loss, k), 2) / 2;
        }
      }
    }
    return sum / x.length;
  }

  /** What output k should be. */
  private static double target(double[] x, int label, Loss loss, int k) {
    if (loss == Loss.RECONSTRUCTION) {
      return x[k];
    }
    return k == label ? 1 : 0;
  }

  public double[] outputs(double[] x) {
    double[] z = x;
    for (int l = 0; l < weights.length; l++) {
      z = affine(l, l == 0 ? z : activate(z));
    }
    return z;
  }

  /** Gradient of {@link #loss}, in the shape of a network. */
  public ReferenceNetwork gradient(double[][] x, int[] labels, Loss loss) {
    ReferenceNetwork gradient = zeros();
    int depth = weights.length - 1;
    for (int e = 0; e < x.length; e++) {
      double[][] a = new double[depth + 1][];
      double[][] z = new double[depth + 1][];
      a[0] = x[e];
      for (int l = 0; l <= depth; l++) {
        z[l] = affine(l, a[l]);
        if (l < depth) {
          a[l + 1] = activate(z[l]);
        }
      }
      double[] delta = loss == Loss.CROSS_ENTROPY ? softmax(z[depth]) : z[depth].clone();
      for (int k = 0; k < delta.length; k++) {
        delta[k] -= target(x[e], labels[e], loss, k);
      }
      for (int l = depth; l >= 0; l--) {
        gradient.addOuter(l, delta, a[l], 1.0 / x.length);
        delta = l == 0 ? delta : pullBack(l, delta, z[l - 1]);
      }
    }
    return gradient;
  }

  /** Largest |difference| of any two entries of a layer over the layer's largest |entry|. */
  public double distance(ReferenceNetwork other) {
    double distance = 0;
    for (int l = 0; l < weights.length; l++) {
      distance = Math.max(distance, distance(weights[l], other.weights[l]));
      distance =
          Math.max(
              distance, distance(new double[][] {biases[l]}, new double[][] {other.biases[l]}));
    }
    return distance;
  }

  private static double distance(double[][] a, double[][] b) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < b.length; i++) {
      for (int j = 0; j < b[i].length; j++) {
        largest = Math.max(largest, Math.abs(b[i][j]));
        difference = Math.max(difference, Math.abs(a[i][j] - b[i][j]));
      }
    }
    return difference == 0 ? 0 : difference / largest;
  }

  /** Root of the sum of all squared parameters. */
  double norm() {
    double sum = 0;
    for (int l = 0; l < weights.length; l++) {
      for (double[] row : weights[l]) {
        sum += Arrays.stream(row).map(w -> w * w).sum();
      }
      sum += Arrays.stream(biases[l]).map(b -> b * b).sum();
    }
    return Math.sqrt(sum);
  }

  public ReferenceNetwork zeros() {
    double[][][] w = new double[weights.length][][];
    double[][] b = new double[weights.length][];
    for (int l = 0; l < weights.length; l++) {
      w[l] = new double[weights[l].length][weights[l][0].length];
      b[l] = new double[biases[l].length];
    }
    return new ReferenceNetwork(activation, w, b);
  }

  private double[] affine(int l, double[] a) {
    double[] z = biases[l].clone();
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < a.length; j++) {
        z[i] += weights[l][i][j] * a[j];
      }
    }
    return z;
  }

  private double[] activate(double[] z) {
    double[] a = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      a[i] = activation.value(z[i]);
    }
    return a;
  }

  private double[] pullBack(int l, double[] delta, double[] z) {
    double[] below = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      for (int i = 0; i < delta.length; i++) {
        below[j] += weights[l][i][j] * delta[i];
      }
      below[j] *= activation.derivative(z[j]);
    }
    return below;
  }

  private void addOuter(int l, double[] delta, double[] a, double factor) {
    for (int i = 0; i < delta.length; i++) {
      biases[l][i] += factor * delta[i];
      for (int j = 0; j < a.length; j++) {
        weights[l][i][j] += factor * delta[i] * a[j];
      }
    }
  }

  private static double[] softmax(double[] f) {
    double sum = 0;
    double[] p = new double[f.length];
    for (int k = 0; k < f.length; k++) {
      p[k] = Math.exp(f[k]);
      sum += p[k];
    }
    for (int k = 0; k < f.length; k++) {
      p[k] /= sum;
    }
    return p;
  }
}
