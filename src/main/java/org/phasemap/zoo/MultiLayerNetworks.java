package org.phasemap.zoo;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;
import org.phasemap.train.model.LayerValues;

/** Fully connected networks as Deeplearning4j's {@link MultiLayerNetwork}. */
public final class MultiLayerNetworks {
  private MultiLayerNetworks() {}

  /**
   * A network with the given parameters.
   *
   * @param rate learning rate
   * @param start the hidden layers, then the read-out
   */
  public static MultiLayerNetwork of(
      NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(Parts.updater(recipe.optimiser(), rate))
            .list();
    int depth = start.size() - 1;
    for (LayerValues layer : start.subList(0, depth)) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(layer.fanIn())
              .nOut(layer.fanOut())
              .hasBias(recipe.biases())
              .activation(Parts.activation(network.activation()))
              .build());
    }
    LayerValues readout = start.get(depth);
    layers.layer(Parts.readout(recipe, readout.fanIn(), readout.fanOut()));
    MultiLayerNetwork built = new MultiLayerNetwork(layers.build());
    built.init();
    for (int l = 0; l <= depth; l++) {
      LayerValues layer = start.get(l);
      built.setParam(l + "_W", TrainedNetwork.transposed(layer.weights(), layer));
      if (layer.bias() != null) {
        built.setParam(l + "_b", Nd4j.create(layer.bias(), new long[] {1, layer.fanOut()}, 'c'));
      }
    }
    return built;
  }
}
