package org.phasemap.theory.limit;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;

/**
 * One random network with explicit weights, forward and backward in plain loops: the independent
 * simulation behind the tests of finite-width theory.
 */
public final class DenseNetwork {
  /** Shape and law of the networks of one test. */
  public record Shape(
      Activation activation,
      double sigmaW2,
      double sigmaB2,
      WeightLaw weights,
      double keep,
      int inputDimension,
      int width,
      int depth) {}

  private final Shape shape;
  private final double[][] x;
  private final double[][][] z;
  private final double[][][] h;
  private final double[][][] weights;
  private final double[] readout;

  /** 1/p or 0 for each weight of the read-out. */
  private final double[] kept;

  public DenseNetwork(Shape shape, double[][] x, Random random) {
    this.shape = shape;
    this.x = x;
    int n = shape.width();
    int depth = shape.depth();
    int m = x.length;
    z = new double[depth][m][n];
    h = new double[depth + 1][m][];
    weights = new double[depth][][];
    System.arraycopy(x, 0, h[0], 0, m);
    for (int l = 0; l < depth; l++) {
      int fanIn = l == 0 ? shape.inputDimension() : n;
      weights[l] = draw(n, fanIn, random);
      for (int i = 0; i < n; i++) {
        double bias = Math.sqrt(shape.sigmaB2()) * random.nextGaussian();
        for (int a = 0; a < m; a++) {
          z[l][a][i] = bias + dot(weights[l][i], h[l][a]);
        }
      }
      for (int a = 0; a < m; a++) {
        h[l + 1][a] = Arrays.stream(z[l][a]).map(shape.activation()::value).toArray();
      }
    }
    readout = random.doubles(n).map(u -> random.nextGaussian()).toArray();
    kept = new double[n];
    for (int i = 0; i < n; i++) {
      kept[i] = shape.keep() == 1 || random.nextDouble() < shape.keep() ? 1 / shape.keep() : 0;
      readout[i] *= Math.sqrt(kept[i]);
    }
  }

  /** m inputs of squared norm n₀ q0 and pairwise correlation c0, exactly. */
  public static double[][] inputs(int m, int dimension, double q0, double c0, Random random) {
    double[][] frame = frame(m, dimension, random);
    double own = Math.sqrt(1 - c0);
    double shared = (Math.sqrt(1 + (m - 1) * c0) - own) / m;
    double[][] x = new double[m][dimension];
    for (int a = 0; a < m; a++) {
      for (int i = 0; i < dimension; i++) {
        double sum = 0;
        for (double[] e : frame) {
          sum += e[i];
        }
        x[a][i] = Math.sqrt(dimension * q0) * (own * frame[a][i] + shared * sum);
      }
    }
    return x;
  }

  /** k random orthonormal vectors. */
  static double[][] frame(int k, int dimension, Random random) {
    double[][] e = new double[k][dimension];
    for (int a = 0; a < k; a++) {
      for (int i = 0; i < dimension; i++) {
        e[a][i] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int b = 0; b < a; b++) {
          double overlap = dot(e[a], e[b]);
          for (int i = 0; i < dimension; i++) {
            e[a][i] -= overlap * e[b][i];
          }
        }
      }
      double norm = Math.sqrt(dot(e[a], e[a]));
      for (int i = 0; i < dimension; i++) {
        e[a][i] /= norm;
      }
    }
    return e;
  }

  private double[][] draw(int n, int fanIn, Random random) {
    double scale = Math.sqrt(shape.sigmaW2() / fanIn / shape.keep());
    double[][] w = new double[n][fanIn];
    if (shape.weights() == WeightLaw.ORTHOGONAL) {
      double[][] columns = frame(fanIn, n, random);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < fanIn; j++) {
          w[i][j] = Math.sqrt(shape.sigmaW2() * n / fanIn) * columns[j][i];
        }
      }
      return w;
    }
    for (double[] row : w) {
      for (int j = 0; j < fanIn; j++) {
        double draw = entry(shape.weights(), random);
        row[j] = shape.keep() == 1 || random.nextDouble() < shape.keep() ? scale * draw : 0;
      }
    }
    return w;
  }

  /** Of variance 1. */
  private static double entry(WeightLaw law, Random random) {
    return switch (law) {
      case UNIFORM -> Math.sqrt(3) * (2 * random.nextDouble() - 1);
      case TRUNCATED -> within2(random) / WeightLaw.TRUNCATED_DEVIATION;
      case NORMAL, ORTHOGONAL -> random.nextGaussian();
    };
  }

  private static double within2(Random random) {
    double normal = random.nextGaussian();
    return Math.abs(normal) <= 2 ? normal : within2(random);
  }

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Everything that has a band, by the names of the tables' columns. */
  public Map<String, Double> scalars(Random random) {
    double[] backward = backward();
    return Map.of(
        "ln_q",
        lnQ(),
        "c",
        x.length > 1 ? meanCosine() : Double.NaN,
        "mean",
        meanPhi(),
        "ln_norm_ratio",
        lnNormRatio(),
        "ln_jacobian_mean",
        lnJacobian(random),
        "ln_gradient_gain",
        backward[0],
        "ln_ntk_scale",
        backward[1],
        "ln_ntk_standard_scale",
        backward[2],
        "ln_weight_gradient_ratio",
        backward[3]);
  }

  /** ln of the mean of z_L² over units and inputs. */
  double lnQ() {
    double sum = 0;
    for (double[] row : z[shape.depth() - 1]) {
      sum += dot(row, row);
    }
    return Math.log(sum / (shape.width() * x.length));
  }

  /** Mean cosine of z_L over pairs of inputs. */
  double meanCosine() {
    double[][] top = z[shape.depth() - 1];
    double sum = 0;
    for (int a = 0; a < top.length; a++) {
      for (int b = 0; b < a; b++) {
        sum += dot(top[a], top[b]) / Math.sqrt(dot(top[a], top[a]) * dot(top[b], top[b]));
      }
    }
    return sum / (0.5 * top.length * (top.length - 1));
  }

  /** Mean of φ(z_L) over units and inputs. */
  double meanPhi() {
    double sum = 0;
    for (double[] row : h[shape.depth()]) {
      sum += Arrays.stream(row).sum();
    }
    return sum / (shape.width() * x.length);
  }

  /** ln (‖h_L‖²/n)/(‖x‖²/n₀), averaged over inputs. */
  public double lnNormRatio() {
    double sum = 0;
    for (int a = 0; a < x.length; a++) {
      double[] top = h[shape.depth()][a];
      sum += Math.log(dot(top, top) / shape.width() / (dot(x[a], x[a]) / x[a].length));
    }
    return sum / x.length;
  }

  /** ln ‖∂z_L/∂z_1 v‖²/‖v‖², a random v for each input, averaged over inputs. */
  public double lnJacobian(Random random) {
    double sum = 0;
    for (int a = 0; a < x.length; a++) {
      double[] v = random.doubles(shape.width()).map(u -> random.nextGaussian()).toArray();
      double start = dot(v, v);
      for (int l = 1; l < shape.depth(); l++) {
        double[] below = z[l - 1][a];
        double[] slopes = v;
        Arrays.setAll(slopes, i -> slopes[i] * shape.activation().derivative(below[i]));
        v = Arrays.stream(weights[l]).mapToDouble(row -> dot(row, slopes)).toArray();
      }
      sum += Math.log(dot(v, v) / start);
    }
    return sum / x.length;
  }

  /** ‖h_L‖²/‖h_1‖² of the first input. */
  public double normRatio() {
    double[] top = h[shape.depth()][0];
    return dot(top, top) / dot(h[1][0], h[1][0]);
  }

  /**
   * {ln gradient gain averaged over inputs, ln(tr Θ/m), the same in standard parameterisation, ln
   * ‖∂f/∂W_1‖²/‖∂f/∂W_L‖² averaged over inputs, weights that a mask took away counted}. Those of
   * the kernels are not.
   */
  public double[] backward() {
    double gain = 0;
    double weightRatio = 0;
    double trace = 0;
    double standard = 0;
    double w = shape.sigmaW2();
    double b = shape.sigmaB2();
    double bias = b > 0 ? 1 : 0;
    int n = shape.width();
    for (int a = 0; a < x.length; a++) {
      double[] delta = new double[n];
      for (int i = 0; i < n; i++) {
        delta[i] =
            Math.sqrt(w / n)
                * readout[i]
                * shape.activation().derivative(z[shape.depth() - 1][a][i]);
      }
      double[] last = h[shape.depth()][a];
      double seen = 0;
      for (int i = 0; i < n; i++) {
        seen += kept[i] * last[i] * last[i];
      }
      double theta = w / n * seen + b;
      double plain = shape.keep() * seen + bias;
      double top = dot(delta, delta);
      double bottom = top;
      for (int l = shape.depth() - 1; l >= 0; l--) {
        bottom = dot(delta, delta);
        double weighed = weightGradient(l, delta, h[l][a]);
        theta += w / (shape.keep() * h[l][a].length) * weighed + b * bottom;
        plain += weighed + bias * bottom;
        delta = l > 0 ? down(delta, l, a) : delta;
      }
      gain += Math.log(bottom / top);
      double[] below = h[shape.depth() - 1][a];
      weightRatio += Math.log(bottom * dot(x[a], x[a]) / (top * dot(below, below)));
      trace += theta;
      standard += plain;
    }
    int m = x.length;
    return new double[] {gain / m, Math.log(trace / m), Math.log(standard / m), weightRatio / m};
  }

  /** Σ δ_i²h_j² over the kept weights of a layer. */
  private double weightGradient(int l, double[] delta, double[] below) {
    if (shape.keep() == 1) {
      return dot(delta, delta) * dot(below, below);
    }
    double sum = 0;
    for (int i = 0; i < delta.length; i++) {
      for (int j = 0; j < below.length; j++) {
        sum += weights[l][i][j] != 0 ? delta[i] * delta[i] * below[j] * below[j] : 0;
      }
    }
    return sum;
  }

  private double[] down(double[] delta, int l, int a) {
    double[] next = new double[shape.width()];
    for (int i = 0; i < delta.length; i++) {
      for (int j = 0; j < next.length; j++) {
        next[j] += weights[l][i][j] * delta[i];
      }
    }
    for (int j = 0; j < next.length; j++) {
      next[j] *= shape.activation().derivative(z[l - 1][a][j]);
    }
    return next;
  }
}
