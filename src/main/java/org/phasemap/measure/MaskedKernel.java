package org.phasemap.measure;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/**
 * The sum over a layer's weights of ∂f_a/∂w · ∂f_b/∂w, in units of the layer's scale. Without a
 * mask M it factors into (Δᵀ Δ) ∘ (HᵀH). With one, only kept weights are parameters and
 *
 * <pre>
 * S_ab = Σ_ij M_ij (δ_a ∘ δ_b)_i (h_a ∘ h_b)_j = (δ_a ∘ δ_b) · M (h_a ∘ h_b)
 * </pre>
 *
 * needs the products of all pairs of inputs sent through the mask.
 */
final class MaskedKernel {
  private final Kernel kernel;
  private final DenseConnections connections;
  private final int count;
  private final int pairs;
  private final int width;

  /** M (h_a ∘ h_b) of the current panel and layer: n entries for each pair of each variant. */
  private float[] sent = new float[0];

  MaskedKernel(Kernel kernel, DenseConnections connections) {
    this.kernel = kernel;
    this.connections = connections;
    this.count = connections.inputs.columns();
    this.pairs = count * (count + 1) / 2;
    this.width = connections.width();
  }

  /** Prepares a panel's layer under a mask; its weights must be the latest drawn. */
  void enter(Panel panel, int layer) {
    Matrix below = layer == 1 ? connections.inputs : panel.activation(layer - 1);
    int blocks = below.columns() / count;
    int n = below.rows();
    try (Matrix products = kernel.matrix(n, blocks * pairs);
        Matrix out = kernel.matrix(width, blocks * pairs)) {
      products.write(pairProducts(below.read(), n, blocks));
      kernel.multiply(connections.mask(), products, out);
      sent = out.read();
    }
  }

  /**
   * S, m × m, of one variant.
   *
   * @param delta Δ of the panel
   */
  double[] weightGradients(int index, int layer, float[] delta) {
    double[] s = new double[count * count];
    int block = layer == 1 ? 0 : index;
    int pair = 0;
    for (int a = 0; a < count; a++) {
      for (int b = 0; b <= a; b++) {
        int da = (index * count + a) * width;
        int db = (index * count + b) * width;
        int u = (block * pairs + pair++) * width;
        double sum = 0;
        for (int i = 0; i < width; i++) {
          sum += (double) delta[da + i] * delta[db + i] * sent[u + i];
        }
        s[a * count + b] = sum;
        s[b * count + a] = sum;
      }
    }
    return s;
  }

  /** Σ_j M_j h_a,j h_b,j over the read-out's kept weights, m × m. */
  double[] readoutGram(Panel panel, int index, int depth, Matrix readout) {
    float[] h = panel.block(panel.activation(depth), index).read();
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

  private float[] pairProducts(float[] h, int n, int blocks) {
    float[] products = new float[n * blocks * pairs];
    int out = 0;
    for (int block = 0; block < blocks; block++) {
      for (int a = 0; a < count; a++) {
        for (int b = 0; b <= a; b++) {
          int ha = (block * count + a) * n;
          int hb = (block * count + b) * n;
          for (int i = 0; i < n; i++) {
            products[out++] = h[ha + i] * h[hb + i];
          }
        }
      }
    }
    return products;
  }
}
