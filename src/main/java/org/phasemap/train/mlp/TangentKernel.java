package org.phasemap.train.mlp;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.NetworkConfig;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;

/**
 * The tangent kernel of one network, in standard parameterisation, of all its outputs:
 * Θ_{(a,i),(b,j)} = ∇f_a(x_i) · ∇f_b(x_j) over kept weights and biases, from per-example gradients.
 * Row a · m + i belongs to output a of example i. It is made of Gram matrices of gradients and
 * activations, under a mask of products of input pairs, so no per-example gradient is stored.
 */
public final class TangentKernel implements ObjIntConsumer<OuterProducts> {
  private static final int MOST_ITERATIONS = 1000;
  private static final double PRECISION = 1e-10;

  private final Kernel kernel;
  private final Parameters parameters;
  private final int examples;
  private final int size;
  private final double[] theta;

  private TangentKernel(Kernel kernel, Parameters parameters, int examples, int size) {
    this.kernel = kernel;
    this.parameters = parameters;
    this.examples = examples;
    this.size = size;
    this.theta = new double[Math.multiplyExact(size, size)];
  }

  /**
   * Measures Θ.
   *
   * @param parameters of one network
   * @param features of at least {@code examples} examples, n₀ × m
   * @param examples m
   * @return Θ, classes·m × classes·m
   */
  static double[] of(
      Kernel kernel,
      NetworkConfig shape,
      Parameters parameters,
      float[] features,
      int examples,
      int classes) {
    int inputs = parameters.layers().get(0).weights().columns();
    int columns = examples * classes;
    float[] repeated = new float[inputs * columns];
    float[] seeds = new float[classes * columns];
    for (int output = 0; output < classes; output++) {
      int first = output * examples;
      System.arraycopy(features, 0, repeated, first * inputs, examples * inputs);
      for (int i = 0; i < examples; i++) {
        seeds[(first + i) * classes + output] = 1;
      }
    }
    try (Arena arena = new Arena(kernel)) {
      Backpropagation pass = new Backpropagation(kernel, arena, shape, inputs, classes, columns, 1);
      pass.forward(parameters, repeated);
      TangentKernel sum = new TangentKernel(kernel, parameters, examples, columns);
      float[] padded = Arrays.copyOf(seeds, pass.logitStep());
      pass.factors(parameters, padded, sum);
      return sum.theta;
    }
  }

  @Override
  public void accept(OuterProducts products, int index) {
    Blocks delta = products.delta();
    Blocks input = products.input();
    Layer layer = parameters.layers().get(index);
    double bias = layer.bias() == null ? 0 : 1;
    if (layer.mask() == null) {
      double[] deltas = kernel.gram(delta.block(0), size);
      double[] inputs = kernel.gram(input.all().view(0, examples), examples);
      for (int p = 0; p < size; p++) {
        for (int q = 0; q < size; q++) {
          double product = inputs[p % examples * examples + q % examples];
          theta[p * size + q] += deltas[p * size + q] * (product + bias);
        }
      }
    } else {
      addMasked(layer.mask().block(0), delta.block(0).read(), input.block(0).read(), bias);
    }
  }

  /** Σ_u δ_u δ′_u (Σ_j M_uj a_j a′_j + bias): products of two inputs go through the mask. */
  private void addMasked(Matrix mask, float[] deltas, float[] inputs, double bias) {
    int fanOut = mask.rows();
    for (int j = 0; j < examples; j++) {
      float[] sums = throughMask(mask, inputs, j);
      for (int p = 0; p < size; p++) {
        int i = p % examples;
        for (int q = j; q < size; q += examples) {
          double sum = 0;
          for (int u = 0; u < fanOut; u++) {
            sum +=
                (double) deltas[p * fanOut + u]
                    * deltas[q * fanOut + u]
                    * (sums[i * fanOut + u] + bias);
          }
          theta[p * size + q] += sum;
        }
      }
    }
  }

  /** M (a_i ∘ a_j) of all examples i, fan-out × m. */
  private float[] throughMask(Matrix mask, float[] inputs, int j) {
    int fanIn = mask.columns();
    float[] products = new float[fanIn * examples];
    for (int k = 0; k < products.length; k++) {
      products[k] = inputs[k] * inputs[j * fanIn + k % fanIn];
    }
    try (Arena arena = new Arena(kernel)) {
      Matrix in = arena.matrix(fanIn, examples);
      Matrix out = arena.matrix(mask.rows(), examples);
      in.write(products);
      kernel.multiply(mask, in, out);
      return out.read();
    }
  }

  /** The largest eigenvalue of Θ, by power iteration; NaN or infinite where Θ is not finite. */
  public static double largestEigenvalue(double[] theta) {
    int n = (int) Math.round(Math.sqrt(theta.length));
    double[] v = new double[n];
    // No eigenvector of a kernel is orthogonal to this one but by accident.
    Arrays.setAll(v, i -> 1 + Math.sin(i));
    double last = 0;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double norm = Math.sqrt(dot(v, v));
      if (norm == 0 || !Double.isFinite(norm)) {
        return norm;
      }
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        v[i] /= norm;
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          next[i] += theta[i * n + j] * v[j];
        }
      }
      double value = dot(v, next);
      v = next;
      if (Math.abs(value - last) <= PRECISION * Math.abs(value)) {
        return value;
      }
      last = value;
    }
    return last;
  }

  /** ‖Θ − Θ₀‖/‖Θ₀‖, Frobenius; NaN where Θ₀ is not given. */
  public static double drift(double @Nullable [] start, double[] theta) {
    if (start == null) {
      return Double.NaN;
    }
    double[] change = new double[theta.length];
    Arrays.setAll(change, i -> theta[i] - start[i]);
    return Math.sqrt(dot(change, change) / dot(start, start));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
