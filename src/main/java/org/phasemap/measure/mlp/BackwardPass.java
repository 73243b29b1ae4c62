package org.phasemap.measure.mlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.FormatCounts;
import org.phasemap.measure.finding.JacobianMoments;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.plan.Task;
import org.phasemap.plan.Variant;
import org.phasemap.quantity.Probe;

/**
 * Sends the gradient of the scalar read-out down, from every depth at once: layer l's weights are
 * drawn once for all panels and all depths L &gt;= l. Tangents J v, J = ∂z_L/∂z_1, go down with it
 * and become JᵀJ v. Adds up the tangent kernels on its way:
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
  private final Connections connections;
  private final int width;
  private final int count;
  private final boolean kernels;
  private final boolean weightGradients;
  private final boolean formats;
  private final @Nullable MaskedKernel masked;

  /**
   * @param task what is wanted; norms of δ_l always are
   */
  BackwardPass(Kernel kernel, Connections connections, Task.Propagation task) {
    List<Probe> probes = task.probes();
    this.kernel = kernel;
    this.connections = connections;
    this.width = connections.width();
    this.count = connections.inputs.columns();
    kernels = task.hasKernel();
    boolean pairs = task.hasGradientPairs();
    formats = probes.contains(Probe.PRECISION);
    weightGradients = pairs || probes.contains(Probe.GRADIENT);
    masked =
        weightGradients && connections instanceof DenseConnections dense && dense.isMasked()
            ? new MaskedKernel(kernel, dense, pairs)
            : null;
  }

  /** Fills every {@link Backward} of the panels' variants. */
  void run(List<Panel> panels) {
    int depth = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
    List<TreeMap<Integer, Matrix>> deltas = new ArrayList<>();
    panels.forEach(p -> deltas.add(new TreeMap<>()));
    Matrix scratch = kernel.matrix(width, panels.get(0).columns());
    try (Matrix readout = connections.readout()) {
      for (int layer = depth; layer >= 1; layer--) {
        connections.enterDownwards(layer);
        for (int p = 0; p < panels.size(); p++) {
          Panel panel = panels.get(p);
          if (layer > panel.depth()) {
            continue;
          }
          if (panel.depths().contains(layer)) {
            deltas.get(p).put(layer, start(panel, layer, readout));
          }
          connections.prepare(panel);
          if (masked != null) {
            masked.enter(panel, layer);
          }
          for (Map.Entry<Integer, Matrix> entry : deltas.get(p).entrySet()) {
            Matrix delta = entry.getValue();
            double[] gram = connections.gram(delta);
            accumulate(panel, entry.getKey(), layer, delta, gram);
            if (layer > 1) {
              // δ_{l−1} = φ′(z_{l−1}) ∘ W_lᵀ δ_l.
              connections.down(panel, delta, gram, scratch);
              for (int v = 0; v < panel.variants().size(); v++) {
                Variant variant = panel.variants().get(v).variant();
                connections.joinGradients(variant, panel.inputs(scratch, v));
              }
              kernel.multiplyElements(panel.derivative(layer - 1), scratch);
              entry.setValue(scratch);
              scratch = delta;
            }
          }
        }
      }
    } finally {
      scratch.close();
      deltas.forEach(d -> d.values().forEach(Matrix::close));
    }
  }

  /**
   * δ_L = φ′(z_L) ∘ (σ_w/√n) ω, tangents as they came up, and the read-out's own share of the
   * kernels.
   */
  private Matrix start(Panel panel, int top, Matrix readout) {
    Matrix delta = kernel.matrix(width, panel.columns());
    kernel.addBias(readout, panel.weightScale(width), delta);
    kernel.multiplyElements(panel.derivative(top), delta);
    for (int v = 0; panel.hasTangents() && v < panel.variants().size(); v++) {
      kernel.copy(panel.tangents(panel.keptTangents(top), v), panel.tangents(delta, v));
    }
    for (int v = 0; kernels && v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      Backward pass = variant.backward(top);
      if (pass != null) {
        double[] gram =
            masked == null ? panel.gram(top, v) : masked.readoutGram(panel, v, top, readout);
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

  private void accumulate(Panel panel, int top, int layer, Matrix delta, double[] gram) {
    float[] entries = masked == null ? new float[0] : delta.read();
    for (int v = 0; v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      Backward pass = variant.backward(top);
      if (pass == null) {
        continue;
      }
      double[] deltas = panel.ofInputs(gram, v);
      pass.lnDelta[layer - 1] = meanLnDiagonal(deltas);
      if (layer == 1 && panel.hasTangents()) {
        pass.jacobian =
            JacobianMoments.of(variant.lnTangents(), panel.squaresOfTangents(gram, v), top);
      }
      if (formats) {
        pass.formats[layer - 1] = FormatCounts.ofGradients(kernel, panel.inputs(delta, v));
      }
      if (!weightGradients) {
        continue;
      }
      double[] weights =
          masked == null
              ? products(deltas, panel.gram(layer - 1, v))
              : masked.weightGradients(v, layer, entries);
      pass.lnWeightGradient[layer - 1] = meanLnDiagonal(weights);
      pass.batchGradient[layer - 1] =
          FirstSteps.batchGradient(
              weights, masked == null ? FirstSteps.ROUNDING : FirstSteps.MASKED_ROUNDING);
      if (!kernels) {
        continue;
      }
      double sigmaB2 = variant.variant().sigmaB2();
      double scale = variant.variant().sigmaW2() / connections.fanIn(layer);
      for (int i = 0; i < count * count; i++) {
        double bias = deltas[i];
        double own = scale * weights[i] + sigmaB2 * bias;
        double standard = weights[i] + (sigmaB2 > 0 ? bias : 0);
        pass.theta[i] += own;
        pass.standardTheta[i] += standard;
      }
      for (int a = 0; a < count; a++) {
        int i = a * (count + 1);
        double bias = deltas[i];
        pass.layerTrace[layer - 1] += scale * weights[i] + sigmaB2 * bias;
        pass.standardLayerTrace[layer - 1] += weights[i] + (sigmaB2 > 0 ? bias : 0);
      }
    }
  }

  private double meanLnDiagonal(double[] square) {
    double sum = 0;
    for (int a = 0; a < count; a++) {
      sum += Math.log(square[a * (count + 1)]);
    }
    return sum / count;
  }

  /** Σ over a layer's weights of ∂f_a/∂w · ∂f_b/∂w = (ΔᵀΔ) ∘ (HᵀH), standard parameterisation. */
  private static double[] products(double[] deltas, double[] gram) {
    double[] products = new double[gram.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = gram[i] * deltas[i];
    }
    return products;
  }
}
