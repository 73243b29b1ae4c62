package org.phasemap.measure.mlp;

import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.Weights;
import org.phasemap.plan.Unit;

/**
 * Explicit weights G_l, one layer at a time: drawn again whenever they are needed instead of being
 * kept. Memory is one layer's, not the network's. Under a mask only kept weights are parameters:
 * see {@link MaskedKernel}.
 */
final class DenseConnections extends Connections {
  private final Matrix first;
  private final Matrix hidden;
  private final Matrix bias;

  /** G_1 x of the inputs, the same for every variant. */
  private final Matrix shared;

  private final List<Matrix> masks;
  private int layer;

  DenseConnections(Kernel kernel, Unit unit, Matrix inputs) {
    super(kernel, unit, inputs);
    int n = width();
    first = kernel.matrix(n, inputs.rows());
    hidden = kernel.matrix(n, n);
    bias = kernel.matrix(n, 1);
    shared = kernel.matrix(n, inputs.columns());
    masks = isMasked() ? List.of(kernel.matrix(n, inputs.rows()), kernel.matrix(n, n)) : List.of();
  }

  boolean isMasked() {
    return network.keepProbability() < 1;
  }

  /** G_l of the layer entered, masked, kept entries of unit variance. */
  Matrix weights() {
    return layer == 1 ? first : hidden;
  }

  /** The mask, entries 0 and 1, of the layer entered; only where there is one. */
  Matrix mask() {
    return masks.get(layer == 1 ? 0 : 1);
  }

  @Override
  boolean needsActivations() {
    return isMasked();
  }

  @Override
  void enterUpwards(int layer) {
    draw(layer);
    fillBias(layer, bias);
    if (layer == 1) {
      kernel.multiply(first, inputs, shared);
    }
  }

  @Override
  double[] up(Panel panel, Matrix z) {
    if (layer == 1) {
      for (int v = 0; v < panel.variants().size(); v++) {
        kernel.copy(shared, panel.inputs(z, v));
      }
    } else {
      kernel.multiply(Blocks.of(hidden), blocks(panel.latestActivation()), blocks(z));
    }
    kernel.scaleColumns(panel.weightScale(fanIn(layer)), z);
    kernel.addBias(bias, panel.biasScale(), z);
    joinSignals(panel, layer, z);
    return kernel.gram(z, block);
  }

  @Override
  void enterDownwards(int layer) {
    if (layer > 1 || isMasked()) {
      draw(layer);
    }
  }

  @Override
  void prepare(Panel panel) {}

  @Override
  void down(Panel panel, Matrix delta, double[] gram, Matrix out) {
    kernel.multiplyTransposed(Blocks.of(hidden), blocks(delta), blocks(out));
    kernel.scaleColumns(panel.weightScale(width()), out);
  }

  /** Of the variants. */
  private Blocks blocks(Matrix columns) {
    return new Blocks(columns, block, block);
  }

  @Override
  Matrix readout() {
    Matrix readout = super.readout();
    if (isMasked()) {
      try (Matrix mask = kernel.matrix(width(), 1)) {
        Weights.drawMask(kernel, network.keepProbability(), stream(0, Purpose.READOUT_MASK), mask);
        kernel.multiplyElements(mask, readout);
      }
    }
    return readout;
  }

  private void draw(int layer) {
    this.layer = layer;
    Matrix g = weights();
    Weights.draw(kernel, network.weightLaw(), g.columns(), stream(layer, Purpose.WEIGHTS), g);
    if (isMasked()) {
      Weights.drawMask(kernel, network.keepProbability(), stream(layer, Purpose.MASK), mask());
      kernel.multiplyElements(mask(), g);
    }
  }

  @Override
  public void close() {
    first.close();
    hidden.close();
    bias.close();
    shared.close();
    masks.forEach(Matrix::close);
  }
}
