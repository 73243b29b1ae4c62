package org.phasemap.measure;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;

/**
 * One network in plain float64, from the same random numbers: every weight, every gradient and the
 * tangent kernel parameter by parameter, with none of the sharing that the measurement does.
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

  ExplicitNetwork(Kernel kernel, Cell cell, long seed, int replicate) {
    network = cell.network();
    Task.Propagation task = (Task.Propagation) cell.task();
    int depth = network.depth();
    int n = network.width();
    inputs = task.inputs().count();
    int n0 = task.inputs().dimension();
    z = new double[depth + 1][inputs][];
    h = new double[depth + 1][inputs][];
    delta = new double[depth + 1][inputs][];
    theta = new double[inputs * inputs];
    standardTheta = new double[inputs * inputs];
    g = new double[depth + 1][];
    v = new double[inputs][];
    mask = new double[depth + 1][];
    bias = new double[depth + 1][];
    Unit unit = new Unit(seed, replicate, Sampler.DENSE, Sharing.COMMON, java.util.List.of(cell));
    try (Matrix x = InputColumns.draw(kernel, task.inputs(), seed);
        DenseConnections layers = new DenseConnections(kernel, unit, x);
        Matrix b = kernel.matrix(n, 1);
        Matrix tangents = layers.tangents();
        Matrix omega = layers.readout()) {
      double[] columns = doubles(x);
      for (int a = 0; a < inputs; a++) {
        h[0][a] = java.util.Arrays.copyOfRange(columns, a * n0, (a + 1) * n0);
      }
      for (int l = 1; l <= depth; l++) {
        layers.enterUpwards(l);
        g[l] = doubles(layers.weights());
        mask[l] = layers.isMasked() ? doubles(layers.mask()) : ones(g[l].length);
        kernel.fillGaussian(b, new Stream(seed, replicate, l, Purpose.BIASES));
        bias[l] = doubles(b);
      }
      readout = doubles(omega);
      double[] directions = doubles(tangents);
      for (int a = 0; a < inputs; a++) {
        v[a] = java.util.Arrays.copyOfRange(directions, a * n, (a + 1) * n);
      }
    }
    for (int a = 0; a < inputs; a++) {
      forward(a);
      backward(a);
    }
    tangentKernels();
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
    java.util.Arrays.fill(ones, 1);
    return ones;
  }
}
