package org.phasemap.measure.mlp;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/**
 * The sum over a layer's weights of ∂f_a/∂w · ∂f_b/∂w, standard parameterisation. Without a mask M
 * it factors into (Δᵀ Δ) ∘ (HᵀH). With one, only kept weights are parameters and
 *
 * <pre>
 * S_ab = Σ_ij M_ij (δ_a ∘ δ_b)_i (h_a ∘ h_b)_j = (δ_a ∘ δ_b) · M (h_a ∘ h_b)
 * </pre>
 *
 * needs the products of all pairs of inputs sent through the mask; its diagonal those of the inputs
 * with themselves.
 *
 * <p>Multiplying the dense kernel by p would be right on average only.
 */
final class MaskedKernel {
  private final Kernel kernel;
  private final DenseConnections connections;
  private final int count;
  private final int width;

  /** Inputs a and b of each pair. */
  private final List<int[]> pairs = new ArrayList<>();

  /** M (h_a ∘ h_b) of the current panel and layer: n entries for each pair of each variant. */
  private float[] sent = new float[0];

  /** δ of each input of a variant. */
  private final double[][] columns;

  /**
   * @param offDiagonal whether pairs of different inputs are wanted
   */
  MaskedKernel(Kernel kernel, DenseConnections connections, boolean offDiagonal) {
    this.kernel = kernel;
    this.connections = connections;
    this.count = connections.inputs.columns();
    this.width = connections.width();
    columns = new double[count][width];
    for (int a = 0; a < count; a++) {
      for (int b = offDiagonal ? 0 : a; b <= a; b++) {
        pairs.add(new int[] {a, b});
      }
    }
  }

  /** Prepares a panel's layer under a mask; its weights must be the latest drawn. */
  void enter(Panel panel, int layer) {
    Matrix below = layer == 1 ? connections.inputs : panel.activation(layer - 1);
    // The inputs are one block for all variants, without tangents.
    int stride = layer == 1 ? count : connections.block;
    int blocks = below.columns() / stride;
    int n = below.rows();
    try (Matrix products = kernel.scratch(n, blocks * pairs.size());
        Matrix out = kernel.scratch(width, blocks * pairs.size())) {
      products.write(pairProducts(below.read(), n, stride, blocks));
      int pairs = this.pairs.size();
      kernel.multiply(
          Blocks.of(connections.mask()),
          new Blocks(products, pairs, pairs),
          new Blocks(out, pairs, pairs));
      sent = out.read();
    }
  }

  /**
   * S, m × m, of one variant; pairs that are not wanted are 0.
   *
   * @param delta Δ of the panel
   */
  double[] weightGradients(int index, int layer, float[] delta) {
    for (int a = 0; a < count; a++) {
      int from = (index * connections.block + a) * width;
      for (int i = 0; i < width; i++) {
        columns[a][i] = delta[from + i];
      }
    }
    double[] s = new double[count * count];
    int block = layer == 1 ? 0 : index;
    int u = block * pairs.size() * width;
    for (int[] pair : pairs) {
      double sum = sumOfProducts(columns[pair[0]], columns[pair[1]], sent, u);
      s[pair[0] * count + pair[1]] = sum;
      s[pair[1] * count + pair[0]] = sum;
      u += width;
    }
    return s;
  }

  /** Σ_i a_i b_i u_{from + i}: four sums, since an addition waits for the one before it. */
  private static double sumOfProducts(double[] a, double[] b, float[] u, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < a.length - 3; i += 4) {
      int j = from + i;
      s0 += a[i] * b[i] * u[j];
      s1 += a[i + 1] * b[i + 1] * u[j + 1];
      s2 += a[i + 2] * b[i + 2] * u[j + 2];
      s3 += a[i + 3] * b[i + 3] * u[j + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i] * u[from + i];
    }
    return s0 + s1 + s2 + s3;
  }

  /** Σ_j M_j h_a,j h_b,j over the read-out's kept weights, m × m. */
  double[] readoutGram(Panel panel, int index, int depth, Matrix readout) {
    float[] h = panel.inputs(panel.activation(depth), index).read();
    float[] omega = readout.read();
    double[] gram = new double[count * count];
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
          sum += omega[i] != 0 ? (double) h[a * width + i] * h[b * width + i] : 0;
        }
        gram[a * count + b] = sum;
      }
    }
    return gram;
  }

  private float[] pairProducts(float[] h, int n, int stride, int blocks) {
    float[] products = new float[n * blocks * pairs.size()];
    int out = 0;
    for (int block = 0; block < blocks; block++) {
      for (int[] pair : pairs) {
        int ha = (block * stride + pair[0]) * n;
        int hb = (block * stride + pair[1]) * n;
        for (int i = 0; i < n; i++) {
          products[out++] = h[ha + i] * h[hb + i];
        }
      }
    }
    return products;
  }
}
