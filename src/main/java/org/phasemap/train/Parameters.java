package org.phasemap.train;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.network.NetworkConfig;

/**
 * A network's weights, biases and masks.
 *
 * @param layers the L hidden layers, then the read-out
 */
record Parameters(List<Layer> layers) {
  /**
   * Draws a network. Hidden layer l takes the streams of layer l, the read-out those of layer 0, so
   * that networks of different depths share both.
   *
   * @param arena owner of the parameters
   * @param inputs n₀, components of an example
   * @param classes number of logits
   */
  static Parameters draw(
      Kernel kernel,
      Arena arena,
      NetworkConfig network,
      int inputs,
      int classes,
      Replicate replicate) {
    List<Layer> layers = new ArrayList<>();
    int fanIn = inputs;
    for (int l = 1; l <= network.depth(); l++) {
      Layer layer = Layer.zeros(arena, network, network.width(), fanIn);
      layer.draw(
          kernel,
          network,
          replicate.stream(l, Purpose.WEIGHTS),
          replicate.stream(l, Purpose.BIASES),
          replicate.stream(l, Purpose.MASK));
      layers.add(layer);
      fanIn = network.width();
    }
    Layer readout = Layer.zeros(arena, network, classes, fanIn);
    readout.draw(
        kernel,
        network,
        replicate.stream(0, Purpose.READOUT),
        replicate.stream(0, Purpose.READOUT_BIAS),
        replicate.stream(0, Purpose.READOUT_MASK));
    layers.add(readout);
    return new Parameters(List.copyOf(layers));
  }
}
