package org.phasemap.measure;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.WeightDraw;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Unit;

/**
 * The weights G_l of a unit's networks, one layer at a time: drawn again whenever they are needed
 * instead of being kept. Memory is one layer's, not the network's.
 */
final class Layers implements AutoCloseable {
  private final WeightDraw draw;
  private final long seed;
  private final int replicate;
  private final Matrix first;
  private final Matrix hidden;
  private final Matrix firstMask;
  private final Matrix hiddenMask;
  private final Kernel kernel;

  Layers(Kernel kernel, Unit unit, int inputDimension) {
    NetworkConfig network = unit.cells().get(0).network();
    this.kernel = kernel;
    this.draw = new WeightDraw(kernel, network.weightLaw(), network.keepProbability());
    this.seed = unit.seed();
    this.replicate = unit.replicate();
    int n = network.width();
    first = kernel.matrix(n, inputDimension);
    hidden = kernel.matrix(n, n);
    firstMask = kernel.matrix(draw.isMasked() ? n : 1, draw.isMasked() ? inputDimension : 1);
    hiddenMask = kernel.matrix(draw.isMasked() ? n : 1, draw.isMasked() ? n : 1);
  }

  int width() {
    return hidden.rows();
  }

  boolean isMasked() {
    return draw.isMasked();
  }

  /** G_l, masked; valid until the next call. */
  Matrix weights(int layer) {
    Matrix g = layer == 1 ? first : hidden;
    if (draw.isMasked()) {
      draw.drawMask(seed, replicate, layer, g, mask(layer));
      draw.draw(seed, replicate, layer, g);
      kernel.multiplyElements(mask(layer), g);
    } else {
      draw.draw(seed, replicate, layer, g);
    }
    return g;
  }

  /** The mask, entries 0 and 1, of the weights drawn last; only where there is one. */
  Matrix mask(int layer) {
    return layer == 1 ? firstMask : hiddenMask;
  }

  /** The masked read-out vector of unit variance, n × 1. */
  Matrix readout() {
    Matrix readout = kernel.matrix(width(), 1);
    draw.drawReadout(seed, replicate, readout);
    return readout;
  }

  @Override
  public void close() {
    first.close();
    hidden.close();
    firstMask.close();
    hiddenMask.close();
  }
}
