package org.phasemap.measure;

import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.Weights;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Unit;

/**
 * The weights G_l of a unit's networks, one layer at a time: drawn again whenever they are needed
 * instead of being kept. Memory is one layer's, not the network's.
 */
final class Layers implements AutoCloseable {
  private final Kernel kernel;
  private final NetworkConfig network;
  private final long seed;
  private final int replicate;
  private final Matrix first;
  private final Matrix hidden;
  private final List<Matrix> masks;

  Layers(Kernel kernel, Unit unit, int inputDimension) {
    this.kernel = kernel;
    this.network = unit.cells().get(0).network();
    this.seed = unit.seed();
    this.replicate = unit.replicate();
    int n = network.width();
    first = kernel.matrix(n, inputDimension);
    hidden = kernel.matrix(n, n);
    masks = isMasked() ? List.of(kernel.matrix(n, inputDimension), kernel.matrix(n, n)) : List.of();
  }

  int width() {
    return hidden.rows();
  }

  boolean isMasked() {
    return network.keepProbability() < 1;
  }

  /** G_l, masked, kept entries of unit variance; valid until the next call. */
  Matrix weights(int layer) {
    Matrix g = layer == 1 ? first : hidden;
    Weights.draw(kernel, network.weightLaw(), g.columns(), stream(layer, Purpose.WEIGHTS), g);
    if (isMasked()) {
      Weights.drawMask(kernel, network.keepProbability(), stream(layer, Purpose.MASK), mask(layer));
      kernel.multiplyElements(mask(layer), g);
    }
    return g;
  }

  /** The mask, entries 0 and 1, of the weights drawn last; only where there is one. */
  Matrix mask(int layer) {
    return masks.get(layer == 1 ? 0 : 1);
  }

  /** The read-out vector of unit variance, n × 1, normal whatever the law, masked. */
  Matrix readout() {
    Matrix readout = kernel.matrix(width(), 1);
    kernel.fillGaussian(readout, stream(0, Purpose.READOUT));
    if (isMasked()) {
      try (Matrix mask = kernel.matrix(width(), 1)) {
        Weights.drawMask(kernel, network.keepProbability(), stream(0, Purpose.READOUT_MASK), mask);
        kernel.multiplyElements(mask, readout);
      }
    }
    return readout;
  }

  private Stream stream(int layer, Purpose purpose) {
    return new Stream(seed, replicate, layer, purpose);
  }

  @Override
  public void close() {
    first.close();
    hidden.close();
    masks.forEach(Matrix::close);
  }
}
