package org.phasemap.measure;

import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.VariantState.Backward;

/**
 * Sends the gradient of the scalar read-out down, from every depth at once: layer l's weights are
 * drawn once for all panels and all depths L &gt;= l. Adds up the tangent kernels on its way:
 *
 * <pre>
 * Θ = Σ_l (Δ_lᵀΔ_l) ∘ K_l,  K_l = (σ_w²/n_{l−1}) H_{l−1}ᵀH_{l−1} + σ_b²
 * </pre>
 *
 * and likewise in standard parameterisation, where K_l is H_{l−1}ᵀH_{l−1}, plus one where there are
 * biases. Under a mask only kept weights are parameters: see {@link MaskedKernel}.
 */
final class BackwardPass {
  private final Kernel kernel;
  private final Layers layers;
  private final Matrix inputs;
  private final int width;
  private final int count;
  private final boolean kernels;

  /**
   * @param kernels whether the tangent kernels are wanted; gradient norms always are
   */
  BackwardPass(Kernel kernel, Layers layers, Matrix inputs, boolean kernels) {
    this.kernels = kernels;
    this.kernel = kernel;
    this.layers = layers;
    this.inputs = inputs;
    this.width = layers.width();
    this.count = inputs.columns();
  }

  /** Fills every {@link Backward} of the panels' variants. */
  void run(List<Panel> panels) {
    int depth = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
    Matrix[][] delta = new Matrix[panels.size()][];
    for (int p = 0; p < panels.size(); p++) {
      delta[p] = new Matrix[panels.get(p).depths().size()];
    }
    try (Matrix readout = layers.readout();
        Matrix scratch = kernel.matrix(width, panels.get(0).columns())) {
      MaskedKernel masked = new MaskedKernel(kernel, layers, inputs);
      for (int layer = depth; layer >= 1; layer--) {
        boolean needsMask = kernels && layers.isMasked();
        Matrix weights = layer > 1 || needsMask ? layers.weights(layer) : scratch;
        for (int p = 0; p < panels.size(); p++) {
          Panel panel = panels.get(p);
          if (layer > panel.depth()) {
            continue;
          }
          if (needsMask) {
            masked.enter(panel, layer);
          }
          int d = 0;
          for (int top : panel.depths()) {
            if (top >= layer) {
              if (top == layer) {
                delta[p][d] = start(panel, top, readout, masked);
              }
              accumulate(panel, top, layer, delta[p][d], masked);
              if (layer > 1) {
                descend(panel, layer, weights, delta[p][d], scratch);
              }
            }
            d++;
          }
        }
      }
      for (Matrix[] row : delta) {
        for (Matrix matrix : row) {
          matrix.close();
        }
      }
    }
  }

  /** δ_L = φ′(z_L) ∘ (σ_w/√n) ω, and the read-out's own share of the kernels. */
  private Matrix start(Panel panel, int top, Matrix readout, MaskedKernel masked) {
    Matrix delta = kernel.matrix(width, panel.columns());
    kernel.addBias(readout, panel.weightScale(width), delta);
    kernel.multiplyElements(panel.derivative(top), delta);
    for (int v = 0; kernels && v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      Backward pass = variant.backward(top);
      if (pass != null) {
        double[] gram = masked.readoutGram(panel, v, top, readout);
        double weight = variant.variant().sigmaW2() / width;
        double sigmaB2 = variant.variant().sigmaB2();
        for (int i = 0; i < count * count; i++) {
          pass.theta[i] += weight * gram[i] + sigmaB2;
          pass.standardTheta[i] += gram[i] + (sigmaB2 > 0 ? 1 : 0);
        }
      }
    }
    return delta;
  }

  private void accumulate(Panel panel, int top, int layer, Matrix delta, MaskedKernel masked) {
    double[] gram = kernel.gram(delta, count);
    float[] entries = kernels && layers.isMasked() ? delta.read() : new float[0];
    double fanIn = layer == 1 ? inputs.rows() : width;
    for (int v = 0; v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      Backward pass = variant.backward(top);
      if (pass == null) {
        continue;
      }
      int offset = v * count * count;
      double[] lnDelta = new double[count];
      for (int a = 0; a < count; a++) {
        lnDelta[a] = Math.log(gram[offset + a * count + a]);
      }
      pass.lnDelta[layer - 1] = lnDelta;
      if (!kernels) {
        continue;
      }
      double[] weights = masked.weightGradients(variant, v, layer, gram, entries);
      double sigmaB2 = variant.variant().sigmaB2();
      double scale = variant.variant().sigmaW2() / fanIn;
      for (int i = 0; i < count * count; i++) {
        double bias = gram[offset + i];
        pass.theta[i] += scale * weights[i] + sigmaB2 * bias;
        pass.standardTheta[i] += weights[i] + (sigmaB2 > 0 ? bias : 0);
      }
    }
  }

  /** δ_{l−1} = φ′(z_{l−1}) ∘ W_lᵀ δ_l, in place. */
  private void descend(Panel panel, int layer, Matrix weights, Matrix delta, Matrix scratch) {
    kernel.multiplyTransposed(weights, delta, scratch);
    kernel.scaleColumns(panel.weightScale(width), scratch);
    kernel.multiplyElements(panel.derivative(layer - 1), scratch);
    kernel.copy(scratch, delta);
  }
}
