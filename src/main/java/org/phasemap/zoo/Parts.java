package org.phasemap.zoo;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
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
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;

/** What Deeplearning4j has for parts of a recipe. */
final class Parts {
  private Parts() {}

  /**
   * The read-out with the loss.
   *
   * @param in units below
   * @param out number of classes
   */
  static OutputLayer readout(Recipe recipe, int in, int out) {
    OutputLayer.Builder builder =
        switch (recipe.loss()) {
          case CROSS_ENTROPY ->
              new OutputLayer.Builder(new LossMCXENT()).activation(new ActivationSoftmax());
          case RESIDUAL -> throw new IllegalArgumentException("no derivatives along inputs");
          case MSE, RECONSTRUCTION -> {
            INDArray half = Nd4j.valueArrayOf(new long[] {1, out}, 0.5, DataType.FLOAT);
            yield new OutputLayer.Builder(new LossL2(half)).activation(new ActivationIdentity());
          }
        };
    return builder.nIn(in).nOut(out).hasBias(recipe.biases()).build();
  }

  /**
   * What outputs are compared with, batch × outputs.
   *
   * @param features n₀ × batch, column by column
   * @param labels one for each example
   */
  static INDArray targets(Recipe recipe, float[] features, int[] labels, int outputs) {
    if (recipe.loss() == Loss.RECONSTRUCTION) {
      return Nd4j.create(features, new long[] {labels.length, outputs}, 'c');
    }
    INDArray oneHot = Nd4j.zeros(labels.length, outputs);
    for (int j = 0; j < labels.length; j++) {
      oneHot.putScalar(j, labels[j], 1);
    }
    return oneHot;
  }

  /** An optimiser. */
  static IUpdater updater(Optimiser optimiser, double rate) {
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

  /** φ. */
  static IActivation activation(Activation activation) {
    String name =
        activation
            .inDeeplearning4j()
            .orElseThrow(() -> new IllegalArgumentException("Deeplearning4j has no " + activation));
    IActivation theirs =
        org.nd4j.linalg.activations.Activation.valueOf(name).getActivationFunction();
    return theirs instanceof ActivationLReLU ? new ActivationLReLU(activation.slope()) : theirs;
  }
}
