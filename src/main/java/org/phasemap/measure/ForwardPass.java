package org.phasemap.measure;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.plan.Unit;

/** Sends the inputs up through all panels at once, layer by layer: one draw of G_l serves all. */
final class ForwardPass {
  private final Kernel kernel;
  private final Unit unit;
  private final Layers layers;
  private final Matrix inputs;
  private final int width;
  private final int count;

  ForwardPass(Kernel kernel, Unit unit, Layers layers, Matrix inputs) {
    this.kernel = kernel;
    this.unit = unit;
    this.layers = layers;
    this.inputs = inputs;
    this.width = layers.width();
    this.count = inputs.columns();
  }

  /** Fills the panels' signals, Gram matrices, activations and derivatives. */
  void run(List<Panel> panels) {
    double[] inputGram = kernel.gram(inputs, count);
    for (Panel panel : panels) {
      panel.variants().forEach(v -> v.addGram(inputGram));
    }
    int depth = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
    try (Matrix bias = kernel.matrix(width, 1);
        Matrix z = kernel.matrix(width, panels.get(0).columns());
        Matrix first = kernel.matrix(width, count)) {
      for (int layer = 1; layer <= depth; layer++) {
        Matrix weights = layers.weights(layer);
        kernel.fillGaussian(bias, new Stream(unit.seed(), unit.replicate(), layer, Purpose.BIASES));
        if (layer == 1) {
          kernel.multiply(weights, inputs, first);
        }
        for (Panel panel : panels) {
          if (layer <= panel.depth()) {
            preActivate(panel, layer, weights, first, z);
            kernel.addBias(bias, panel.biasScale(), z);
            activate(panel, z);
          }
        }
      }
    }
  }

  /** z without its bias. */
  private void preActivate(Panel panel, int layer, Matrix weights, Matrix first, Matrix z) {
    if (layer == 1) {
      for (int v = 0; v < panel.variants().size(); v++) {
        kernel.copy(first, panel.block(z, v));
      }
      kernel.scaleColumns(panel.weightScale(inputs.rows()), z);
    } else {
      kernel.multiply(weights, panel.latestActivation(), z);
      kernel.scaleColumns(panel.weightScale(width), z);
    }
  }

  private void activate(Panel panel, Matrix z) {
    Matrix h = panel.addActivation(kernel, width);
    Matrix derivative = panel.addDerivative(kernel, width);
    for (int v = 0; v < panel.variants().size(); v++) {
      Matrix block = panel.block(z, v);
      kernel.activate(panel.variants().get(v).variant().activation(), block, panel.block(h, v));
      kernel.derivative(
          panel.variants().get(v).variant().activation(), block, panel.block(derivative, v));
    }
    double[] gramZ = kernel.gram(z, count);
    double[] gramH = kernel.gram(h, count);
    float[] values = h.read();
    float[] slopes = derivative.read();
    int block = count * count;
    for (int v = 0; v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      variant.addGram(Arrays.copyOfRange(gramH, v * block, (v + 1) * block));
      variant.addSignal(LayerMoments.of(gramZ, v * block, values, slopes, width, v * count, count));
    }
  }
}
