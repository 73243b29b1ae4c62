package org.phasemap.zoo;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.ForeignNetwork;
import org.phasemap.train.LayerValues;

/** Fully connected networks as Deeplearning4j's {@link MultiLayerNetwork}. */
public final class MultiLayerNetworks {
  private MultiLayerNetworks() {}

  /**
   * A network that trains itself, from the given parameters.
   *
   * @param rate learning rate
   * @param start the hidden layers, then the read-out
   */
  public static ForeignNetwork open(
      NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start) {
    return new TrainedNetwork(of(network, recipe, rate, start), start);
  }

  /** The same as a bare {@link MultiLayerNetwork}. */
  public static MultiLayerNetwork of(
      NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().updater(updater(recipe.optimiser(), rate)).list();
    int depth = start.size() - 1;
    for (LayerValues layer : start.subList(0, depth)) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(layer.fanIn())
              .nOut(layer.fanOut())
              .hasBias(recipe.biases())
              .activation(activation(network.activation()))
              .build());
    }
    layers.layer(readout(recipe, start.get(depth)));
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

  private static OutputLayer readout(Recipe recipe, LayerValues layer) {
    OutputLayer.Builder builder =
        switch (recipe.loss()) {
          case CROSS_ENTROPY ->
              new OutputLayer.Builder(new LossMCXENT()).activation(new ActivationSoftmax());
          case MSE -> {
            INDArray half = Nd4j.valueArrayOf(new long[] {1, layer.fanOut()}, 0.5, DataType.FLOAT);
            yield new OutputLayer.Builder(new LossL2(half)).activation(new ActivationIdentity());
          }
        };
    return builder.nIn(layer.fanIn()).nOut(layer.fanOut()).hasBias(recipe.biases()).build();
  }

  private static IUpdater updater(Optimiser optimiser, double rate) {
    if (optimiser instanceof Optimiser.Sgd) {
      return new Sgd(rate);
    }
    if (optimiser instanceof Optimiser.Nesterov nesterov) {
      return new Nesterovs(rate, nesterov.mu());
    }
    if (optimiser instanceof Optimiser.Adam adam) {
      return new Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon());
    }
    throw new IllegalArgumentException("Deeplearning4j has no " + optimiser.id());
  }

  private static IActivation activation(Activation activation) {
    String name =
        activation
            .inDeeplearning4j()
            .orElseThrow(() -> new IllegalArgumentException("Deeplearning4j has no " + activation));
    IActivation theirs =
        org.nd4j.linalg.activations.Activation.valueOf(name).getActivationFunction();
    return theirs instanceof ActivationLReLU ? new ActivationLReLU(activation.slope()) : theirs;
  }
}
