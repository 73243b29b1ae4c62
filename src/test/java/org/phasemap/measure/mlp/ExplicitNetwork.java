package org.phasemap.measure.mlp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.KernelEigenvalues;

/**
 * One network in plain float64, with none of the sharing that the measurement does: every weight,
 * every gradient and the tangent kernel parameter by parameter. From the measurement's own random
 * numbers, or from a generator of the tests.
 */
final class ExplicitNetwork {
  private final NetworkConfig network;
  private final int inputs;
  private final double[][] mask;

  /** Of unit variance, [layer][column by column]. */
  final double[][] g;

  final double[][] bias;
  final double[] readout;

  /** The tangent v of each input. */
  private final double[][] v;

  /** z_l and φ(z_l), [layer][input][unit]; layer 0 of h is the input itself. */
  final double[][][] z;

  final double[][][] h;

  /** ∂f/∂z_l, [layer][input][unit]. */
  final double[][][] delta;

  /** Kernels in NTK and standard parameterisation, m × m. */
  final double[] theta;

  final double[] standardTheta;

  /** Of the numbers that the dense sampler draws. */
  ExplicitNetwork(Kernel kernel, Cell cell, long seed, int replicate) {
    this(cell.network(), measured(kernel, cell, seed, replicate));
  }

  /** Of numbers of any origin. */
  ExplicitNetwork(NetworkConfig network, ExplicitNumbers numbers) {
    this.network = network;
    int depth = network.depth();
    inputs = numbers.x().length;
    g = numbers.g();
    bias = numbers.bias();
    mask = numbers.mask();
    readout = numbers.readout();
    v = numbers.tangents();
    z = new double[depth + 1][inputs][];
    h = new double[depth + 1][inputs][];
    h[0] = numbers.x();
    delta = new double[depth + 1][inputs][];
    theta = new double[inputs * inputs];
    standardTheta = new double[inputs * inputs];
    for (int a = 0; a < inputs; a++) {
      forward(a);
      backward(a);
    }
    tangentKernels();
  }

  /** The inputs that a cell's networks are shown, m × n₀. */
  static double[][] inputs(Kernel kernel, Inputs shown, long seed) {
    int n0 = shown.dimension();
    try (Matrix x = InputColumns.draw(kernel, shown, seed)) {
      return rows(doubles(x), n0);
    }
  }

  static double[][] rows(double[] columns, int length) {
    double[][] rows = new double[columns.length / length][];
    Arrays.setAll(rows, a -> Arrays.copyOfRange(columns, a * length, (a + 1) * length));
    return rows;
  }

  private static ExplicitNumbers measured(Kernel kernel, Cell cell, long seed, int replicate) {
    NetworkConfig network = cell.network();
    Inputs shown = ((Task.Propagation) cell.task()).inputs();
    int depth = network.depth();
    int n = network.width();
    double[][] g = new double[depth + 1][];
    double[][] mask = new double[depth + 1][];
    double[][] bias = new double[depth + 1][];
    Unit unit = new Unit(seed, replicate, Sampler.DENSE, Sharing.COMMON, List.of(cell));
    try (Matrix x = InputColumns.draw(kernel, shown, seed);
        DenseConnections layers = new DenseConnections(kernel, unit, x);
        Matrix b = kernel.matrix(n, 1);
        Matrix tangents = layers.tangents();
        Matrix omega = layers.readout()) {
      for (int l = 1; l <= depth; l++) {
        layers.enterUpwards(l);
        g[l] = doubles(layers.weights());
        mask[l] = layers.isMasked() ? doubles(layers.mask()) : ones(g[l].length);
        kernel.fillGaussian(b, new Stream(seed, replicate, l, Purpose.BIASES));
        bias[l] = doubles(b);
      }
      return new ExplicitNumbers(
          rows(doubles(x), shown.dimension()),
          g,
          bias,
          mask,
          doubles(omega),
          rows(doubles(tangents), n));
    }
  }

  private void forward(int a) {
    for (int l = 1; l <= network.depth(); l++) {
      int fanIn = h[l - 1][a].length;
      double scale = Math.sqrt(network.sigmaW2() / fanIn);
      z[l][a] = new double[network.width()];
      h[l][a] = new double[network.width()];
      for (int i = 0; i < network.width(); i++) {
        double sum = Math.sqrt(network.sigmaB2()) * bias[l][i];
        for (int j = 0; j < fanIn; j++) {
          sum += scale * g[l][j * network.width() + i] * h[l - 1][a][j];
        }
        z[l][a][i] = sum;
        h[l][a][i] = network.activation().value(sum);
      }
    }
  }

  private void backward(int a) {
    int n = network.width();
    double scale = Math.sqrt(network.sigmaW2() / n);
    for (int l = network.depth(); l >= 1; l--) {
      delta[l][a] = new double[n];
      for (int j = 0; j < n; j++) {
        double sum = 0;
        if (l == network.depth()) {
          sum = scale * readout[j];
        } else {
          for (int i = 0; i < n; i++) {
            sum += scale * g[l + 1][j * n + i] * delta[l + 1][a][i];
          }
        }
        delta[l][a][j] = sum * network.activation().derivative(z[l][a][j]);
      }
    }
  }

  private void tangentKernels() {
    int depth = network.depth();
    int n = network.width();
    boolean biased = network.sigmaB2() > 0;
    for (int a = 0; a < inputs; a++) {
      for (int b = 0; b < inputs; b++) {
        double ntk = network.sigmaB2();
        double standard = biased ? 1 : 0;
        for (int j = 0; j < n; j++) {
          double kept = readout[j] != 0 ? 1 : 0;
          ntk += kept * network.sigmaW2() / n * h[depth][a][j] * h[depth][b][j];
          standard += kept * h[depth][a][j] * h[depth][b][j];
        }
        for (int l = 1; l <= depth; l++) {
          int fanIn = h[l - 1][a].length;
          for (int i = 0; i < n; i++) {
            double deltas = delta[l][a][i] * delta[l][b][i];
            ntk += network.sigmaB2() * deltas;
            standard += biased ? deltas : 0;
            for (int j = 0; j < fanIn; j++) {
              double product = mask[l][j * n + i] * deltas * h[l - 1][a][j] * h[l - 1][b][j];
              ntk += network.sigmaW2() / fanIn * product;
              standard += product;
            }
          }
        }
        theta[a * inputs + b] = ntk;
        standardTheta[a * inputs + b] = standard;
      }
    }
  }

  /** What the probes measure, by the names of the columns. */
  Map<String, Double> scalars() {
    int depth = network.depth();
    int n = network.width();
    Map<String, Double> scalars = new TreeMap<>();
    double q = 0;
    double mean = 0;
    double saturated = 0;
    double normRatio = 0;
    double gain = 0;
    double ratio = 0;
    double jacobian = 0;
    for (int a = 0; a < inputs; a++) {
      q += dot(z[depth][a], z[depth][a]) / (n * inputs);
      for (int i = 0; i < n; i++) {
        mean += h[depth][a][i] / (n * inputs);
        double slope = network.activation().derivative(z[depth][a][i]);
        saturated += Math.abs(slope) < 0.01 ? 1.0 / (n * inputs) : 0;
      }
      double top = dot(h[depth][a], h[depth][a]) / n;
      normRatio += Math.log(top / (dot(h[0][a], h[0][a]) / h[0][a].length)) / inputs;
      gain += Math.log(dot(delta[1][a], delta[1][a])) / inputs;
      gain -= Math.log(dot(delta[depth][a], delta[depth][a])) / inputs;
      ratio += Math.log(weightGradient(1, a, a) / weightGradient(depth, a, a)) / inputs;
      jacobian += Math.log(jacobianMoments(depth, a)[0]) / inputs;
    }
    scalars.put("ln_q", Math.log(q));
    scalars.put("c", cosine());
    scalars.put("mean", mean);
    scalars.put("saturated_share", saturated);
    scalars.put("ln_norm_ratio", normRatio);
    scalars.put("ln_gradient_gain", gain);
    scalars.put("ln_weight_gradient_ratio", ratio);
    scalars.put("ln_jacobian_mean", jacobian);
    addKernel(theta, "ln_ntk_", scalars);
    addKernel(standardTheta, "ln_ntk_standard_", scalars);
    return scalars;
  }

  private double cosine() {
    double[][] top = z[network.depth()];
    double sum = 0;
    for (int a = 0; a < inputs; a++) {
      for (int b = 0; b < a; b++) {
        sum += dot(top[a], top[b]) / Math.sqrt(dot(top[a], top[a]) * dot(top[b], top[b]));
      }
    }
    return sum / (0.5 * inputs * (inputs - 1));
  }

  private void addKernel(double[] kernel, String name, Map<String, Double> scalars) {
    double[] eigenvalues = KernelEigenvalues.of(rows(kernel, inputs)).ascending();
    double trace = Arrays.stream(eigenvalues).sum();
    scalars.put(name + "scale", Math.log(trace / inputs));
    scalars.put(name + "lambda_max", Math.log(eigenvalues[inputs - 1]));
    scalars.put(name + "lambda_min", Math.log(eigenvalues[0]));
    double off = Arrays.stream(kernel).sum() - trace;
    scalars.put(name.substring(3) + "off_ratio", off / (inputs - 1) / trace);
    double entropy = 0;
    for (double value : eigenvalues) {
      entropy -= value > 0 ? value / trace * Math.log(value / trace) : 0;
    }
    scalars.put(name.substring(3) + "effective_rank", trace > 0 ? Math.exp(entropy) : Double.NaN);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** ‖∂/∂W_l Σ_a f_a‖² over the inputs from {@code first} to {@code last}, entry by entry. */
  double weightGradient(int l, int first, int last) {
    double square = 0;
    for (int i = 0; i < network.width(); i++) {
      for (int j = 0; j < h[l - 1][0].length; j++) {
        double entry = 0;
        for (int a = first; a <= last; a++) {
          entry += mask[l][j * network.width() + i] * delta[l][a][i] * h[l - 1][a][j];
        }
        square += entry * entry;
      }
    }
    return square;
  }

  /** An input's J = ∂z_l/∂z_1, row by row. */
  double[][] jacobian(int l, int a) {
    int n = network.width();
    double[][] jacobian = new double[n][n];
    for (int i = 0; i < n; i++) {
      jacobian[i][i] = 1;
    }
    double scale = Math.sqrt(network.sigmaW2() / n);
    for (int k = 2; k <= l; k++) {
      double[][] next = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int t = 0; t < n; t++) {
          double entry = scale * g[k][t * n + i] * network.activation().derivative(z[k - 1][a][t]);
          for (int j = 0; j < n; j++) {
            next[i][j] += entry * jacobian[t][j];
          }
        }
      }
      jacobian = next;
    }
    return jacobian;
  }

  /** ‖J v‖²/‖v‖² and ‖JᵀJ v‖²/‖v‖² of an input's tangent v. */
  double[] jacobianMoments(int l, int a) {
    int n = network.width();
    double[][] jacobian = jacobian(l, a);
    double[] up = new double[n];
    double[] down = new double[n];
    double[] squares = new double[3];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        up[i] += jacobian[i][j] * v[a][j];
      }
      squares[0] += v[a][i] * v[a][i];
      squares[1] += up[i] * up[i];
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        down[j] += jacobian[i][j] * up[i];
      }
      squares[2] += down[j] * down[j];
    }
    return new double[] {squares[1] / squares[0], squares[2] / squares[0]};
  }

  private static double[] doubles(Matrix matrix) {
    float[] values = matrix.read();
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
