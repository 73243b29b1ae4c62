package org.phasemap.measure.mlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.finding.OutputKernel;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.plan.Variant;

/**
 * Tangent kernels of k outputs with independent read-outs: km × km, output after output. Sends the
 * gradients of all outputs down at once, k m columns for each variant and depth:
 *
 * <pre>
 * Θ_(i,a)(j,b) = Σ_l (δ_a^i · δ_b^j) K_l(a, b), and K_{L+1}(a, b) where i = j
 * </pre>
 *
 * <p>The first output keeps its own columns, so that what is predicted of it and its z keep their
 * meaning. The others go down through explicit weights. A weight-free law exists and is not built.
 */
final class OutputKernels {
  private final Kernel kernel;
  private final DenseConnections connections;
  private final int outputs;
  private final int inputs;
  private final int width;

  OutputKernels(Kernel kernel, DenseConnections connections, int outputs) {
    this.kernel = kernel;
    this.connections = connections;
    this.outputs = outputs;
    inputs = connections.inputs.columns();
    width = connections.width();
  }

  /** Fills {@link Backward#outputs} of the panels' variants, whose activations are kept. */
  void run(List<Panel> panels) {
    List<Chain> chains = new ArrayList<>();
    try (Matrix readouts = kernel.matrix(width, outputs);
        Matrix bias = kernel.matrix(outputs, 1);
        Matrix scratch = kernel.matrix(width, outputs * inputs)) {
      // The first column is the read-out of one output.
      kernel.fillGaussian(readouts, connections.stream(0, Purpose.READOUT));
      kernel.fillGaussian(bias, connections.stream(0, Purpose.READOUT_BIAS));
      for (Panel panel : panels) {
        for (int v = 0; v < panel.variants().size(); v++) {
          for (int depth : panel.depths()) {
            Backward pass = panel.variants().get(v).backward(depth);
            if (pass != null) {
              pass.outputs = new OutputKernel(outputs, inputs);
              chains.add(new Chain(panel, v, depth, pass.outputs, readouts, bias));
            }
          }
        }
      }
      int deepest = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
      for (int layer = deepest; layer >= 1; layer--) {
        connections.enterDownwards(layer);
        for (Chain chain : chains) {
          if (layer <= chain.depth) {
            chain.pass(layer, scratch);
          }
        }
      }
    } finally {
      chains.forEach(chain -> chain.delta.close());
    }
  }

  /** The gradients of one variant's networks of one depth. */
  private final class Chain {
    final int depth;
    final Matrix delta = kernel.matrix(width, outputs * inputs);
    private final Panel panel;
    private final int variant;
    private final OutputKernel sum;
    private final Variant law;
    private final double sigmaW2;
    private final double sigmaB2;

    Chain(Panel panel, int v, int depth, OutputKernel sum, Matrix readouts, Matrix bias) {
      this.panel = panel;
      this.variant = v;
      this.depth = depth;
      this.sum = sum;
      law = panel.variants().get(v).variant();
      sigmaW2 = law.sigmaW2();
      sigmaB2 = law.sigmaB2();
      double scale = Math.sqrt(sigmaW2 / width);
      double[] scales = new double[inputs];
      Arrays.fill(scales, scale);
      for (int i = 0; i < outputs; i++) {
        kernel.addBias(readouts.view(i, 1), scales, output(delta, i));
        kernel.multiplyElements(panel.inputs(panel.derivative(depth), v), output(delta, i));
      }
      double[] gram = panel.gram(depth, v);
      sum.addReadouts(gram, sigmaW2 / width, sigmaB2);
      try (Matrix f = kernel.matrix(outputs, inputs)) {
        kernel.multiplyTransposed(readouts, panel.inputs(panel.activation(depth), v), f);
        sum.setOutputs(f.read(), scale, bias.read(), Math.sqrt(sigmaB2));
      }
    }

    private Matrix output(Matrix matrix, int i) {
      return matrix.view(i * inputs, inputs);
    }

    void pass(int layer, Matrix scratch) {
      double[] below = panel.gram(layer - 1, variant);
      double[] deltas = kernel.gram(delta, outputs * inputs);
      sum.addLayer(deltas, below, sigmaW2 / connections.fanIn(layer), sigmaB2);
      if (layer > 1) {
        kernel.multiplyTransposed(connections.weights(), delta, scratch);
        double[] scales = new double[outputs * inputs];
        Arrays.fill(scales, Math.sqrt(sigmaW2 / width));
        kernel.scaleColumns(scales, scratch);
        for (int i = 0; i < outputs; i++) {
          connections.joinGradients(law, output(scratch, i));
          kernel.multiplyElements(
              panel.inputs(panel.derivative(layer - 1), variant), output(scratch, i));
        }
        kernel.copy(scratch, delta);
      }
    }
  }
}
