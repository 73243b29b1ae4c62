package org.phasemap.measure.mlp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.phasemap.network.NetworkConfig;
import org.phasemap.theory.limit.KernelEigenvalues;

/**
 * The tangent kernels of several outputs of a network in plain float64, and the curvature of two
 * losses: a network for each output, which differ in their read-outs alone.
 */
final class ExplicitOutputs {
  private final NetworkConfig network;
  private final List<ExplicitNetwork> outputs;
  private final double[] bias;
  private final int inputs;
  private final int size;

  /** Row i m + a is output i on input a. */
  private final double[][] theta;

  private final double[][] standardTheta;

  /**
   * Of networks that differ in their read-outs alone.
   *
   * @param bias of the outputs, of unit variance
   */
  ExplicitOutputs(NetworkConfig network, List<ExplicitNetwork> outputs, double[] bias) {
    this.network = network;
    this.outputs = outputs;
    this.bias = bias;
    inputs = outputs.get(0).h[0].length;
    size = outputs.size() * inputs;
    theta = new double[size][size];
    standardTheta = new double[size][size];
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        add(r, c);
      }
    }
  }

  private void add(int r, int c) {
    double b2 = network.sigmaB2();
    int top = network.depth();
    double[][][] h = outputs.get(0).h;
    for (int l = 1; l <= top + 1; l++) {
      double deltas = l > top ? r / inputs == c / inputs ? 1 : 0 : dot(delta(r, l), delta(c, l));
      double below = dot(h[l - 1][r % inputs], h[l - 1][c % inputs]);
      double scale = network.sigmaW2() / h[l - 1][0].length;
      theta[r][c] += deltas * (scale * below + b2);
      standardTheta[r][c] += deltas * (below + (b2 > 0 ? 1 : 0));
    }
  }

  private double[] delta(int row, int l) {
    return outputs.get(row / inputs).delta[l][row % inputs];
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** By the names of the columns; the curvature is that of all outputs. */
  Map<String, Double> scalars() {
    Map<String, Double> scalars = new TreeMap<>();
    double[] eigenvalues = KernelEigenvalues.of(theta).ascending();
    double trace = Arrays.stream(eigenvalues).sum();
    double entropy = 0;
    for (double value : eigenvalues) {
      entropy -= value > 0 ? value / trace * Math.log(value / trace) : 0;
    }
    scalars.put("ln_ntk_outputs_scale", Math.log(trace / size));
    scalars.put("ln_ntk_outputs_lambda_max", Math.log(eigenvalues[size - 1]));
    scalars.put("ntk_outputs_effective_rank", trace > 0 ? Math.exp(entropy) : Double.NaN);
    addCurvature("ln_curvature_", standardTheta, scalars);
    addCurvature("ln_cross_entropy_", crossEntropy(), scalars);
    return scalars;
  }

  private void addCurvature(String name, double[][] matrix, Map<String, Double> scalars) {
    double[] eigenvalues = KernelEigenvalues.of(matrix).ascending();
    scalars.put(name + "lambda_max", Math.log(eigenvalues[eigenvalues.length - 1] / inputs));
    scalars.put(name + "trace", Math.log(Arrays.stream(eigenvalues).sum() / inputs));
  }

  /**
   * S Θ Sᵀ with SᵀS = diag p − p pᵀ for each input: S has a row √(p_i p_j) (e_i − e_j) for each
   * pair of outputs, since Σ over pairs of p_i p_j (v_i − v_j)² is the variance of v under p.
   */
  private double[][] crossEntropy() {
    int k = outputs.size();
    int pairs = k * (k - 1) / 2;
    double[][] rows = new double[pairs * inputs][size];
    for (int a = 0; a < inputs; a++) {
      double[] p = softmax(a);
      int pair = a * pairs;
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < i; j++) {
          rows[pair][i * inputs + a] = Math.sqrt(p[i] * p[j]);
          rows[pair++][j * inputs + a] = -Math.sqrt(p[i] * p[j]);
        }
      }
    }
    double[][] product = new double[rows.length][rows.length];
    double[][] right = new double[rows.length][size];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < size; c++) {
        right[r][c] = dot(rows[r], standardTheta[c]);
      }
    }
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < rows.length; c++) {
        product[r][c] = dot(right[r], rows[c]);
      }
    }
    return product;
  }

  private double[] softmax(int a) {
    double[] f = new double[outputs.size()];
    for (int i = 0; i < f.length; i++) {
      double scale = Math.sqrt(network.sigmaW2() / network.width());
      f[i] = scale * dot(outputs.get(i).readout, outputs.get(i).h[network.depth()][a]);
      f[i] += Math.sqrt(network.sigmaB2()) * bias[i];
    }
    double largest = Arrays.stream(f).max().orElseThrow();
    double[] p = Arrays.stream(f).map(x -> Math.exp(x - largest)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }
}
