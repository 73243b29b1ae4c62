package org.phasemap.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;

/** The matrix products of a step of SGD, and nothing else. */
final class Products implements Runnable {
  private final Kernel kernel;
  private final List<Layer> layers;
  private final List<Blocks> signals = new ArrayList<>();
  private final double[] tiny;

  Products(Kernel kernel, Arena arena, Parameters parameters, int batch) {
    this.kernel = kernel;
    this.layers = parameters.layers();
    this.tiny = new double[parameters.count()];
    Arrays.fill(tiny, 1e-30);
    signals.add(arena.blocks(layers.get(0).weights().columns(), batch, 1));
    for (Layer layer : layers) {
      signals.add(arena.blocks(layer.weights().rows(), batch, parameters.count()));
    }
  }

  @Override
  public void run() {
    for (int l = 0; l < layers.size(); l++) {
      kernel.multiply(layers.get(l).weights(), signals.get(l), signals.get(l + 1));
    }
    for (int l = layers.size() - 1; l >= 0; l--) {
      Blocks weights = layers.get(l).weights();
      if (l > 0) {
        kernel.multiplyTransposed(weights, signals.get(l + 1), signals.get(l));
      }
      kernel.addOuterProducts(tiny, signals.get(l + 1), signals.get(l), 1, weights);
    }
  }
}
